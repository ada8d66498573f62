#include "names/namelogs.h"

#include <err.h>
#include <stdint.h>
#include <string.h>

#include "base/num.h"
#include "log/logfile.h"
#include "log/logrow.h"
#include "names/nameout.h"
#include "packet/packet.h"

enum { DNS_PORT = 53, MESSAGES = 10, COLUMNS = 64 };

/* LOG_NAME's names tell how it was said: see how_of_name. */
static const struct log_name zeek_names[] = {
	{ "_path", LOG_KIND }, { "ts", LOG_START }, { "id.orig_h", LOG_SRC },
	{ "id.orig_p", LOG_SPORT }, { "id.resp_h", LOG_DST },
	{ "id.resp_p", LOG_DPORT }, { "proto", LOG_PROTO },
	{ "query", LOG_NAME }, { "server_name", LOG_NAME },
	{ "host", LOG_NAME }, { "client_initial_dcid", LOG_UID },
	{ "answers", LOG_ANSWER }, { "TTLs", LOG_DURATION },
	{ NULL, LOG_FIELDS }
};

static const struct log_name suricata_names[] = {
	{ "event_type", LOG_KIND }, { "timestamp", LOG_START },
	{ "src_ip", LOG_SRC }, { "src_port", LOG_SPORT },
	{ "dest_ip", LOG_DST }, { "dest_port", LOG_DPORT },
	{ "proto", LOG_PROTO }, { "dns.rrname", LOG_NAME },
	{ "dns.queries.rrname", LOG_NAME }, { "tls.sni", LOG_NAME },
	{ "http.hostname", LOG_NAME }, { "quic.sni", LOG_NAME },
	{ "dns.answers.rdata", LOG_ANSWER },
	{ "dns.answers.ttl", LOG_DURATION },
	{ NULL, LOG_FIELDS }
};

struct namelogs {
	struct out *out;
	struct logfile file;
	struct log_row row;
	bool zeek;
	bool failed;
	unsigned bad;
	uint64_t rows;
	uint64_t foreign, foreign_line;	/* rows of no such log, the first */
	size_t n;			/* answers of the row */
	bool grouped;			/* they are Suricata's by type */
	struct rec_span answer[SAIDNAME_ANSWERS];
	bool has_ttl;
	int64_t ttl_ns;			/* the least of them */
	struct addr server;	/* that answered the row */
};

static bool
span_ends(const char *path, size_t n, const char *with)
{
	size_t k = strlen(with);

	return n >= k && memcmp(path + n - k, with, k) == 0;
}

static void
take_ttl(struct namelogs *x, struct rec_span v)
{
	int64_t ns;

	if (log_duration(v, &ns) == NULL && (!x->has_ttl || ns < x->ttl_ns)) {
		x->ttl_ns = ns;
		x->has_ttl = true;
	}
}

static void
take_answer(struct namelogs *x, struct rec_span v)
{
	if (x->n < SAIDNAME_ANSWERS)
		x->answer[x->n++] = v;
}

/* Suricata lists answers one by one, by type, or in both ways. */
static void
take_grouped(struct namelogs *x, struct rec_span v)
{
	if (x->n > 0 && !x->grouped)
		return;
	x->grouped = true;
	take_answer(x, v);
}

static void
take_single(struct namelogs *x, struct rec_span v)
{
	if (x->grouped)
		x->n = 0;
	x->grouped = false;
	take_answer(x, v);
}

/* Answers and their times come several times over; all else once. */
static void
take_member(void *arg, const char *path, size_t path_n, const char *value,
    size_t value_n)
{
	struct namelogs *x = arg;
	struct rec_span v = { value, value_n };

	if (span_ends(path, path_n, x->zeek ? "answers" : "answers.rdata"))
		take_single(x, v);
	else if (!x->zeek && (span_ends(path, path_n, "grouped.A") ||
	    span_ends(path, path_n, "grouped.AAAA")))
		take_grouped(x, v);
	else if (span_ends(path, path_n, x->zeek ? "TTLs" : "answers.ttl"))
		take_ttl(x, v);
	else
		log_row_take(&x->row, path, path_n, value, value_n);
}

