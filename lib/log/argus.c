/*
 * Flows of argus as ra prints them, versions 3 and 5,
 *
 *	ra -r FILE -nn -c , -u -p 6 -s stime ltime proto saddr sport daddr \
 *	    dport spkts dpkts sappbytes dappbytes state synack ackdat - \
 *	    tcp or udp
 *
 * and .binetflow files, as those of the CTU data sets, which tell packets
 * and bytes of both directions together.  Dates are taken as UTC.
 *
 * argus -A counts sappbytes and dappbytes; without it they are 0.  Status
 * records are pieces of flows: racluster joins them.  TCP's set-up times
 * become ask, reply, ask2 and turn, so rttcalc works on TCP; for UDP argus
 * does not note who spoke when.
 */
#include <string.h>

#include "base/num.h"
#include "log/logtool.h"

enum { ETHERNET = 14 };

static const struct log_name argus_names[] = {
	{ "StartTime", LOG_START }, { "LastTime", LOG_END },
	{ "Dur", LOG_DURATION }, { "Proto", LOG_PROTO },
	{ "SrcAddr", LOG_SRC }, { "Sport", LOG_SPORT },
	{ "DstAddr", LOG_DST }, { "Dport", LOG_DPORT },
	{ "SrcPkts", LOG_PKTS }, { "DstPkts", LOG_RPKTS },
	{ "SAppBytes", LOG_BYTES }, { "DAppBytes", LOG_RBYTES },
	{ "SynAck", LOG_SYNACK }, { "AckDat", LOG_ACKDAT },
	{ "TotPkts", LOG_ALL_PKTS }, { "TotBytes", LOG_ALL_BYTES },
	{ "SrcBytes", LOG_SRC_BYTES }, { "State", LOG_STATE },
	{ NULL, LOG_FIELDS }
};

static const enum log_field argus_needs[] = {
	LOG_START, LOG_END, LOG_PROTO, LOG_SRC, LOG_SPORT, LOG_DST, LOG_DPORT,
	LOG_FIELDS
};

static enum log_line
argus_line(struct log_text *t, struct log_row *r, char *s, size_t n)
{
	return log_table_line(t, r, s, n, "StartTime");
}

/* Of both directions together: what is certain all the same. */
static void
argus_split(struct log_flow *f, uint64_t pkts, uint64_t bytes, uint64_t src)
{
	if (pkts == LOG_UNKNOWN || bytes == LOG_UNKNOWN ||
	    src == LOG_UNKNOWN || src > bytes)
		return;
	if (src == bytes || src == 0) {
		f->pkts[0] = src == bytes ? pkts : 0;
		f->pkts[1] = pkts - f->pkts[0];
	} else if (pkts == 2) {
		f->pkts[0] = f->pkts[1] = 1;
	}
	f->bytes[0] = log_payload(src, f->pkts[0], f, ETHERNET);
	f->bytes[1] = log_payload(bytes - src, f->pkts[1], f, ETHERNET);
}

/* "SPA_SPA": the flags of both directions; or a word. */
static void
argus_flags(struct rec_span state, struct log_flow *f)
{
	const char *bar = memchr(state.s, '_', state.n);
	size_t n;

	if (bar != NULL) {
		n = (size_t)(bar - state.s);
		f->flags[0] = log_flags((struct rec_span){ state.s, n }, true);
		f->flags[1] = log_flags((struct rec_span){ bar + 1,
		    state.n - n - 1 }, false);
	} else if (log_is(state, "REQ")) {
		f->flags[0] = FLAG_S;
	} else if (log_is(state, "ACC") || log_is(state, "EST") ||
	    log_is(state, "CON")) {
		f->flags[0] = FLAG_S;
		f->flags[1] = FLAG_H;
	}
}

static bool
argus_setup(const struct log_row *r, struct log_flow *f, struct log_fault *e)
{
	int64_t synack, ackdat;

	if (!log_read_duration(r, LOG_SYNACK, &synack, e) ||
	    !log_read_duration(r, LOG_ACKDAT, &ackdat, e))
		return false;
	if (f->proto != PROTO_TCP || synack == 0)
		return true;
	f->ask = f->start;
	f->reply = f->start + synack;
	if (ackdat > 0) {
		f->ask2 = f->reply;
		f->turn = f->reply + ackdat;
	}
	if (f->flags[0] == 0 && f->flags[1] == 0) {
		f->flags[0] = FLAG_S;
		f->flags[1] = FLAG_H;
	}
	return true;
}

static bool
argus_counts(const struct log_row *r, struct log_flow *f,
    struct log_fault *e)
{
	uint64_t pkts, bytes, src;

	if (!log_read_count(r, LOG_PKTS, &f->pkts[0], e) ||
	    !log_read_count(r, LOG_RPKTS, &f->pkts[1], e) ||
	    !log_read_count(r, LOG_BYTES, &f->bytes[0], e) ||
	    !log_read_count(r, LOG_RBYTES, &f->bytes[1], e) ||
	    !log_read_count(r, LOG_ALL_PKTS, &pkts, e) ||
	    !log_read_count(r, LOG_ALL_BYTES, &bytes, e) ||
	    !log_read_count(r, LOG_SRC_BYTES, &src, e))
		return false;
	if (f->pkts[0] == LOG_UNKNOWN)
		argus_split(f, pkts, bytes, src);
	return true;
}

static enum log_verdict
argus_flow(const struct log_row *r, struct log_flow *f, struct log_fault *e)
{
	if (!log_read_tuple(r, f, e))
		return e->what != NULL ? LOG_BAD : LOG_NO_FLOW;
	if (!log_read_times(r, f, e) || !argus_counts(r, f, e))
		return LOG_BAD;
	if (f->proto == PROTO_TCP)
		argus_flags(r->v[LOG_STATE], f);
	if (!argus_setup(r, f, e))
		return LOG_BAD;
	if (f->pkts[0] == 0)
		log_flow_turn(f);
	return LOG_FLOW;
}

const struct log_tool log_argus = {
	.name = "argus",
	.expected = "what ra of argus prints with a heading and -c ,",
	.made_by = "ra -r FILE -nn -c , -u -p 6 -s stime ltime proto saddr "
	    "sport daddr dport spkts dpkts sappbytes dappbytes synack ackdat",
	.layout = LOG_LAYOUT_SETUP,
	.names = argus_names, .needs = argus_needs,
	.line = argus_line, .flow = argus_flow
};
