/*
 * flowtab, flow, feature and flowrec against a model: random packets go
 * through the table, and through a list of lists of packets from which each
 * column is worked out when all is over.  The seed is the case's number.
 */
#include "flow/flowtab.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "flow/flowmsg.h"
#include "record/flowrec.h"
#include "base/mem.h"
#include "base/num.h"

enum { PACKETS = 3000, LINES = 2 * PACKETS, SEEDS = 10 };

#define MS INT64_C(1000000)

#define WANT(idle, active, held, messages) { \
	.idle_ns = idle, .active_ns = active, .most = held, \
	.features = messages \
}

/* What is tried: the table's options, and the traffic. */
static const struct kind {
	const char *name;
	struct flowtab_want want;
	unsigned hosts;
	int64_t step_ms, back_ms;	/* at most, forward and back */
	bool tcp;
	bool all_alike;			/* sizes and gaps as of voice */
} kinds[] = {
	{"udp", WANT(20 * NS_PER_S, TIME_INF, 0, true), 6, 900, 0,
	    false, false},
	{"tcp", WANT(200 * NS_PER_S, TIME_INF, 0, true), 5, 3000, 0,
	    true, false},
	{"timeout of 30 s", WANT(30 * NS_PER_S, TIME_INF, 0, true), 9, 9000, 0,
	    true, false},
	{"no timeout", WANT(TIME_INF, TIME_INF, 0, true), 3, 90000, 0, true,
	    false},
	{"active timeout", WANT(50 * NS_PER_S, 20 * NS_PER_S, 0, true), 3, 2000,
	    0, true, false},
	{"table of 7", WANT(50 * NS_PER_S, TIME_INF, 7, true), 6, 2000, 0, true,
	    false},
	{"time steps back", WANT(9 * NS_PER_S, TIME_INF, 0, true), 4, 2000, 900,
	    true, false},
	{"all at once", WANT(9 * NS_PER_S, 4 * NS_PER_S, 20, true), 7, 800, 700,
	    true, false},
	{"calls", WANT(20 * NS_PER_S, TIME_INF, 0, true), 1, 40, 0, false,
	    true},
	{"calls, time steps back", WANT(20 * NS_PER_S, TIME_INF, 0, true), 1,
	    40,
	    900, false, true},
	{"basic", WANT(20 * NS_PER_S, TIME_INF, 0, false), 6, 900, 0, true,
	    false},
};

static uint64_t state;

static uint32_t
random32(void)
{
	state = state * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (uint32_t)(state >> 33);
}

static uint32_t
below(uint32_t n)
{
	return random32() % n;
}

/*
 * The packets.
 */
static struct packet packet[PACKETS];
static uint8_t payload[PACKETS][MSGSTATS_BYTES];

static struct addr
host(uint32_t i)
{
	const uint8_t four[4] = {10, 0, 0, (uint8_t)i};
	uint8_t six[16] = {0x20, 1, 0xd, 0xb8};

	six[15] = (uint8_t)i;
	return i % 3 ? addr_from4(four) : addr_from6(six);
}

static void
make_packet(struct packet *p, uint8_t *bytes, const struct kind *k)
{
	static const uint32_t size[] = {0, 1, 2, 3, 5, 8, 31, 350, 500, 700};
	static const uint8_t flags[] = {
		TCP_SYN, TCP_SYN | TCP_ACK, TCP_ACK, TCP_ACK, TCP_ACK,
		TCP_ACK | TCP_PSH, TCP_ACK | TCP_FIN, TCP_ACK | TCP_FIN,
		TCP_RST, TCP_ACK | TCP_ECE | TCP_CWR | TCP_URG
	};
	struct addr a = host(below(k->hosts));
	struct addr b = host(100 + 3 * below(2));

	*p = (struct packet){.src = a, .dst = b, .sport = 1000,
	    .dport = (uint16_t)(2000 + below(2)), .proto = PROTO_UDP};
	if (below(5) < 2) {
		uint16_t port = p->sport;

		p->src = b;
		p->dst = a;
		p->sport = p->dport;
		p->dport = port;
	}
	if (k->tcp && below(3) > 0) {
		p->proto = PROTO_TCP;
		p->tcp_flags = flags[below(10)];
		p->seq = below(2);
		p->ack = below(2);
	}
	p->length = k->all_alike ? 100 + below(9) * below(9) :
	    below(3) ? size[below(10)] : below(1400);
	if (k->all_alike && below(50) == 0)
		p->length = 350;
	p->later_fragment = p->proto == PROTO_UDP && below(20) == 0;
	if (p->later_fragment)
		p->length = 0;
	for (int i = 0; i < MSGSTATS_BYTES; i++)
		bytes[i] = (uint8_t)random32();
	p->payload = bytes;
	p->captured = below(9) ? p->length : below(p->length + 1);
}

