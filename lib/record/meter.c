#include "record/meter.h"

#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/num.h"
#include "flow/writer.h"
#include "packet/decode.h"
#include "packet/dedup.h"
#include "packet/linkname.h"
#include "record/flowrec.h"
#include "record/rec.h"
#include "record/word.h"

static const char *const packet_col[] = {
	"time", "proto", "src", "sport", "dst", "dport", "dir", "bytes"
};

enum { PACKET_COLUMNS = sizeof packet_col / sizeof *packet_col };

/* Bytes between what two threads change: two lines of the cache, since a
 * processor fetches them in pairs. */
enum { APART = 128 };

/* Records may be written by a thread of their own.  What that one or the
 * reading one changes all the time lies apart from what both read; else each
 * waits for the other's line of the cache, which took a tenth of the time of
 * a capture of many short flows. */
struct meter {
	struct meter_want want;		/* does not change any more, … */
	struct decode *decode;
	struct dedup *dedup;		/* NULL: not needed */
	struct flowtab *table;
	struct writer *writer;
	struct rotate *rotate;
	struct out *out;
	struct flowrec_choice columns;	/* … up to here */
	char before_records[APART];
	uint64_t records;		/* written; who writes changes it */
	char behind_records[APART];
	struct flowclock clock;		/* who reads changes the rest */
	bool begun;			/* the clock has been told a time */
	struct packet packet[METER_FRAMES];	/* of the frames in hand */
	struct pktcount account;
};

static enum flow_dir
direction_of(const struct meter *m, const struct addr *src,
    const struct addr *dst)
{
	return flow_direction(nets_hold(&m->want.internal, src),
	    nets_hold(&m->want.internal, dst));
}

static void
write_flow(void *arg, struct flow_ended *ended)
{
	struct meter *m = arg;
	struct flow_full one;
	struct flow *f = flow_ended_flow(ended, &one, m->want.flows.features);

	f->dir = (uint8_t)direction_of(m, &f->src, &f->dst);
	rotate_record(m->rotate);
	flowrec_write(m->out, f, &m->columns, m->want.decimals);
	m->records++;
}

static void
pass_flow(void *arg, const struct flowslot *e, enum flow_why why)
{
	struct meter *m = arg;
	struct flow_spare spare = {0};

	writer_put(m->writer, e, why);
	writer_spare(m->writer, &spare);
	flowtab_reuse(m->table, &spare);
}

static void
pass_full_flow(void *arg, struct flow *f)
{
	struct meter *m = arg;

	writer_count(m->writer, f);
}

static void
write_packet(struct meter *m, const struct packet *p)
{
	struct out *o = m->out;
	char text[ADDR_TEXT];

	rotate_record(m->rotate);
	m->records++;
	out_time(o, p->t_ns, m->want.decimals);
	out_char(o, '\t');
	out_str(o, word_proto(p->proto));
	out_char(o, '\t');
	out_mem(o, text, addr_format(&p->src, text));
	out_char(o, '\t');
	out_u64(o, p->sport);
	out_char(o, '\t');
	out_mem(o, text, addr_format(&p->dst, text));
	out_char(o, '\t');
	out_u64(o, p->dport);
	out_char(o, '\t');
	out_str(o, word_dir(direction_of(m, &p->src, &p->dst)));
	out_char(o, '\t');
	out_u64(o, p->length);
	out_char(o, '\n');
}

/* The shard of the two endpoints: fixed, and the same both ways. */
static uint64_t
shard_of(const struct packet *p, uint64_t shards)
{
	static const struct hash_key fixed = {{0, 0}};
	uint8_t end[2][18];

	memcpy(end[0], p->src.b, 16);
	memcpy(end[1], p->dst.b, 16);
	end[0][16] = (uint8_t)(p->sport >> 8);
	end[0][17] = (uint8_t)p->sport;
	end[1][16] = (uint8_t)(p->dport >> 8);
	end[1][17] = (uint8_t)p->dport;
	return (hash_bytes(&fixed, end[0], sizeof end[0]) +
	    hash_bytes(&fixed, end[1], sizeof end[1])) % shards;
}

/* With -D all that is equal is a copy; without, it is a suspicion only, and
 * of packets that say more than their length. */
