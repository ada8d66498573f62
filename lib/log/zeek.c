/*
 * Zeek's conn.log, and open_conn.log and the like that have its fields:
 * TAB-separated, with whatever "#separator" says, or JSON.
 *
 * Zeek turns some connections round after a look at their ports ("^" in the
 * history): records have who spoke first as src.  Flags are those of the
 * history, or of conn_state where there is no history.
 */
#include <string.h>

#include "base/num.h"
#include "log/logtool.h"

static const struct log_name zeek_names[] = {
	{ "_path", LOG_KIND }, { "ts", LOG_START },
	{ "id.orig_h", LOG_SRC }, { "id.orig_p", LOG_SPORT },
	{ "id.resp_h", LOG_DST }, { "id.resp_p", LOG_DPORT },
	{ "proto", LOG_PROTO }, { "service", LOG_APP },
	{ "duration", LOG_DURATION }, { "orig_bytes", LOG_BYTES },
	{ "resp_bytes", LOG_RBYTES }, { "conn_state", LOG_STATE },
	{ "local_orig", LOG_LOCAL }, { "local_resp", LOG_RLOCAL },
	{ "history", LOG_HISTORY }, { "orig_pkts", LOG_PKTS },
	{ "resp_pkts", LOG_RPKTS }, { NULL, LOG_FIELDS }
};

static const enum log_field zeek_needs[] = {
	LOG_START, LOG_SRC, LOG_SPORT, LOG_DST, LOG_DPORT, LOG_PROTO,
	LOG_PKTS, LOG_RPKTS, LOG_FIELDS
};

/* "#separator \x09" */
static void
zeek_separator(struct log_text *t, const char *s, size_t n)
{
	int high, low;

	if (n == 15 && memcmp(s + 11, "\\x", 2) == 0 &&
	    (high = num_hex(s[13])) >= 0 && (low = num_hex(s[14])) >= 0)
		t->separator = (char)(high << 4 | low);
	else if (n == 12)
		t->separator = s[11];
}

/* "#unset_field" and "#empty_field", the separator, and the word for it. */
static void
zeek_nothing(struct log_row *r, int which, const char *s, size_t n)
{
	if (n >= LOG_WORD)
		n = 0;
	memcpy(r->nothing[which], s, n);
	r->nothing[which][n] = '\0';
}

/* A row of more values than there are fields is two that have run together. */
static enum log_line
zeek_row(const struct log_text *t, struct log_row *r, char *s, size_t n)
{
	size_t values = 1;

	for (size_t i = 0; i < n; i++)
		values += s[i] == t->separator;
	return values > r->columns ? LOG_LINE_LONG :
	    log_table_row(r, s, n, t->separator);
}

static enum log_line
zeek_line(struct log_text *t, struct log_row *r, char *s, size_t n)
{
	char *hash = s;

	if (t->separator == '\0')
		t->separator = '\t';
	while (n > 0 && (*hash == ' ' || *hash == '\t')) {
		hash++;
		n--;
	}
	if (n == 0)
		return LOG_LINE_OTHER;
	if (*hash != '#') {
		if (!t->headed)
			return LOG_LINE_STRANGE;
		return zeek_row(t, r, s, n + (size_t)(hash - s));
	}
	if (log_begins(hash, n, "#separator "))
		zeek_separator(t, hash, n);
	if (n > 13 && log_begins(hash, n, "#unset_field"))
		zeek_nothing(r, 0, hash + 13, n - 13);
	if (n > 13 && log_begins(hash, n, "#empty_field"))
		zeek_nothing(r, 1, hash + 13, n - 13);
	if (!log_begins(hash, n, "#fields") || n < 8)
		return LOG_LINE_OTHER;
	log_table_heading(r, hash + 8, n - 8, t->separator);
	return LOG_LINE_HEADING;
}

/* Flags out of the history's letters: capitals are the originator's. */
static void
zeek_history_flags(struct rec_span history, uint16_t flags[2])
{
	static const struct { char letter; uint16_t flags; } table[] = {
		{ 's', FLAG_S }, { 'h', FLAG_H }, { 'a', FLAG_A },
		{ 'd', FLAG_A }, { 'f', FLAG_F }, { 'r', FLAG_R },
	};

	for (size_t i = 0; i < history.n; i++)
		for (size_t k = 0; k < sizeof table / sizeof *table; k++)
			if ((history.s[i] | 0x20) == table[k].letter)
				flags[(history.s[i] & 0x20) != 0] |=
				    table[k].flags;
}

