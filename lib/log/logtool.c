#include "log/logtool.h"

#include <string.h>

#include "base/num.h"

static const struct log_tool *const tools[] = {
	&log_zeek, &log_suricata, &log_nfdump, &log_argus, &log_silk,
	&log_ndpi, &log_tshark
};

const struct log_tool *
log_tool_find(const char *name)
{
	for (size_t i = 0; i < sizeof tools / sizeof *tools; i++)
		if (strcmp(tools[i]->name, name) == 0)
			return tools[i];
	return NULL;
}

/* More columns than any tool writes; further ones are not looked at. */
enum { LOG_COLUMNS = 256 };

void
log_table_heading(struct log_row *r, char *s, size_t n, char sep)
{
	struct rec_span f[LOG_COLUMNS];
	size_t k = scan_split(s, n, sep, f, LOG_COLUMNS);

	log_row_heading(r, f, k < LOG_COLUMNS ? k : LOG_COLUMNS);
}

static bool
log_in_name(char c)
{
	return (c >= '0' && c <= '9') || c == '_' || c == '.' ||
	    ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* What parts the columns of a heading in which one is called `word`; 0 if none
 * is, or none other is there. */
static char
log_table_separator(const char *s, size_t n, const char *word)
{
	size_t k = strlen(word);

	for (size_t i = 0; i + k <= n; i++) {
		if (memcmp(s + i, word, k) != 0 ||
		    (i > 0 && log_in_name(s[i - 1])) ||
		    (i + k < n && log_in_name(s[i + k])))
			continue;
		if (i + k < n)
			return s[i + k];
		return i > 0 ? s[i - 1] : '\0';
	}
	return '\0';
}

enum log_line
log_table_row(struct log_row *r, char *s, size_t n, char sep)
{
	struct rec_span f[LOG_COLUMNS];
	size_t k = scan_split(s, n, sep, f, LOG_COLUMNS);

	log_row_set(r, f, k < LOG_COLUMNS ? k : LOG_COLUMNS);
	return k < r->columns ? LOG_LINE_SHORT : LOG_LINE_ROW;
}

enum log_line
log_table_line(struct log_text *t, struct log_row *r, char *s, size_t n,
    const char *word)
{
	char separator = log_table_separator(s, n, word);

	if (n == 0)
		return LOG_LINE_OTHER;
	if (separator == ' ')
		return LOG_LINE_STRANGE;
	if (separator != '\0') {
		t->separator = separator;
		log_table_heading(r, s, n, separator);
		return LOG_LINE_HEADING;
	}
	return t->headed ? log_table_row(r, s, n, t->separator) :
	    LOG_LINE_STRANGE;
}

bool
log_begins(const char *s, size_t n, const char *word)
{
	size_t k = strlen(word);

	return n >= k && memcmp(s, word, k) == 0;
}

static bool
log_fault(struct log_fault *e, enum log_field field, const char *what)
{
	*e = (struct log_fault){ field, what };
	return what == NULL;
}

bool
log_read_tuple(const struct log_row *r, struct log_flow *f,
    struct log_fault *e)
{
	const struct rec_span *v = r->v;

	log_fault(e, LOG_PROTO, NULL);
	if (v[LOG_PROTO].n == 0)
		return log_fault(e, LOG_PROTO, "nothing there");
	f->proto = log_proto(v[LOG_PROTO]);
	return f->proto != 0 &&
	    log_fault(e, LOG_SRC, log_addr(v[LOG_SRC], &f->src)) &&
	    log_fault(e, LOG_SPORT, log_port(v[LOG_SPORT], &f->sport)) &&
	    log_fault(e, LOG_DST, log_addr(v[LOG_DST], &f->dst)) &&
	    log_fault(e, LOG_DPORT, log_port(v[LOG_DPORT], &f->dport));
}

bool
log_read_time(const struct log_row *r, enum log_field field, int64_t *ns,
    struct log_fault *e)
{
	return log_fault(e, field, r->v[field].n == 0 ? "nothing there" :
	    log_time(r->v[field], ns));
}

bool
log_read_duration(const struct log_row *r, enum log_field field, int64_t *ns,
    struct log_fault *e)
{
	*ns = 0;
	return r->v[field].n == 0 ||
	    log_fault(e, field, log_duration(r->v[field], ns));
}

bool
log_read_count(const struct log_row *r, enum log_field field, uint64_t *n,
    struct log_fault *e)
{
	*n = LOG_UNKNOWN;
	return r->v[field].n == 0 ||
	    log_fault(e, field, log_count(r->v[field], n));
}

bool
log_read_times(const struct log_row *r, struct log_flow *f,
    struct log_fault *e)
{
	int64_t duration;

	if (!log_read_time(r, LOG_START, &f->start, e) ||
	    !log_read_duration(r, LOG_DURATION, &duration, e))
		return false;
	f->end = f->start + duration;
	/* A duration is often finer than the end that stands beside it. */
	if (r->v[LOG_DURATION].n == 0 && r->v[LOG_END].n > 0 &&
	    !log_read_time(r, LOG_END, &f->end, e))
		return false;
	if (f->end < f->start)
		return log_fault(e, LOG_END, "before the start");
	return true;
}

uint64_t
log_payload(uint64_t bytes, uint64_t pkts, const struct log_flow *f,
    unsigned link)
{
	uint64_t headers;

	if (bytes == LOG_UNKNOWN || pkts == LOG_UNKNOWN)
		return LOG_UNKNOWN;
	headers = link + (addr_is4(&f->src) ? 20 : 40) +
	    (f->proto == PROTO_UDP ? 8 : 20);
	return pkts <= bytes / headers ? bytes - pkts * headers : 0;
}

bool
log_read_counts(const struct log_row *r, struct log_flow *f, unsigned link,
    struct log_fault *e)
{
	if (!log_read_times(r, f, e) ||
	    !log_read_count(r, LOG_PKTS, &f->pkts[0], e) ||
	    !log_read_count(r, LOG_RPKTS, &f->pkts[1], e) ||
	    !log_read_count(r, LOG_BYTES, &f->bytes[0], e) ||
	    !log_read_count(r, LOG_RBYTES, &f->bytes[1], e))
		return false;
	for (int i = 0; i < 2; i++)
		f->bytes[i] = log_payload(f->bytes[i], f->pkts[i], f, link);
	return true;
}

uint16_t
log_flags(struct rec_span letters, bool opens)
{
	bool syn = memchr(letters.s != NULL ? letters.s : "", 'S',
	    letters.n) != NULL, ack = false;
	unsigned flags = 0;

	for (size_t i = 0; i < letters.n; i++) {
		const char *p = memchr(FLAG_LETTERS, letters.s[i],
		    sizeof FLAG_LETTERS - 1);

		if (p == NULL || *p == 'S' || *p == 'H')
			continue;
		ack |= *p == 'A';
		flags |= 1u << (p - FLAG_LETTERS);
	}
	if (syn && (opens || !ack))
		flags |= FLAG_S;
	if (syn && ack && !opens)
		flags |= FLAG_H;
	return (uint16_t)flags;
}

bool
log_opens(const struct log_flow *f)
{
	return f->sport > f->dport;
}

void
log_one_way(struct log_flow *f)
{
	f->last[0] = f->end;
	f->pkts[1] = f->bytes[1] = 0;
}
