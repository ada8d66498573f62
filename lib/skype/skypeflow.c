#include "skype/skypeflow.h"

#include "record/word.h"

#include "base/num.h"

enum {
	PROTO, SRC, SPORT, DST, DPORT, PKTS, RPKTS, BYTES, RBYTES,
	FEATURES		/* size rsize fun rfun nib rnib win rwin */
};

const char *const skypeflow_need[SKYPEFLOW_NEEDS] = {
	"proto", "src", "sport", "dst", "dport",
	"pkts", "rpkts", "bytes", "rbytes",
	"size", "rsize", "fun", "rfun", "nib", "rnib", "win", "rwin"
};

bool
skypeflow_read_ends(struct skypeflow *f, struct rec *r)
{
	uint8_t proto;

	if (!word_proto_parse(rec_get(r, PROTO), &proto))
		return rec_bad(r, PROTO, WORD_PROTO_FAULT);
	f->tcp = proto != PROTO_UDP;	/* no messages of UDP's kind */
	f->other = f->tcp && proto != PROTO_TCP;
	return rec_addr(r, SRC, &f->end[0]) &&
	    rec_port(r, SPORT, &f->port[0]) &&
	    rec_addr(r, DST, &f->end[1]) && rec_port(r, DPORT, &f->port[1]);
}

/* What one direction (0, or 1 for the responder's) sent. */
static bool
read_source(struct skypeflow *f, struct rec *r, size_t d)
{
	struct sentmsgs *s = &f->source[d];
	uint64_t pkts, bytes;

	if (!rec_u64(r, PKTS + d, LIMIT_COUNT, &pkts) ||
	    !rec_u64(r, BYTES + d, LIMIT_COUNT, &bytes))
		return false;
	sentmsgs_begin(s, f->tcp, pkts, bytes);
	for (int c = MSGSTATS_SIZE; c <= MSGSTATS_WIN; c++) {
		size_t i = FEATURES + 2 * (size_t)c + d;
		struct rec_span v = rec_get(r, i);
		const char *bad = sentmsgs_read(s, (enum msgstats_column)c,
		    v.s, v.n);

		if (bad != NULL)
			return rec_bad(r, i, bad);
	}
	return true;
}

/* Time from the column start to end in ms, 0 if they are not known. */
static uint64_t
duration_ms(struct rec *r)
{
	int start = rec_find(r, "start"), end = rec_find(r, "end");
	struct rec_span s, e;
	int64_t from_ns, to_ns;

	if (start < 0 || end < 0)
		return 0;
	s = rec_column(r, (size_t)start);
	e = rec_column(r, (size_t)end);
	if (!num_time(s.s, s.n, &from_ns) || !num_time(e.s, e.n, &to_ns) ||
	    to_ns < from_ns)
		return 0;
	return (uint64_t)(to_ns - from_ns) / (NS_PER_S / 1000);
}

static void
measure_calls(struct skypeflow *f, struct rec *r, const struct call_rule *rule)
{
	unsigned port = rule->skypeout_port;
	bool is_long = f->source[0].messages >= CHI2_LEAST ||
	    f->source[1].messages >= CHI2_LEAST;
	uint64_t flow_ms = is_long ? duration_ms(r) : 0;

	for (int d = 0; d < 2; d++)
		call_measure(&f->evidence[d], &f->source[d], rule, port == 0 ||
		    f->port[0] == port || f->port[1] == port, flow_ms);
	f->call = call_of_both(f->evidence[0].kind, f->evidence[1].kind);
}

bool
skypeflow_read(struct skypeflow *f, struct rec *r,
    const struct call_rule *rule)
{
	if (!skypeflow_read_ends(f, r) || !read_source(f, r, 0) ||
	    !read_source(f, r, 1))
		return false;
	measure_calls(f, r, rule);
	return true;
}