static void
make_packets(const struct kind *k)
{
	int64_t t = 1000 * NS_PER_S;

	for (int i = 0; i < PACKETS; i++) {
		make_packet(&packet[i], payload[i], k);
		if (below(4) > 0)
			t += below((uint32_t)k->step_ms) * MS;
		/* Sometimes the very limits of all timeouts. */
		if (below(40) == 0)
			t += (k->want.idle_ns < TIME_INF && below(2) ?
			    k->want.idle_ns : 60 * NS_PER_S) +
			    (below(2) ? 1 : 0);
		packet[i].t_ns = t;
		if (k->back_ms > 0 && below(3) == 0)
			packet[i].t_ns -= below((uint32_t)k->back_ms) * MS;
	}
}

/*
 * The model: a flow is the list of its packets.
 */
struct model {
	int n, packet[PACKETS];
	int64_t end;
	bool listed, written, inherits;
	const char *why;
	bool fin[2];			/* by src < dst or not */
	bool has_isn;
	uint32_t isn;			/* the initiator's first number */
};

static struct model *model[LINES];
static int models;
static char *line[2][LINES];		/* of the table, of the model */
static int lines[2];
static struct key {			/* of the model's lines */
	int64_t end, start;
	const struct packet *first;
	struct packet tuple;		/* as if the initiator had sent it */
	char *line;
} key[LINES];
static int64_t now, told;	/* by the last two packets: flowclock.h */

/* Did the responder send the flow's first packet? */
static bool
is_turned(const struct model *m)
{
	const struct packet *p = &packet[m->packet[0]];

	return p->proto == PROTO_TCP && (p->tcp_flags & (TCP_SYN | TCP_ACK)) ==
	    (TCP_SYN | TCP_ACK);
}

static bool
is_like_first(const struct model *m, int i)
{
	const struct packet *a = &packet[m->packet[0]];

	return a->sport == packet[i].sport &&
	    memcmp(&a->src, &packet[i].src, sizeof a->src) == 0;
}

static bool
is_forward(const struct model *m, int i)
{
	return is_like_first(m, i) != is_turned(m);
}

static bool
of_tuple(const struct model *m, int i)
{
	const struct packet *a = &packet[m->packet[0]], *b = &packet[i];

	if (!m->listed || m->written || a->proto != b->proto)
		return false;
	if (is_like_first(m, i))
		return a->dport == b->dport && memcmp(&a->dst, &b->dst,
		    sizeof a->dst) == 0;
	return a->sport == b->dport && a->dport == b->sport &&
	    memcmp(&a->src, &b->dst, sizeof a->dst) == 0 &&
	    memcmp(&a->dst, &b->src, sizeof a->dst) == 0;
}

static char *text;
static size_t text_n;
static FILE *to;

/* The k-th packet of a side, in order; -1 behind the last. */
static int
nth(const struct model *m, int side, int k)
{
	for (int i = 0; i < m->n; i++)
		if (is_forward(m, m->packet[i]) == !side && k-- == 0)
			return m->packet[i];
	return -1;
}

static int64_t
last_time(const struct model *m, int side, int before)
{
	int64_t t = TIME_NONE;

	for (int i = 0; i < before; i++)
		if (is_forward(m, m->packet[i]) == !side &&
		    packet[m->packet[i]].t_ns > t)
			t = packet[m->packet[i]].t_ns;
	return t;
}

static void
put_time(int64_t t)
{
	if (t == TIME_NONE)
		fputs("\t-", to);
	else
		fprintf(to, "\t%010lld.%09lld", (long long)(t / NS_PER_S),
		    (long long)(t % NS_PER_S));
}

/* Place in the list of the first packet of the side behind place i. */
static int
turn_after(const struct model *m, int side, int i)
{
	while (i < m->n && is_forward(m, m->packet[i]) != !side)
		i++;
	return i;
}

