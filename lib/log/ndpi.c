/*
 * What ndpiReader -C FILE writes: flows with nDPI's name of the protocol, as
 * column app, and the server's name.  Values stand between commas (4.2) or
 * bars (today); whichever follows the first name of the heading.
 */
#include <string.h>

#include "log/logtool.h"

static const struct log_name ndpi_names[] = {
	{ "protocol", LOG_PROTO }, { "first_seen", LOG_START },
	{ "last_seen", LOG_END }, { "src_ip", LOG_SRC },
	{ "src_port", LOG_SPORT }, { "dst_ip", LOG_DST },
	{ "dst_port", LOG_DPORT }, { "ndpi_proto", LOG_APP },
	{ "server_name_sni", LOG_NAME }, { "c_to_s_pkts", LOG_PKTS },
	{ "c_to_s_goodput_bytes", LOG_BYTES }, { "s_to_c_pkts", LOG_RPKTS },
	{ "s_to_c_goodput_bytes", LOG_RBYTES }, { NULL, LOG_FIELDS }
};

static const enum log_field ndpi_needs[] = {
	LOG_PROTO, LOG_START, LOG_END, LOG_SRC, LOG_SPORT, LOG_DST,
	LOG_DPORT, LOG_APP, LOG_PKTS, LOG_RPKTS, LOG_BYTES, LOG_RBYTES,
	LOG_FIELDS
};

static enum log_line
ndpi_line(struct log_text *t, struct log_row *r, char *s, size_t n)
{
	static const char first[] = "flow_id";
	size_t at = n > 0 && *s == '#', k = sizeof first - 1;

	if (n == 0)
		return LOG_LINE_OTHER;
	if (n > at + k && memcmp(s + at, first, k) == 0) {
		t->separator = s[at + k];
		log_table_heading(r, s + at, n - at, t->separator);
		return LOG_LINE_HEADING;
	}
	if (!t->headed)
		return LOG_LINE_STRANGE;
	return *s == '#' ? LOG_LINE_OTHER :
	    log_table_row(r, s, n, t->separator);
}

static enum log_verdict
ndpi_flow(const struct log_row *r, struct log_flow *f, struct log_fault *e)
{
	/* 4.2 does not quote: a comma inside of a value moves the rest. */
	if (!log_read_count(r, LOG_PKTS, &f->pkts[0], e)) {
		e->what = "not a number; a separator inside of a field?";
		return LOG_BAD;
	}
	if (!log_read_tuple(r, f, e))
		return e->what != NULL ? LOG_BAD : LOG_NO_FLOW;
	if (!log_read_times(r, f, e) ||
	    !log_read_count(r, LOG_RPKTS, &f->pkts[1], e) ||
	    !log_read_count(r, LOG_BYTES, &f->bytes[0], e) ||
	    !log_read_count(r, LOG_RBYTES, &f->bytes[1], e))
		return LOG_BAD;
	f->app = r->v[LOG_APP];
	f->name = r->v[LOG_NAME];
	return LOG_FLOW;
}

const struct log_tool log_ndpi = {
	.name = "ndpi",
	.expected = "what ndpiReader -C writes",
	.made_by = "ndpiReader -q -i CAPTURE -C FILE",
	.layout = LOG_LAYOUT_NAME,
	.names = ndpi_names, .needs = ndpi_needs,
	.line = ndpi_line, .flow = ndpi_flow
};
