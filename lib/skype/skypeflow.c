#include "skype/skypeflow.h"

#include "base/num.h"
#include "record/word.h"

enum {
	PROTO, SRC, SPORT, DST, DPORT, PKTS, RPKTS, BYTES, RBYTES,
	FEATURES		/* size rsize fun rfun nib rnib win rwin */
};

const char *const skypeflow_need[SKYPEFLOW_NEEDS] = {
	"proto", "src", "sport", "dst", "dport",
	"pkts", "rpkts", "bytes", "rbytes",
	"size", "rsize", "fun", "rfun", "nib", "rnib", "win", "rwin"
};

/* What cannot be read is read once more by rec, which says what is wrong. */

static bool
read_end(struct skypeflow *f, struct rec *r, const struct rec_span *v, size_t d)
{
	size_t host = SRC + 2 * d, port = SPORT + 2 * d;
	uint64_t n;

	if (!addr_parse(v[host].s, v[host].n, &f->end[d]) &&
	    !rec_addr(r, host, &f->end[d]))
		return false;
	if (!num_u64(v[port].s, v[port].n, UINT16_MAX, &n))
		return rec_port(r, port, &f->port[d]);
	f->port[d] = (uint16_t)n;
	return true;
}

static bool
read_ends(struct skypeflow *f, struct rec *r, const struct rec_span *v)
{
	uint8_t proto;

	if (!word_proto_parse(v[PROTO], &proto))
		return rec_bad(r, PROTO, WORD_PROTO_FAULT);
	f->tcp = proto != PROTO_UDP;	/* no messages of UDP's kind */
	f->other = f->tcp && proto != PROTO_TCP;
	return read_end(f, r, v, 0) && read_end(f, r, v, 1);
}

bool
skypeflow_read_ends(struct skypeflow *f, struct rec *r)
{
	struct rec_span v[SKYPEFLOW_NEEDS];

	rec_get_all(r, v);
	return read_ends(f, r, v);
}

static bool
read_count(struct rec *r, const struct rec_span *v, size_t i, uint64_t *n)
{
	return num_u64(v[i].s, v[i].n, LIMIT_COUNT, n) ||
	    rec_u64(r, i, LIMIT_COUNT, n);
}

/* What one direction (0, or 1 for the responder's) sent. */
static bool
read_source(struct skypeflow *f, struct rec *r, const struct rec_span *v,
    size_t d)
{
	struct rec_span column[SENTMSGS_COLUMNS];
	enum msgstats_column at;
	uint64_t pkts, bytes;
	const char *bad;

	if (!read_count(r, v, PKTS + d, &pkts) ||
	    !read_count(r, v, BYTES + d, &bytes))
		return false;
	for (size_t c = 0; c < SENTMSGS_COLUMNS; c++)
		column[c] = v[FEATURES + 2 * c + d];
	bad = sentmsgs_read(&f->source[d], f->tcp, pkts, bytes, column, &at);
	return bad == NULL || rec_bad(r, FEATURES + 2 * (size_t)at + d, bad);
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
	struct rec_span v[SKYPEFLOW_NEEDS];

	rec_get_all(r, v);
	if (!read_ends(f, r, v) || !read_source(f, r, v, 0) ||
	    !read_source(f, r, v, 1))
		return false;
	measure_calls(f, r, rule);
	return true;
}