static void
put_turns(const struct model *m)
{
	int r = turn_after(m, 1, 0), s = turn_after(m, 0, r);

	put_time(r < m->n ? last_time(m, 0, r) : TIME_NONE);
	put_time(r < m->n ? packet[m->packet[r]].t_ns : TIME_NONE);
	put_time(s < m->n ? last_time(m, 1, s) : TIME_NONE);
	put_time(s < m->n ? packet[m->packet[s]].t_ns : TIME_NONE);
}

static void
put_flags(const struct model *m, int side)
{
	static const char letter[] = "FSRPAUEC", order[] = "SHAFRPUEC";
	char seen[128] = {0};
	bool any = false;
	int i;

	fputc('\t', to);
	for (int k = 0; (i = nth(m, side, k)) >= 0; k++) {
		unsigned f = packet[i].tcp_flags;

		for (int bit = 0; bit < 8; bit++)
			if (f >> bit & 1 && bit != 1)
				seen[(int)letter[bit]] = 1;
		if (f & TCP_SYN)
			seen[f & TCP_ACK ? 'H' : 'S'] = 1;
	}
	for (int k = 0; order[k] != '\0'; k++)
		if (seen[(int)order[k]]) {
			fputc(order[k], to);
			any = true;
		}
	if (!any)
		fputc('-', to);
}

static void
put_counts(const unsigned *count, unsigned n, const char *form)
{
	const char *comma = "";

	for (unsigned i = 0; i < n; i++)
		if (count[i] > 0) {
			fputs(comma, to);
			fprintf(to, form, i, count[i]);
			comma = ",";
		}
	if (*comma == '\0')
		fputc('-', to);
}

static void
put_size(const struct model *m, int side)
{
	unsigned count[1500] = {0};
	int i;

	for (int k = 0; (i = nth(m, side, k)) >= 0; k++)
		if (!packet[i].later_fragment)
			count[packet[i].length]++;
	fputc('\t', to);
	put_counts(count, 1500, "%u:%u");
}

static void
put_fun(const struct model *m, int side)
{
	unsigned count[256] = {0};
	int i;

	for (int k = 0; (i = nth(m, side, k)) >= 0; k++)
		if (packet[i].captured > 2 && packet[i].proto == PROTO_UDP)
			count[packet[i].payload[2] & 0x8f]++;
	fputc('\t', to);
	put_counts(count, 256, "%02x:%u");
}

static void
put_nib(const struct model *m, int side)
{
	unsigned count[16][16] = {{0}};
	int i, n = 0, only = 0;

	for (int k = 0; (i = nth(m, side, k)) >= 0; k++) {
		const struct packet *p = &packet[i];

		if (p->captured == 0)
			continue;
		n++;
		only = i;
		for (unsigned b = 0; b < 8 && b < p->captured; b++) {
			count[2 * b][p->payload[b] / 16]++;
			count[2 * b + 1][p->payload[b] % 16]++;
		}
	}
	fputc('\t', to);
	if (n == 1) {
		fputc('=', to);
		for (unsigned b = 0; b < 8 && b < packet[only].captured; b++)
			fprintf(to, "%02x", packet[only].payload[b]);
	}
	if (n == 0)
		fputc('-', to);
	for (int g = 0; g < 16 && n > 1; g++) {
		if (g > 0)
			fputc(';', to);
		put_counts(count[g], 16, "%x:%u");
	}
}

static int
by_number(const void *a, const void *b)
{
	const unsigned *x = a, *y = b;

	for (int i = 0; i < 3; i++)
		if (x[i] != y[i])
			return x[i] < y[i] ? -1 : 1;
	return 0;
}

/* One window over the 30 messages. */
static void
window_of(const int *message, unsigned w[3])
{
	double sum = 0, spread = 0;
	double span = (double)(packet[message[29]].t_ns -
	    packet[message[0]].t_ns);

	for (int i = 0; i < 30; i++)
		sum += packet[message[i]].length;
	for (int i = 0; i < 30; i++) {
		double d = 30 * (double)packet[message[i]].length - sum;

		spread += d * d;
	}
	w[0] = (unsigned)floor(sum / 30 + .5);
	w[1] = (unsigned)floor(sqrt(spread / 30) / 30 + .5);
	w[2] = (unsigned)floor((span > 0 ? span : 0) / 29e6 + .5);
}