/* Zeek's sets: values with commas between. */
static void
take_sets(struct namelogs *x)
{
	struct rec_span f[SAIDNAME_ANSWERS], v = x->row.v[LOG_ANSWER];
	size_t k = v.n > 0 ? scan_split(v.s, v.n, ',', f, SAIDNAME_ANSWERS) : 0;

	for (size_t i = 0; i < k && i < SAIDNAME_ANSWERS; i++)
		take_answer(x, f[i]);
	v = x->row.v[LOG_DURATION];
	k = v.n > 0 ? scan_split(v.s, v.n, ',', f, SAIDNAME_ANSWERS) : 0;
	for (size_t i = 0; i < k && i < SAIDNAME_ANSWERS; i++)
		take_ttl(x, f[i]);
}

static void
bad_name_row(struct namelogs *x, const char *what)
{
	x->failed = true;
	if (++x->bad <= MESSAGES)
		warnx("%s:%llu: %s", x->file.name, (unsigned long long)
		    (x->file.line > 0 ? x->file.line : 1), what);
}

static const char *
expected_log(const struct namelogs *x)
{
	return x->zeek ? "expected dns.log, ssl.log, http.log or quic.log of "
	    "Zeek, TAB-separated or JSON" : "expected eve.json of Suricata";
}

/* Told once for all of a file's: a log of something else has no others. */
static void
foreign_row(struct namelogs *x)
{
	x->failed = true;
	if (x->foreign++ == 0)
		x->foreign_line = x->file.line > 0 ? x->file.line : 1;
}

static void
tell_foreign_rows(const struct namelogs *x)
{
	if (x->foreign > 0)
		warnx("%s:%llu: no row of such a log (%llu of %llu are none); "
		    "%s", x->file.name,
		    (unsigned long long)x->foreign_line,
		    (unsigned long long)x->foreign,
		    (unsigned long long)x->rows, expected_log(x));
}

/* How the name was said, by which member it has come. */
static const char *
how_of_name(const struct namelogs *x)
{
	const char *by = log_row_name(&x->row, LOG_NAME);

	if (strcmp(by, "query") == 0 || strncmp(by, "dns.", 4) == 0)
		return "dns";
	if (strcmp(by, "host") == 0 || strncmp(by, "http.", 5) == 0)
		return "http";
	return strncmp(by, "quic.", 5) == 0 || x->row.v[LOG_UID].n > 0 ?
	    "quic" : "tls";
}

static void
put_answers(struct namelogs *x, struct nameout *o,
    const struct saidname *name)
{
	x->server = o->address;
	/* Suricata's answers may go from the server. */
	if (o->sport == DNS_PORT && o->dport != DNS_PORT) {
		x->server = o->client;
		o->client = o->address;
		o->sport = o->dport;
		o->dport = DNS_PORT;
	}
	o->server = &x->server;
	o->until_ns = o->start_ns + (x->has_ttl ? x->ttl_ns : 0);
	for (size_t i = 0; i < x->n; i++)
		if (addr_parse(x->answer[i].s, x->answer[i].n, &o->address))
			nameout_row(x->out, o, name);
}

/* The row is filled; false if it is none of these logs. */
static void
take_name_row(struct namelogs *x)
{
	const struct rec_span *v = x->row.v;
	struct saidname name;
	struct nameout o = { .until_ns = TIME_NONE };

	x->rows++;
	if (v[LOG_START].n == 0 || v[LOG_SRC].n == 0 || v[LOG_DST].n == 0) {
		/* Zeek has logs, and Suricata events, without addresses. */
		if (v[LOG_KIND].n == 0)
			foreign_row(x);
		return;
	}
	if (v[LOG_NAME].n == 0 ||
	    !saidname_set(&name, v[LOG_NAME].s, v[LOG_NAME].n))
		return;
	o.how = how_of_name(x);
	o.proto = v[LOG_PROTO].n > 0 ? log_proto(v[LOG_PROTO]) :
	    strcmp(o.how, "quic") == 0 ? PROTO_UDP : PROTO_TCP;
	if (log_time(v[LOG_START], &o.start_ns) != NULL ||
	    log_addr(v[LOG_SRC], &o.client) != NULL ||
	    log_addr(v[LOG_DST], &o.address) != NULL ||
	    log_port(v[LOG_SPORT], &o.sport) != NULL ||
	    log_port(v[LOG_DPORT], &o.dport) != NULL || o.proto == 0) {
		bad_name_row(x, "a malformed time, address or port");
		return;
	}
	o.start_ns = (o.start_ns + 500) / 1000 * 1000;
	if (strcmp(o.how, "dns") == 0)
		put_answers(x, &o, &name);
	else
		nameout_row(x->out, &o, &name);
}