static bool
is_copy(struct meter *m, const struct packet *p)
{
	if (m->dedup == NULL)
		return false;
	if (m->want.duplicate_ns < 0 && p->ip_id == 0 && p->captured == 0)
		return false;
	return dedup_seen(m->dedup, p);
}

static inline void
take_packet(struct meter *m, const struct packet *p,
    const struct flowtab_hint *hint)
{
	if (m->want.shards > 1 &&
	    shard_of(p, m->want.shards) != m->want.shard) {
		m->account.other_shard++;
		return;
	}
	if (is_copy(m, p)) {
		m->account.duplicates++;
		if (m->want.duplicate_ns >= 0)
			return;
	}
	m->account.in_flows++;
	if (m->want.packets)
		write_packet(m, p);
	else
		flowtab_put(m->table, p, hint);
}

static void
set_vlans(struct packet *p, const struct frame *f)
{
	struct linkname name;

	linkname_read(&name, f);
	p->vlans = linkname_vlans(&name);
}

static void
begin_clock(struct meter *m, int64_t first, int64_t second)
{
	if (!m->begun)
		flowclock_begin(&m->clock, first, second);
	m->begun = true;
}

/* The clock has begun. */
static inline void
tell_time(struct meter *m, int64_t t_ns)
{
	flowclock_tell(&m->clock, t_ns);
	if (m->want.output.pattern != NULL)
		rotate_tick(m->rotate, m->clock.now);
	flowtab_tick(m->table);
}

void
meter_tick(struct meter *m, int64_t t_ns)
{
	begin_clock(m, t_ns, t_ns);
	tell_time(m, t_ns);
}

/* An ICMP error about a packet of a flow. */
static void
take_quote(struct meter *m, const struct packet *p)
{
	m->account.unreachable++;
	if (m->want.shards > 1 &&
	    shard_of(p, m->want.shards) != m->want.shard)
		return;
	if (!m->want.packets)
		flowtab_refuse(m->table, p);
}

/* Packets that a frame told beside its own: fragments that were held until
 * their first came, and those that an ICMP error quotes. */
static void
take_extras(struct meter *m, const struct frame *frame)
{
	struct flowtab_hint hint;
	struct packet p;
	enum decode_extra e;

	while ((e = decode_extra(m->decode, &p)) != DECODE_NO_EXTRA) {
		if (m->want.flows.vlans)
			set_vlans(&p, frame);
		if (e == DECODE_QUOTE) {
			take_quote(m, &p);
			continue;
		}
		m->account.verdict[DECODE_ORPHAN]--;
		m->account.verdict[DECODE_FLOW]++;
		flowtab_foresee(m->table, &p, 1, &hint);
		take_packet(m, &p, &hint);
	}
}

/* Decodes frames up to one that tells more than its own packet, at most n;
 * returns how many. */
static size_t
decode_frames(struct meter *m, const struct frame *frame, size_t n,
    enum decode_verdict *verdict, size_t *packets)
{
	struct packet *p = m->packet;
	size_t i = 0;

	while (i < n) {
		verdict[i] = decode(m->decode, &frame[i], p);
		if (m->want.flows.vlans)
			set_vlans(p, &frame[i]);
		i++;
		if (verdict[i - 1] == DECODE_FLOW && !p++->extra)
			continue;
		if (verdict[i - 1] == DECODE_FLOW ||
		    verdict[i - 1] == DECODE_UNREACHABLE)
			break;
	}
	*packets = (size_t)(p - m->packet);
	return i;
}

/* Frames are decoded together before the first of them is counted, so that
 * memory is waited for once for all of them. */
static size_t
take_frames(struct meter *m, const struct frame *frame, size_t n)
{
	enum decode_verdict verdict[METER_FRAMES];
	struct flowtab_hint hint[METER_FRAMES];
	const struct packet *p = m->packet;
	size_t k = 0;

	n = decode_frames(m, frame, n, verdict, &k);
	flowtab_foresee(m->table, p, k, hint);
	k = 0;
	for (size_t i = 0; i < n; i++) {
		m->account.verdict[verdict[i]]++;
		tell_time(m, frame[i].t_ns);
		if (verdict[i] == DECODE_FLOW) {
			take_packet(m, &p[k], &hint[k]);
			k++;
		}
	}
	take_extras(m, &frame[n - 1]);
	return n;
}

