/*
 * NetFlow and IPFIX as nfdump prints them: CSV in the layouts of 1.6 to 1.7
 * (-o csv, csv-long, csv_fast, csv:...), JSON, the lines for people (line,
 * long, extended, biline, bilong), and what
 *
 *	nfdump -q -N -6 -o 'fmt:%tsr,%td,%pr,%sa,%sp,%da,%dp,%pkt,%byt,%flg'
 *
 * prints without a heading.  Each row is one direction of a flow, or a piece
 * of one; with -b or -B both directions.  Dates are taken as UTC.
 */
#include <string.h>

#include "log/logtool.h"

static const struct log_name nfdump_names[] = {
	{ "type", LOG_KIND },
	{ "tsr", LOG_START }, { "ts", LOG_START },
	{ "firstSeen", LOG_START }, { "first", LOG_START },
	{ "t_first", LOG_START },
	{ "te", LOG_END }, { "lastSeen", LOG_END }, { "last", LOG_END },
	{ "t_last", LOG_END },
	{ "td", LOG_DURATION }, { "duration", LOG_DURATION },
	{ "in_packets", LOG_PKTS }, { "in_bytes", LOG_BYTES },
	{ "pr", LOG_PROTO }, { "proto", LOG_PROTO },
	{ "tcp_flags", LOG_FLAGS },
	{ "src_port", LOG_SPORT }, { "dst_port", LOG_DPORT },
	{ "sa", LOG_SRC }, { "srcAddr", LOG_SRC }, { "src4_addr", LOG_SRC },
	{ "src6_addr", LOG_SRC },
	{ "da", LOG_DST }, { "dstAddr", LOG_DST }, { "dst4_addr", LOG_DST },
	{ "dst6_addr", LOG_DST },
	{ "sp", LOG_SPORT }, { "srcPort", LOG_SPORT },
	{ "dp", LOG_DPORT }, { "dstPort", LOG_DPORT },
	{ "ipkt", LOG_PKTS }, { "pkt", LOG_PKTS }, { "packets", LOG_PKTS },
	{ "inPackets", LOG_PKTS },
	{ "ibyt", LOG_BYTES }, { "byt", LOG_BYTES }, { "bytes", LOG_BYTES },
	{ "inBytes", LOG_BYTES },
	{ "opkt", LOG_RPKTS }, { "outPackets", LOG_RPKTS },
	{ "out_packets", LOG_RPKTS },
	{ "obyt", LOG_RBYTES }, { "outBytes", LOG_RBYTES },
	{ "out_bytes", LOG_RBYTES },
	{ "flg", LOG_FLAGS }, { "flags", LOG_FLAGS },
	{ NULL, LOG_FIELDS }
};

static const enum log_field nfdump_needs[] = {
	LOG_START, LOG_PROTO, LOG_SRC, LOG_SPORT, LOG_DST, LOG_DPORT,
	LOG_PKTS, LOG_BYTES, LOG_FIELDS
};

static bool
nfdump_has(const char *s, size_t n, const char *word)
{
	for (; n > 0; s++, n--)
		if (log_begins(s, n, word))
			return true;
	return false;
}

/* "192.0.2.1:80", or "2001:db8::1.80": the address and the port. */
static void
nfdump_endpoint(struct log_row *r, enum log_field addr, enum log_field port,
    struct rec_span v)
{
	const char *colon = memchr(v.s, ':', v.n);
	bool six = colon != NULL && memchr(colon + 1, ':',
	    v.n - (size_t)(colon + 1 - v.s)) != NULL;
	size_t n = v.n;

	while (n > 0 && v.s[n - 1] != (six ? '.' : ':'))
		n--;
	log_row_field(r, addr, (struct rec_span){ v.s, n > 0 ? n - 1 : 0 });
	log_row_field(r, port, (struct rec_span){ v.s + n, v.n - n });
}

/* A line for people: date, time, duration, protocol, endpoint, arrow,
 * endpoint, with or without flags and tos, packets, bytes (of both ways, the
 * answer first), flows. */
static enum log_line
nfdump_words(const struct log_text *t, struct log_row *r, const char *s,
    size_t n)
{
	enum { WORDS = 24, SHORTEST = 10 };
	struct rec_span w[WORDS] = {{NULL, 0}};
	size_t k = 0, more = t->has_flags ? 2 : 0;
	size_t least = SHORTEST + more + (t->both_ways ? 2 : 0);
	const char *end = s + n;

	log_row_clear(r);
	while (s < end && k < WORDS) {
		const char *from;

		while (s < end && *s == ' ')
			s++;
		for (from = s; s < end && *s != ' '; s++)
			;
		if (s > from)
			w[k++] = (struct rec_span){ from, (size_t)(s - from) };
	}
	if (k < least ||
	    !log_begins(w[5].s + w[5].n - 1, 1, ">"))
		return LOG_LINE_SHORT;
	if (log_proto(w[3]) == 0) {
		log_row_field(r, LOG_PROTO, w[3]);
		return LOG_LINE_ROW;
	}
	w[0].n = (size_t)(w[1].s + w[1].n - w[0].s);
	log_row_field(r, LOG_START, w[0]);
	log_row_field(r, LOG_DURATION, w[2]);
	log_row_field(r, LOG_PROTO, w[3]);
	nfdump_endpoint(r, LOG_SRC, LOG_SPORT, w[4]);
	nfdump_endpoint(r, LOG_DST, LOG_DPORT, w[6]);
	if (t->has_flags)
		log_row_field(r, LOG_FLAGS, w[7]);
	/* "1.2 M" are two words: the unit makes it no whole number. */
	for (size_t i = 7 + more; i + 1 < k; i++)
		if (w[i + 1].n == 1 && strchr("kMGT", *w[i + 1].s) != NULL)
			w[i].n += 2;
	if (!t->both_ways) {
		log_row_field(r, LOG_PKTS, w[7 + more]);
		log_row_field(r, LOG_BYTES, w[8 + more]);
		return LOG_LINE_ROW;
	}
	/* What went in to nfdump's collector is the first direction. */
	log_row_field(r, LOG_RPKTS, w[7 + more]);
	log_row_field(r, LOG_PKTS, w[8 + more]);
	log_row_field(r, LOG_RBYTES, w[9 + more]);
	log_row_field(r, LOG_BYTES, w[10 + more]);
	return LOG_LINE_ROW;
}

