/*
 * Packets as tshark prints them with -T fields -E header=y.  Each is a piece
 * of a flow, of which flowmerge makes all that pcap2flows would but win,
 * with times to the microsecond: what Wireshark's filters select can be
 * counted as flows.
 */
#include "base/num.h"
#include "log/logtool.h"

static const struct log_name tshark_names[] = {
	{ "frame.time_epoch", LOG_START }, { "ip.src", LOG_SRC },
	{ "ipv6.src", LOG_SRC }, { "ip.dst", LOG_DST },
	{ "ipv6.dst", LOG_DST }, { "udp.srcport", LOG_SPORT },
	{ "tcp.srcport", LOG_SPORT }, { "udp.dstport", LOG_DPORT },
	{ "tcp.dstport", LOG_DPORT }, { "udp.length", LOG_UDP_LENGTH },
	{ "tcp.len", LOG_BYTES }, { "tcp.flags.str", LOG_FLAGS },
	{ "udp.payload", LOG_PAYLOAD }, { "tcp.payload", LOG_PAYLOAD },
	{ NULL, LOG_FIELDS }
};

static const enum log_field tshark_needs[] = {
	LOG_START, LOG_SRC, LOG_DST, LOG_SPORT, LOG_DPORT, LOG_UDP_LENGTH,
	LOG_BYTES, LOG_FIELDS
};

enum { UDP_HEADER = 8 };

/* The separator is what -E separator says. */
static enum log_line
tshark_line(struct log_text *t, struct log_row *r, char *s, size_t n)
{
	return log_table_line(t, r, s, n, "frame.time_epoch");
}

static bool
tshark_size(const struct log_row *r, struct log_flow *f, struct log_fault *e)
{
	bool udp = r->v[LOG_UDP_LENGTH].n > 0;
	uint64_t n;

	f->proto = udp ? PROTO_UDP : PROTO_TCP;
	if (!log_read_count(r, udp ? LOG_UDP_LENGTH : LOG_BYTES, &n, e))
		return false;
	if (n == LOG_UNKNOWN || (udp && n < UDP_HEADER)) {
		*e = (struct log_fault){ udp ? LOG_UDP_LENGTH : LOG_BYTES,
		    "not a length" };
		return false;
	}
	f->bytes[0] = udp ? n - UDP_HEADER : n;
	return true;
}

static bool
tshark_ends(const struct log_row *r, struct log_flow *f, struct log_fault *e)
{
	const struct rec_span *v = r->v;

	return (e->field = LOG_SRC,
	    e->what = log_addr(v[LOG_SRC], &f->src)) == NULL &&
	    (e->field = LOG_DST,
	    e->what = log_addr(v[LOG_DST], &f->dst)) == NULL &&
	    (e->field = LOG_SPORT,
	    e->what = log_port(v[LOG_SPORT], &f->sport)) == NULL &&
	    (e->field = LOG_DPORT,
	    e->what = log_port(v[LOG_DPORT], &f->dport)) == NULL;
}

static enum log_verdict
tshark_flow(const struct log_row *r, struct log_flow *f, struct log_fault *e)
{
	/* A packet that is neither UDP nor TCP has no such ports. */
	if (r->v[LOG_UDP_LENGTH].n == 0 && r->v[LOG_BYTES].n == 0)
		return LOG_NO_FLOW;
	if (!log_read_time(r, LOG_START, &f->start, e) ||
	    !tshark_size(r, f, e) || !tshark_ends(r, f, e))
		return LOG_BAD;
	f->end = f->start;
	f->pkts[0] = 1;
	f->payload = r->v[LOG_PAYLOAD];
	if (f->proto == PROTO_TCP)
		f->flags[0] = log_flags(r->v[LOG_FLAGS], false);
	log_one_way(f);
	return LOG_FLOW;
}

const struct log_tool log_tshark = {
	.name = "tshark",
	.expected = "packets as tshark -T fields -E header=y prints them",
	.made_by = "tshark -r FILE -T fields -E header=y -e frame.time_epoch "
	    "... (the page has all)",
	.layout = LOG_LAYOUT_MESSAGE,
	.names = tshark_names, .needs = tshark_needs,
	.line = tshark_line, .flow = tshark_flow
};