static void
put_win(const struct model *m, int side)
{
	static unsigned win[PACKETS / 30][3];
	int message[30], n = 0, i, windows = 0;
	const char *comma = "";

	for (int k = 0; (i = nth(m, side, k)) >= 0; k++) {
		uint32_t v = packet[i].length;

		if (v == 0 || (v >= 350 && v <= 500) ||
		    (v >= 800 && v <= 980))
			continue;
		message[n++] = i;
		if (n == 30)
			window_of(message, win[windows++]);
		n %= 30;
	}
	qsort(win, (size_t)windows, sizeof win[0], by_number);
	fputs(windows > 0 ? "\t" : "\t-", to);
	for (i = 0; i < windows; i += n) {
		for (n = 1; i + n < windows &&
		    by_number(win[i], win[i + n]) == 0; n++)
			continue;
		fprintf(to, "%s%u/%u/%u:%d", comma, win[i][0], win[i][1],
		    win[i][2], n);
		comma = ",";
	}
}

static uint64_t
sum_of(const struct model *m, int side, bool bytes)
{
	uint64_t sum = 0;
	int i;

	for (int k = 0; (i = nth(m, side, k)) >= 0; k++)
		sum += bytes ? packet[i].length : 1;
	return sum;
}

static void
model_write(struct model *m, bool features)
{
	const struct packet *first = &packet[m->packet[0]], *p;
	struct key *k = &key[lines[1]];
	char src[ADDR_TEXT], dst[ADDR_TEXT];
	int64_t start = TIME_INF;

	for (int i = 0; i < m->n; i++)
		if (packet[m->packet[i]].t_ns < start)
			start = packet[m->packet[i]].t_ns;
	*k = (struct key){m->end, start, first, *first, NULL};
	if (is_turned(m)) {
		k->tuple.src = first->dst;
		k->tuple.sport = first->dport;
		k->tuple.dst = first->src;
		k->tuple.dport = first->sport;
	}
	p = &k->tuple;
	addr_format(&p->src, src);
	addr_format(&p->dst, dst);
	to = open_memstream(&text, &text_n);
	put_time(start);
	put_time(m->end);
	fprintf(to, "\t%s\t%s\t%d\t%s\t%d\t-", p->proto == 6 ? "tcp" : "udp",
	    src, p->sport, dst, p->dport);
	for (int what = 0; what < 4; what++)
		fprintf(to, "\t%llu", (unsigned long long)sum_of(m, what & 1,
		    what > 1));
	put_time(last_time(m, 0, m->n));
	put_time(last_time(m, 1, m->n));
	put_turns(m);
	put_flags(m, 0);
	put_flags(m, 1);
	fprintf(to, "\t%s", m->why);
	for (int what = 0; features && what < 8; what++)
		(what < 2 ? put_size : what < 4 ? put_fun : what < 6 ?
		    put_nib : put_win)(m, what & 1);
	fputs("\t0", to);		/* unreach */
	fclose(to);
	k->line = text;
	line[1][lines[1]++] = text;
	m->written = true;
}

static bool
is_closed(const struct model *m)
{
	return m->why != NULL && *m->why != 'i';
}

static void
model_expire(const struct kind *k)
{
	if (k->want.idle_ns == TIME_INF)
		return;
	for (int i = 0; i < models; i++) {
		struct model *m = model[i];

		if (m->written || m->end + k->want.idle_ns + NS_PER_S >= now)
			continue;
		if (m->why == NULL)
			m->why = "idle";
		model_write(m, k->want.features);
	}
}

static struct model *
model_begin(const struct kind *k)
{
	struct model *m = NULL;
	int held = 0, before = 0;

	for (int i = 0; i < models; i++) {
		if (model[i]->written)
			continue;
		held++;
		/* Longest silent: whose last packet came first. */
		if (m == NULL || model[i]->packet[model[i]->n - 1] < before) {
			m = model[i];
			before = m->packet[m->n - 1];
		}
	}
	if (k->want.most > 0 && held == (int)k->want.most) {
		if (m->why == NULL)
			m->why = (told > now ? told : now) - m->end >
			    k->want.idle_ns ? "idle" :
			    "evict";
		model_write(m, k->want.features);
	}
	m = mem_alloc(1, sizeof *m);
	m->listed = true;
	m->end = TIME_NONE;
	model[models++] = m;
	return m;
}