void
meter_frames(struct meter *m, const struct frame *frame, size_t n)
{
	begin_clock(m, frame[0].t_ns, frame[n > 1].t_ns);
	for (size_t done = 0; done < n;)
		done += take_frames(m, frame + done, n - done);
}

static void
choose_columns(const struct meter_want *want, struct flowrec_choice *columns)
{
	flowrec_choose(columns, FLOWREC_BASIC |
	    (want->flows.features ? FLOWREC_MESSAGES : 0u) |
	    FLOWREC_MORE(want->flows.more.groups));
}

void
meter_header(const struct meter_want *want, struct out *o)
{
	struct flowrec_choice columns;

	if (want->packets) {
		rec_header(o, packet_col, PACKET_COLUMNS);
		return;
	}
	choose_columns(want, &columns);
	flowrec_header(o, &columns);
}

static void
write_meter_header(void *arg, struct out *o)
{
	struct meter *m = arg;

	if (!m->want.part)
		meter_header(&m->want, o);
}

void
meter_want_shard(struct meter_want *want, const char *text)
{
	const char *slash = strchr(text, '/');
	uint64_t k, n;

	if (slash == NULL ||
	    !num_u64(text, (size_t)(slash - text), UINT32_MAX, &k) ||
	    !num_u64(slash + 1, strlen(slash + 1), UINT32_MAX, &n) ||
	    k < 1 || k > n)
		errx(2, "-S: not k/n with k from 1 to n: \"%s\"", text);
	want->shard = k - 1;
	want->shards = n;
}

struct meter *
meter_new(const struct meter_want *want)
{
	struct meter *m = mem_alloc(1, sizeof *m);

	m->want = *want;
	m->want.output.header = write_meter_header;
	m->want.output.arg = m;
	choose_columns(want, &m->columns);
	m->rotate = rotate_open(&m->want.output);
	m->out = rotate_out(m->rotate);
	m->account.dropped = want->duplicate_ns >= 0;
	m->decode = decode_new(&(struct decode_want){
		.tunnels = want->tunnels,
		.count_tunnels = want->verbose && !want->tunnels,
		.heads = want->flows.more.groups != 0,
		.all_protocols = want->all_protocols});
	if (want->duplicate_ns >= 0)
		m->dedup = dedup_new(want->duplicate_ns);
	else if (want->verbose)
		m->dedup = dedup_new(PKTCOUNT_SUSPECT_MS * (NS_PER_S / 1000));
	flowclock_init(&m->clock);
	m->writer = writer_new(write_flow, m, want->one_thread);
	m->table = flowtab_new(&m->want.flows,
	    &(struct flowtab_taker){pass_flow, pass_full_flow, m},
	    &m->clock);
	return m;
}

int
meter_dir(const struct meter *m)
{
	return rotate_dir(m->rotate);
}

void
meter_flush(struct meter *m)
{
	out_flush(m->out);
}

struct meter_counts
meter_count(const struct meter *m)
{
	return (struct meter_counts){
		.packets = m->account, .decoded = decode_counts(m->decode),
		.records = m->records,
		.held = flowtab_held(m->table)
	};
}

void
meter_add(struct meter_counts *sum, const struct meter_counts *c)
{
	pktcount_add(&sum->packets, &c->packets);
	decode_add(&sum->decoded, &c->decoded);
	sum->records += c->records;
	sum->held += c->held;
}

void
meter_report(const struct meter_counts *c)
{
	pktcount_print(&c->packets, c->decoded);
	warnx("records %llu, flows held %llu", (unsigned long long)c->records,
	    (unsigned long long)c->held);
}

void
meter_warn(const struct meter_counts *c)
{
	pktcount_warn(&c->packets, c->decoded);
}

void
meter_end(struct meter *m)
{
	flowclock_end(&m->clock);
	if (m->begun)
		rotate_tick(m->rotate, m->clock.now);
	flowtab_end(m->table);
	writer_end(m->writer);
	if (!m->want.part)
		pktcount_warn(&m->account, decode_counts(m->decode));
}

void
meter_close(struct meter *m)
{
	rotate_close(m->rotate);
}

void
meter_free(struct meter *m)
{
	flowtab_free(m->table);
	if (m->dedup != NULL)
		dedup_free(m->dedup);
	decode_free(m->decode);
	free(m);
}
