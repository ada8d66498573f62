#include "skype/skypeflow.h"

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

bool
skypeflow_read_ends(struct skypeflow *f, struct rec *r)
{
	uint8_t proto;

	if (!word_proto_parse(rec_get(r, PROTO), &proto))
		return rec_bad(r, PROTO, WORD_PROTO_FAULT);
	f->tcp = proto == PROTO_TCP;
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

bool
skypeflow_read(struct skypeflow *f, struct rec *r,
    const struct call_rule *rule)
{
	unsigned port = rule->skypeout_port;
	bool skypeout;

	if (!skypeflow_read_ends(f, r) || !read_source(f, r, 0) ||
	    !read_source(f, r, 1))
		return false;
	skypeout = port == 0 || f->port[0] == port || f->port[1] == port;
	for (int d = 0; d < 2; d++)
		call_measure(&f->evidence[d], &f->source[d], rule, skypeout);
	f->call = call_of(f->evidence[0].kind, f->evidence[1].kind);
	return true;
}