static struct model *
model_cut(struct model *old, int i, const struct kind *k)
{
	struct model *m = mem_alloc(1, sizeof *m);

	*m = (struct model){.listed = true, .end = TIME_NONE,
	    .why = old->why, .fin = {old->fin[0], old->fin[1]}};
	m->packet[0] = i;
	m->has_isn = old->has_isn && is_turned(m) != is_forward(old, i);
	m->isn = old->isn;
	if (old->why == NULL)
		old->why = "active";
	model_write(old, k->want.features);
	model[models++] = m;
	return m;
}

/* Does a SYN behind a silence begin the next flow? */
static bool
is_next(const struct model *m, int i)
{
	return !m->has_isn || !is_forward(m, i) || m->isn != packet[i].seq;
}

static struct model *
model_find(int i, const struct kind *k)
{
	const struct packet *p = &packet[i];
	struct model *m = NULL;
	bool syn = (p->tcp_flags & (TCP_SYN | TCP_ACK)) == TCP_SYN;
	int64_t start = TIME_INF;

	for (int j = 0; j < models; j++)
		if (of_tuple(model[j], i))
			m = model[j];
	if (m == NULL)
		return model_begin(k);
	if (p->t_ns - m->end > k->want.idle_ns || (is_closed(m) &&
	    (syn || p->t_ns - m->end > 60 * NS_PER_S)) ||
	    (syn && p->t_ns - m->end > NS_PER_S && is_next(m, i))) {
		m->listed = false;
		if (m->why == NULL)
			m->why = p->t_ns - m->end > k->want.idle_ns ?
			    "idle" : "syn";
		return model_begin(k);
	}
	for (int j = 0; j < m->n; j++)
		if (packet[m->packet[j]].t_ns < start)
			start = packet[m->packet[j]].t_ns;
	return p->t_ns - start > k->want.active_ns ? model_cut(m, i, k) : m;
}

static void
model_add(int i, const struct kind *k)
{
	const struct packet *p = &packet[i];
	struct model *m = model_find(i, k);
	bool low = p->sport < p->dport;	/* ports differ always */

	m->packet[m->n++] = i;
	if (p->tcp_flags & TCP_SYN && !m->has_isn) {
		m->has_isn = true;
		m->isn = is_forward(m, i) ? p->seq : p->ack - 1;
	}
	if (p->t_ns > m->end)
		m->end = p->t_ns;
	if (p->proto == PROTO_UDP || m->why != NULL)
		return;
	if (p->tcp_flags & TCP_FIN)
		m->fin[low] = true;
	if (p->tcp_flags & TCP_RST)
		m->why = "rst";
	else if (m->fin[0] && m->fin[1])
		m->why = "fin";
}

static void
run_model(const struct kind *k)
{
	models = 0;
	now = told = 0;
	for (int i = 0; i < PACKETS; i++) {
		int64_t t = packet[i].t_ns;

		if ((t < told ? t : told) > now)
			now = t < told ? t : told;
		told = t;
		model_expire(k);
		model_add(i, k);
	}
	if (told > now)
		now = told;
	for (int i = 0; i < models; i++) {
		struct model *m = model[i];

		if (!m->written && m->why == NULL)
			m->why = k->want.idle_ns < TIME_INF && now - m->end >
			    k->want.idle_ns ? "idle" : "eof";
		if (!m->written)
			model_write(m, k->want.features);
		free(m);
	}
}

/*
 * The table.
 */
static struct out out;
static struct flowtab *table;

static void
take(void *arg, const struct flowslot *e, enum flow_why why)
{
	const struct kind *k = arg;
	struct flow_ended d = {*e, why};
	struct flow_full one;
	struct flow_spare spare = {0};
	struct flowrec_choice choice;

	flowrec_choose(&choice, FLOWREC_BASIC |
	    (k->want.features ? FLOWREC_MESSAGES : 0u));
	flowrec_write(&out, flow_ended_flow(&d, &one, k->want.features),
	    &choice, 9);
	flow_ended_free(&d, &spare);
	flowtab_reuse(table, &spare);
}

static void
take_full(void *arg, struct flow *f)
{
	struct flowmsg_taken taken = flowmsg_take(f);
	struct flow_spare spare = {0};

	(void)arg;
	flowmsg_count_taken(&taken, &spare.blocks);
	flowtab_reuse(table, &spare);
}

/* Together, as the meter does: flows may end between what is foreseen of them
 * and what is put. */