/* The same out of conn_state. */
static void
zeek_state_flags(struct rec_span state, uint16_t flags[2])
{
	static const struct { const char *name; uint16_t flags[2]; } table[] = {
		{ "S0", { FLAG_S, 0 } },
		{ "S1", { FLAG_S, FLAG_H } },
		{ "SF", { FLAG_S | FLAG_F, FLAG_H | FLAG_F } },
		{ "REJ", { FLAG_S, FLAG_R } },
		{ "S2", { FLAG_S | FLAG_F, FLAG_H } },
		{ "S3", { FLAG_S, FLAG_H | FLAG_F } },
		{ "RSTO", { FLAG_S | FLAG_R, FLAG_H } },
		{ "RSTR", { FLAG_S, FLAG_H | FLAG_R } },
		{ "RSTOS0", { FLAG_S | FLAG_R, 0 } },
		{ "RSTRH", { 0, FLAG_H | FLAG_R } },
		{ "SH", { FLAG_S | FLAG_F, 0 } },
		{ "SHR", { 0, FLAG_H | FLAG_F } },
	};

	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (log_is(state, table[i].name)) {
			flags[0] = table[i].flags[0];
			flags[1] = table[i].flags[1];
		}
}

static bool
zeek_true(struct rec_span v)
{
	return log_is(v, "T") || log_is(v, "true");
}

static void
zeek_direction(const struct log_row *r, struct log_flow *f)
{
	if (r->v[LOG_LOCAL].n > 0 && r->v[LOG_RLOCAL].n > 0)
		f->dir = flow_direction(zeek_true(r->v[LOG_LOCAL]),
		    zeek_true(r->v[LOG_RLOCAL]));
}

static bool
zeek_counts(const struct log_row *r, struct log_flow *f, struct log_fault *e)
{
	return log_read_count(r, LOG_PKTS, &f->pkts[0], e) &&
	    log_read_count(r, LOG_RPKTS, &f->pkts[1], e) &&
	    log_read_count(r, LOG_BYTES, &f->bytes[0], e) &&
	    log_read_count(r, LOG_RBYTES, &f->bytes[1], e);
}

static bool
zeek_turned(const struct log_row *r, const struct log_flow *f)
{
	if (r->v[LOG_HISTORY].n > 0 && *r->v[LOG_HISTORY].s == '^')
		return true;
	return f->pkts[0] == 0 && f->pkts[1] > 0 && f->pkts[1] != LOG_UNKNOWN;
}

static enum log_verdict
zeek_flow(const struct log_row *r, struct log_flow *f, struct log_fault *e)
{
	struct rec_span kind = r->v[LOG_KIND];

	if (kind.n > 0 && (kind.n < 4 || memcmp(kind.s + kind.n - 4, "conn",
	    4) != 0) && !log_begins(kind.s, kind.n, "conn"))
		return LOG_OTHER_KIND;
	if (!log_read_tuple(r, f, e))
		return e->what != NULL ? LOG_BAD : LOG_NO_FLOW;
	if (!log_read_times(r, f, e) || !zeek_counts(r, f, e))
		return LOG_BAD;
	if (f->proto == PROTO_TCP && r->v[LOG_HISTORY].n > 0)
		zeek_history_flags(r->v[LOG_HISTORY], f->flags);
	else if (f->proto == PROTO_TCP)
		zeek_state_flags(r->v[LOG_STATE], f->flags);
	zeek_direction(r, f);
	if (zeek_turned(r, f))
		log_flow_turn(f);
	f->app = r->v[LOG_APP];
	return LOG_FLOW;
}

const struct log_tool log_zeek = {
	.name = "zeek",
	.expected = "conn.log of Zeek, TAB-separated or JSON",
	.made_by = "zeek -r FILE",
	.layout = LOG_LAYOUT_APP, .rounds = true,
	.names = zeek_names, .needs = zeek_needs,
	.json = true, .line = zeek_line, .flow = zeek_flow
};
