#include "record/meter.h"

#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "base/cores.h"
#include "base/fetch.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/relay.h"
#include "flow/writer.h"
#include "packet/sift.h"
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

/* Frames that are not worth a thread, those that a single one takes together,
 * packets whose memory is asked for before their turn, and batches of which
 * some are prepared and one is taken. */
enum { FEW = 4096, TOGETHER = 128, SOON = 8, BATCHES = 4 };

/* Packets on their way from where they are decoded to the table. */
struct batch {
	struct sifted sifted;
	struct flowtab_hint hint[SIFT_MOST];
	uint8_t payload[SIFT_MOST][MSGSTATS_BYTES];	/* what counts of it */
	int64_t begin[2];		/* times of the first two frames */
	bool flush;			/* records leave with it */
};

/* Up to three threads: the caller's decodes frames, a second keeps the table
 * and has the clock, and the writer's writes.  What one of them changes all the
 * time lies apart from what another reads; else each waits for the other's line
 * of the cache, which took a tenth of the time of a capture of many short
 * flows. */
struct meter {
	struct meter_want want;		/* does not change any more, … */
	struct flowtab *table;
	struct writer *writer;
	struct rotate *rotate;
	struct out *out;
	struct flowrec_choice columns;	/* … up to here */
	char before_clock[APART];
	struct flowclock clock;		/* who has the table changes it … */
	bool begun;			/* the clock has been told a time */
	uint64_t records;		/* … up to here: given to be written */
	char behind_records[APART];
	struct sift *sift;		/* who decodes changes the rest */
	struct flowindex_key key;	/* the table's */
	struct batch *batch;		/* one, or BATCHES */
	struct relay *relay;		/* NULL: no second thread */
	bool alone;			/* nor will there be one */
	uint64_t frames;		/* until there is */
};

static enum flow_dir
direction_of(const struct meter *m, const struct addr *src,
    const struct addr *dst)
{
	return flow_direction(nets_hold(&m->want.internal, src),
	    nets_hold(&m->want.internal, dst));
}

static void
write_flow(void *arg, struct out *o, struct flow_ended *ended)
{
	struct meter *m = arg;
	struct flow_full one;
	struct flow *f = flow_ended_flow(ended, &one, m->want.flows.features);

	f->dir = (uint8_t)direction_of(m, &f->src, &f->dst);
	rotate_record(m->rotate);
	flowrec_write(o, f, &m->columns, m->want.decimals);
}

static void
reuse_spare(struct meter *m)
{
	struct flow_spare spare = {0};

	writer_spare(m->writer, &spare);
	flowtab_reuse(m->table, &spare);
}

static void
pass_flow(void *arg, const struct flowslot *e, enum flow_why why)
{
	struct meter *m = arg;

	m->records++;
	writer_put(m->writer, e, why);
	reuse_spare(m);
}

