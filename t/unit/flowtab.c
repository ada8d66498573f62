/*
 * flowtab, flow, feature and flowrec against a model: random packets go
 * through the table, and through model/flowmodel.  The seed is the case's
 * number.
 */
#include "flow/flowtab.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "flow/flowmsg.h"
#include "record/flowrec.h"
#include "base/num.h"
#include "model/flowmodel.h"

enum {
	PACKETS = MODEL_PACKETS, LINES = MODEL_LINES, SEEDS = 10, TOGETHER = 64
};

static char *line[2][LINES];		/* of the table, of the model */
static int lines[2];

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
		make_packet(&model_packet[i], payload[i], k);
		if (below(4) > 0)
			t += below((uint32_t)k->step_ms) * MS;
		/* Sometimes the very limits of all timeouts. */
		if (below(40) == 0)
			t += (k->want.idle_ns < TIME_INF && below(2) ?
			    k->want.idle_ns : 60 * NS_PER_S) +
			    (below(2) ? 1 : 0);
		model_packet[i].t_ns = t;
		if (k->back_ms > 0 && below(3) == 0)
			model_packet[i].t_ns -=
			    below((uint32_t)k->back_ms) * MS;
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
	struct flowtab_hint hint[TOGETHER];

	flowtab_hash(&secret, p, (size_t)n, hint);
	for (int i = 0; i < n; i++) {
		flowtab_foresee(t, hint, (size_t)n, (size_t)i);
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
	for (int i = 0; i < PACKETS; i += TOGETHER)
		put_packets(t, &clock, &model_packet[i], PACKETS - i <
		    TOGETHER ? PACKETS - i : TOGETHER);
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
	const struct model_line *x = a, *y = b;
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
		qsort(model_line, (size_t)lines[1], sizeof *model_line,
		    by_key);
	for (int i = 0; i < lines[1]; i++)
		line[1][i] = model_line[i].text;
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
	lines[1] = model_run(&k->want);
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