static void
put_packets(struct flowtab *t, struct flowclock *clock,
    const struct packet *p, int n)
{
	struct flowindex_key secret = flowtab_key(t);
	struct flowtab_hint hint[FLOWTAB_FORESEEN];

	flowtab_hash(&secret, p, (size_t)n, hint);
	flowtab_foresee(t, (size_t)n, hint);
	for (int i = 0; i < n; i++) {
		flowclock_tell(clock, p[i].t_ns);
		flowtab_tick(t);
		flowtab_put(t, &p[i], &hint[i]);
	}
}

static void
run_table(const struct kind *k)
{
	FILE *spool = tmpfile();
	struct flowclock clock;
	struct flowtab *t = flowtab_new(&k->want,
	    &(struct flowtab_taker){take, take_full, (void *)(uintptr_t)k},
	    &clock);
	size_t cap = 0;
	char *s = NULL;
	ssize_t n;

	flowclock_init(&clock);
	table = t;
	out_open(&out, fileno(spool), "spool");
	for (int i = 0; i < PACKETS; i += FLOWTAB_FORESEEN)
		put_packets(t, &clock, &packet[i], PACKETS - i <
		    FLOWTAB_FORESEEN ? PACKETS - i : FLOWTAB_FORESEEN);
	flowclock_end(&clock);
	flowtab_end(t);
	flowtab_free(t);
	out_flush(&out);
	rewind(spool);
	while ((n = getline(&s, &cap, spool)) > 0) {
		s[n - 1] = '\0';
		line[0][lines[0]++] = strdup(strchr(s, '\t'));
	}
	free(s);
	fclose(spool);
}

/*
 * Comparing.
 */

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

#define ORDER(a, b) do { \
	if ((a) != (b)) \
		return (a) < (b) ? -1 : 1; \
} while (0)

/* End, start, tuple; what began first stands first in memory. */
static int
by_key(const void *a, const void *b)
{
	const struct key *x = a, *y = b;
	const struct packet *p = &x->tuple, *q = &y->tuple;

	ORDER(x->end, y->end);
	ORDER(x->start, y->start);
	ORDER(p->proto, q->proto);
	ORDER(memcmp(&p->src, &q->src, 16), 0);
	ORDER(p->sport, q->sport);
	ORDER(memcmp(&p->dst, &q->dst, 16), 0);
	ORDER(p->dport, q->dport);
	ORDER(x->first, y->first);
	return 0;
}

/* Puts the lines into the order they ought to have, or, where pieces and
 * steps back leave none, both in that of their text. */
static void
arrange(bool ordered)
{
	if (ordered)
		qsort(key, (size_t)lines[1], sizeof *key, by_key);
	for (int i = 0; ordered && i < lines[1]; i++)
		line[1][i] = key[i].line;
	for (int i = 0; !ordered && i < 2; i++)
		qsort(line[i], (size_t)lines[i], sizeof *line[i], by_text);
}

static int
differs(void)
{
	if (lines[0] != lines[1]) {
		printf("# %d flows, not %d\n", lines[0], lines[1]);
		return 1;
	}
	for (int i = 0; i < lines[0]; i++)
		if (strcmp(line[0][i], line[1][i]) != 0) {
			printf("# got    %s\n# wanted %s\n", line[0][i],
			    line[1][i]);
			return 1;
		}
	return 0;
}

static int
try_one(const struct kind *k, unsigned seed)
{
	int bad;

	state = seed;
	lines[0] = lines[1] = 0;
	make_packets(k);
	run_table(k);
	run_model(k);
	arrange(k->back_ms == 0 && k->want.active_ns == TIME_INF &&
	    k->want.most == 0);
	bad = differs();
	if (bad)
		printf("# seed %u\n", seed);
	for (int i = 0; i < 2; i++)
		while (lines[i] > 0)
			free(line[i][--lines[i]]);
	return bad;
}

int
main(void)
{
	size_t n = sizeof kinds / sizeof *kinds;
	int failed = 0;

	printf("1..%zu\n", n);
	for (size_t i = 0; i < n; i++) {
		int bad = 0;

		for (unsigned seed = 1; seed <= SEEDS && !bad; seed++)
			bad = try_one(&kinds[i], seed);
		failed |= bad;
		printf("%sok %zu - %s\n", bad ? "not " : "", i + 1,
		    kinds[i].name);
	}
	return failed;
}