static void
name_row_begin(struct namelogs *x)
{
	log_row_clear(&x->row);
	x->n = 0;
	x->grouped = false;
	x->has_ttl = false;
}

static void
read_name_objects(struct namelogs *x)
{
	int r;

	for (;;) {
		name_row_begin(x);
		r = logfile_object(&x->file, take_member, x);
		if (r == LOGFILE_END)
			return;
		if (r == JSON_OBJECT)
			take_name_row(x);
		else
			bad_name_row(x, r == JSON_CUT ?
			    "an object without an end" : "no JSON object");
	}
}

/* A line of Zeek's text; false: this is no such log. */
static bool
take_name_line(struct namelogs *x, char *s, size_t n, bool *headed)
{
	static const char fields[] = "#fields\t";
	enum { K = sizeof fields - 1 };
	struct rec_span f[COLUMNS];
	size_t k;

	while (n > 0 && (*s == ' ' || (*s == '\t' && !*headed))) {
		s++;
		n--;
	}
	if (n > K && memcmp(s, fields, K) == 0) {
		k = scan_split(s + K, n - K, '\t', f, COLUMNS);
		log_row_heading(&x->row, f, k < COLUMNS ? k : COLUMNS);
		*headed = log_row_has(&x->row, LOG_NAME);
		return *headed;
	}
	if (n == 0 || *s == '#')
		return true;
	if (!*headed)
		return false;
	name_row_begin(x);
	k = scan_split(s, n, '\t', f, COLUMNS);
	log_row_set(&x->row, f, k < COLUMNS ? k : COLUMNS);
	if (k < x->row.columns) {
		bad_name_row(x, "a row that is cut short");
		return true;
	}
	take_sets(x);
	take_name_row(x);
	return true;
}

static void
read_name_lines(struct namelogs *x)
{
	bool headed = false, open_end = false;
	unsigned bad;
	size_t n;
	char *s;

	while ((s = logfile_line(&x->file, &n)) != NULL) {
		bad = x->bad;
		if (!take_name_line(x, s, n, &headed)) {
			bad_name_row(x, expected_log(x));
			return;
		}
		open_end = x->file.open_end && x->bad == bad;
	}
	if (!headed)
		bad_name_row(x, expected_log(x));
	else if (open_end)
		warnx("%s:%llu: the last line has no line feed: its last "
		    "field may be cut", x->file.name,
		    (unsigned long long)x->file.line);
}

static void
read_name_file(struct namelogs *x, const char *path)
{
	const char *s;
	size_t n;

	if (!logfile_open(&x->file, path)) {
		x->failed = true;
		return;
	}
	log_row_init(&x->row, x->zeek ? zeek_names : suricata_names);
	x->bad = 0;
	x->rows = x->foreign = 0;
	logfile_skip_mark(&x->file);
	s = logfile_peek(&x->file, 1, &n);
	if (n > 0 && (*s == '{' || *s == '['))
		read_name_objects(x);
	else if (x->zeek)
		read_name_lines(x);
	else
		bad_name_row(x, expected_log(x));
	tell_foreign_rows(x);
	if (x->bad > MESSAGES)
		warnx("%s: %u more bad rows", x->file.name,
		    x->bad - MESSAGES);
	if (!logfile_close(&x->file))
		x->failed = true;
}

bool
namelogs_knows(const char *tool)
{
	return strcmp(tool, "zeek") == 0 || strcmp(tool, "suricata") == 0;
}

int
namelogs_read(struct out *out, const char *tool, char *const *files)
{
	static struct namelogs x;

	x.out = out;
	x.zeek = strcmp(tool, "zeek") == 0;
	if (*files == NULL)
		read_name_file(&x, "-");
	for (; *files != NULL; files++)
		read_name_file(&x, *files);
	return x.failed ? 1 : 0;
}
