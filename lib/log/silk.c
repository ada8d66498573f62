/*
 * SiLK's flows as rwcut prints them, with or without padding.  Times are
 * UTC, or seconds.  Each line is one direction of a flow, or a piece of one.
 */
#include "log/logtool.h"

static const struct log_name silk_names[] = {
	{ "sIP", LOG_SRC }, { "dIP", LOG_DST }, { "sPort", LOG_SPORT },
	{ "dPort", LOG_DPORT }, { "pro", LOG_PROTO },
	{ "protocol", LOG_PROTO }, { "packets", LOG_PKTS },
	{ "bytes", LOG_BYTES }, { "flags", LOG_FLAGS },
	{ "sTime", LOG_START }, { "eTime", LOG_END },
	{ "duration", LOG_DURATION }, { NULL, LOG_FIELDS }
};

static const enum log_field silk_needs[] = {
	LOG_SRC, LOG_DST, LOG_SPORT, LOG_DPORT, LOG_PROTO, LOG_PKTS,
	LOG_BYTES, LOG_START, LOG_END, LOG_FIELDS
};

/* The separator is what --column-separator or --delimited says. */
static enum log_line
silk_line(struct log_text *t, struct log_row *r, char *s, size_t n)
{
	return log_table_line(t, r, s, n, "sIP");
}

static enum log_verdict
silk_flow(const struct log_row *r, struct log_flow *f, struct log_fault *e)
{
	if (!log_read_tuple(r, f, e))
		return e->what != NULL ? LOG_BAD : LOG_NO_FLOW;
	if (!log_read_times(r, f, e) ||
	    !log_read_count(r, LOG_PKTS, &f->pkts[0], e) ||
	    !log_read_count(r, LOG_BYTES, &f->bytes[0], e))
		return LOG_BAD;
	f->bytes[0] = log_payload(f->bytes[0], f->pkts[0], f, 0);
	if (f->proto == PROTO_TCP)
		f->flags[0] = log_flags(r->v[LOG_FLAGS], log_opens(f));
	log_one_way(f);
	return LOG_FLOW;
}

const struct log_tool log_silk = {
	.name = "silk",
	.expected = "what rwcut of SiLK prints",
	.made_by = "rwcut --fields=sIP,dIP,sPort,dPort,protocol,packets,"
	    "bytes,flags,sTime,eTime FILE",
	.layout = LOG_LAYOUT_PIECE,
	.names = silk_names, .needs = silk_needs,
	.line = silk_line, .flow = silk_flow
};