static void
pass_full_flow(void *arg, struct flow *f)
{
	struct meter *m = arg;

	writer_count(m->writer, f);
	reuse_spare(m);
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

static inline void
take_packet(struct meter *m, const struct packet *p,
    const struct flowtab_hint *hint)
{
	if (m->want.packets)
		write_packet(m, p);
	else
		flowtab_put(m->table, p, hint);
}

static inline void
take_sifted(struct meter *m, enum sift_kind kind, const struct packet *p,
    const struct flowtab_hint *hint)
{
	if (kind == SIFT_PACKET || kind == SIFT_TIME)
		tell_time(m, p->t_ns);
	if (kind == SIFT_PACKET || kind == SIFT_EARLIER)
		take_packet(m, p, hint);
	else if (kind == SIFT_QUOTE && !m->want.packets)
		flowtab_refuse(m->table, p);
}

/* In order; what they need is asked for before. */
static void
take_batch(void *arg, unsigned number, bool here)
{
	struct meter *m = arg;
	struct batch *b = &m->batch[number];
	const struct packet *p = b->sifted.packet;
	size_t n = b->sifted.n;

	(void)here;
	if (n > 0)
		begin_clock(m, b->begin[0], b->begin[1]);
	for (size_t i = 0; i < n; i++) {
		flowtab_foresee(m->table, b->hint, n, i);
		if (i + SOON < n)
			fetch_soon(&p[i + SOON], 1);
		take_sifted(m, b->sifted.kind[i], &p[i], &b->hint[i]);
	}
	if (b->flush)
		writer_flush(m->writer);
}

/* Frames are soon gone, and far from another processor.  Without features
 * nobody looks at payloads. */
static void
keep_payloads(struct batch *b, size_t first)
{
	for (size_t i = first; i < b->sifted.n; i++) {
		struct packet *p = &b->sifted.packet[i];

		if (p->captured >= MSGSTATS_BYTES) {
			p->captured = MSGSTATS_BYTES;
			memcpy(b->payload[i], p->payload, MSGSTATS_BYTES);
		} else if (p->captured > 0) {
			memcpy(b->payload[i], p->payload, p->captured);
		}
		p->payload = b->payload[i];
	}
}

/* Packets whose headers will be asked for go with their frames. */
static void
start_thread(struct meter *m)
{
	m->alone = m->want.one_thread || m->want.flows.more.groups != 0 ||
	    cores() == 1;
	if (m->alone)
		return;
	free(m->batch);
	m->batch = mem_lines(BATCHES * sizeof *m->batch);
	m->batch->sifted.n = 0;
	m->relay = relay_start(take_batch, m, BATCHES);
	m->alone = m->relay == NULL;
}

/* Adds to a batch what comes of the first frames; returns how many. */
static size_t
add_frames(struct meter *m, struct batch *b, const struct frame *frame,
    size_t n)
{
	size_t before = b->sifted.n;

	if (before == 0) {
		b->begin[0] = frame[0].t_ns;
		b->begin[1] = frame[n > 1].t_ns;
	}
	n = sift_frames(m->sift, frame, n, &b->sifted);
	flowtab_hash(&m->key, b->sifted.packet + before,
	    b->sifted.n - before, b->hint + before);
	if (m->relay != NULL && m->want.flows.features)
		keep_payloads(b, before);
	return n;
}

static struct batch *
batch_now(const struct meter *m)
{
	return &m->batch[m->relay != NULL ? relay_batch(m->relay) : 0];
}

/* The batch that is being prepared goes to the table. */
static void
pass_batch(struct meter *m, bool flush)
{
	batch_now(m)->flush = flush;
	if (m->relay != NULL)
		relay_pass(m->relay, true);
	else
		take_batch(m, 0, true);
	batch_now(m)->sifted.n = 0;
}

/* Takes the first of them; returns how many.  A batch costs its passing, and
 * is filled by as many calls as it takes. */
static size_t
take_frames(struct meter *m, const struct frame *frame, size_t n)
{
	struct batch *b = batch_now(m);

	if (m->relay == NULL && n > TOGETHER)
		n = TOGETHER;
	n = add_frames(m, b, frame, n);
	if (m->relay == NULL || b->sifted.n >= SIFT_FRAMES)
		pass_batch(m, false);
	return n;
}

/* What has not been passed yet is. */
static void
end_thread(struct meter *m)
{
	if (batch_now(m)->sifted.n > 0)
		pass_batch(m, false);
	relay_end(m->relay);
	m->relay = NULL;
}

void
meter_frames(struct meter *m, const struct frame *frame, size_t n)
{
	if (m->relay == NULL && !m->alone && (m->frames += n) > FEW)
		start_thread(m);
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
	m->sift = sift_new(&(struct sift_want){
		.decode = {
			.tunnels = want->tunnels,
			.count_tunnels = want->verbose && !want->tunnels,
			.heads = want->flows.more.groups != 0,
			.all_protocols = want->all_protocols
		},
		.duplicate_ns = want->duplicate_ns, .suspects = want->verbose,
		.shard = want->shard, .shards = want->shards,
		.vlans = want->flows.vlans});
	flowclock_init(&m->clock);
	/* What a file gets is a matter of when it is written. */
	m->writer = writer_new(write_flow, m, m->out, want->one_thread ||
	    want->output.pattern != NULL);
	m->table = flowtab_new(&m->want.flows,
	    &(struct flowtab_taker){pass_flow, pass_full_flow, m},
	    &m->clock);
	m->key = flowtab_key(m->table);
	m->batch = mem_lines(sizeof *m->batch);
	m->batch->sifted.n = 0;
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
	pass_batch(m, true);
	if (m->relay != NULL)
		relay_hurry(m->relay);
}

struct meter_counts
meter_count(const struct meter *m)
{
	return (struct meter_counts){
		.packets = sift_count(m->sift),
		.decoded = sift_decoded(m->sift), .records = m->records,
		.held = flowtab_held(m->table)
	};
}

void
meter_end(struct meter *m)
{
	struct pktcount packets = sift_count(m->sift);

	if (m->relay != NULL)
		end_thread(m);
	flowclock_end(&m->clock);
	if (m->begun)
		rotate_tick(m->rotate, m->clock.now);
	flowtab_end(m->table);
	writer_end(m->writer);
	if (!m->want.part)
		pktcount_warn(&packets, sift_decoded(m->sift));
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
	sift_free(m->sift);
	free(m->batch);
	free(m);
}