/* The heading of CSV; of the fmt above none is printed, so that its first
 * row tells. */
static bool
nfdump_heading(struct log_text *t, struct log_row *r, char *s, size_t n)
{
	static const char *const first[] = { "ts,", "firstSeen,", "cnt,",
	    "tsr," };
	bool heading = nfdump_has(s, n, "srcAddr");
	bool lines = log_begins(s, n, "Date first seen") &&
	    nfdump_has(s, n, "Duration") && !nfdump_has(s, n, "Event") &&
	    (nfdump_has(s, n, "Packets") || nfdump_has(s, n, "Out Pkt"));

	for (size_t i = 0; i < sizeof first / sizeof *first; i++)
		heading |= log_begins(s, n, first[i]);
	if (!heading && !lines)
		return false;
	t->lines = lines;
	t->has_flags = lines && nfdump_has(s, n, "Flags");
	t->both_ways = lines && nfdump_has(s, n, "Out Pkt");
	if (heading)
		log_table_heading(r, s, n, ',');
	else				/* whatever is needed is there */
		for (size_t i = 0; i < r->n; i++)
			r->column[i] = 0;
	return true;
}

static bool
nfdump_is_fmt(const char *s, size_t n)
{
	size_t digits = 0, commas = 0;

	while (n > 0 && *s == ' ') {
		s++;
		n--;
	}
	while (digits < n && s[digits] >= '0' && s[digits] <= '9')
		digits++;
	for (size_t i = 0; i < n; i++)
		commas += s[i] == ',';
	return digits >= 9 && digits < n && s[digits] == '.' && commas == 9;
}

static bool
nfdump_is_total(const char *s, size_t n)
{
	return log_begins(s, n, "Summary") ||
	    log_begins(s, n, "Time window") ||
	    log_begins(s, n, "Total flows") ||
	    log_begins(s, n, "No matching flow") ||
	    log_begins(s, n, "Sys:");
}

static enum log_line
nfdump_line(struct log_text *t, struct log_row *r, char *s, size_t n)
{
	static const char fmt[] = "tsr,td,pr,sa,sp,da,dp,pkt,byt,flg";
	char heading[sizeof fmt];

	if (n == 0)
		return LOG_LINE_OTHER;
	if (*s >= 'A' && nfdump_is_total(s, n)) {
		t->ended = true;
		return LOG_LINE_OTHER;
	}
	if (*s >= 'A' && nfdump_heading(t, r, s, n)) {
		t->ended = false;
		return LOG_LINE_HEADING;
	}
	if (t->ended)
		return LOG_LINE_OTHER;
	if (!t->headed && nfdump_is_fmt(s, n)) {
		memcpy(heading, fmt, sizeof fmt);
		log_table_heading(r, heading, sizeof fmt - 1, ',');
		t->headed = true;
	}
	if (!t->headed)
		return LOG_LINE_STRANGE;
	return t->lines ? nfdump_words(t, r, s, n) :
	    log_table_row(r, s, n, ',');
}

/* What came back, which only -b and -B tell. */
static void
nfdump_both_ways(struct log_flow *f)
{
	f->last[0] = f->last[1] = f->end;
	if (f->pkts[0] == 0)
		log_flow_turn(f);
	if (f->pkts[1] == 0)
		f->last[1] = INT64_MIN;
}

static enum log_verdict
nfdump_flow(const struct log_row *r, struct log_flow *f, struct log_fault *e)
{
	if (r->v[LOG_KIND].n > 0 && !log_is(r->v[LOG_KIND], "flow"))
		return LOG_OTHER_KIND;
	if (!log_read_tuple(r, f, e))
		return e->what != NULL ? LOG_BAD : LOG_NO_FLOW;
	if (!log_read_counts(r, f, 0, e))
		return LOG_BAD;
	if (f->proto == PROTO_TCP)
		f->flags[0] = log_flags(r->v[LOG_FLAGS], log_opens(f));
	if (f->pkts[1] != LOG_UNKNOWN && f->pkts[1] > 0)
		nfdump_both_ways(f);
	else
		log_one_way(f);
	return LOG_FLOW;
}

const struct log_tool log_nfdump = {
	.name = "nfdump",
	.expected = "text of nfdump: csv, json or line",
	.made_by = "TZ=UTC nfdump -r FILE -6 -N -o csv",
	.layout = LOG_LAYOUT_PIECE,
	.names = nfdump_names, .needs = nfdump_needs,
	.json = true, .line = nfdump_line, .flow = nfdump_flow
};
