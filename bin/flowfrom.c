/*
 * flowfrom: makes flow records of the logs of other tools: Zeek, Suricata,
 * nfdump, argus, SiLK, ndpiReader, tshark.
 *
 * The form of each file is recognised by its content: compressed or not,
 * JSON or text, which of the tool's layouts.  Values are found by their
 * names.  A malformed row is named and left out, the others pass, and the
 * status is 1; a file that is no log of the tool is an error that says what
 * was expected and how to make it.
 *
 * Community ID and direction are added on the way.  One pass; memory: one
 * line or JSON object, at most 16 MiB.
 */
#include <err.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/addr.h"
#include "base/out.h"
#include "log/logfile.h"
#include "log/logtool.h"
#include "record/cmdline.h"

static const char usage[] =
	"usage: flowfrom [-hVv] [-n networks] tool [file ...]\n";

static const char *const made[] = {
	"cid", "start", "end", "proto", "src", "sport", "dst", "dport", "dir",
	"pkts", "rpkts", "bytes", "rbytes", "app", "name", "flags", "rflags",
	"ask", "reply", "ask2", "turn", "last", "rlast", "why", "size", "fun",
	"nib"
};

enum { MADE = sizeof made / sizeof *made };

enum { MESSAGES = 10 };		/* about bad rows of one file */

struct from {
	const struct log_tool *tool;
	struct nets internal;
	bool own_nets;		/* -n: the log's own word does not count */
	struct out *out;
	struct logfile file;
	struct log_row row;
	uint64_t rows, flows, bad, other;	/* of all files */
	uint64_t file_rows, file_bad, file_kind;	/* file_kind: of the
						   kind of a flow */
	bool failed;
};

static void
bad_row(struct from *x, const char *field, const char *what,
    struct rec_span value)
{
	char text[48];
	size_t n = value.n < sizeof text - 4 ? value.n : sizeof text - 4;

	x->bad++;
	x->failed = true;
	if (++x->file_bad > MESSAGES)
		return;
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)value.s[i];

		text[i] = c < ' ' || c >= 0x7f ? '?' : (char)c;
	}
	strcpy(text + n, value.n > n ? "..." : "");
	warnx("%s:%llu: %s%s%s%s%s%s", x->file.name,
	    (unsigned long long)x->file.line, field != NULL ? field : "",
	    field != NULL ? ": " : "", what, value.n > 0 ? ": \"" : "", text,
	    value.n > 0 ? "\"" : "");
}

/* The file is no log of the tool. */
static void
strange(struct from *x, const char *what)
{
	x->failed = true;
	warnx("%s:%llu: %s%sexpected %s, which this makes: %s", x->file.name,
	    (unsigned long long)(x->file.line > 0 ? x->file.line : 1),
	    what, *what != '\0' ? "; " : "", x->tool->expected,
	    x->tool->made_by);
}

static void
round_time(int64_t *ns)
{
	*ns = (*ns + 500) / 1000 * 1000;
}

/* The first needed field that neither heading nor object has, or
 * LOG_FIELDS.  Where the end is needed the duration will do. */
static enum log_field
missing(const struct from *x, bool json)
{
	const enum log_field *f = x->tool->needs;

	for (; *f != LOG_FIELDS; f++)
		if (json ? x->row.v[*f].n == 0 : !log_row_has(&x->row, *f) &&
		    !(*f == LOG_END && log_row_has(&x->row, LOG_DURATION)))
			break;
	return *f;
}

/* The row is filled; false if the file is no log of the tool. */
static bool
take_row(struct from *x, bool json)
{
	struct log_fault fault = { LOG_FIELDS, NULL };
	enum log_field lacks = json ? missing(x, true) : LOG_FIELDS;
	enum log_verdict verdict;
	struct log_flow f;

	log_flow_clear(&f);
	verdict = x->tool->flow(&x->row, &f, &fault);
	x->rows++;
	if (verdict == LOG_OTHER_KIND)
		verdict = LOG_NO_FLOW;
	else
		x->file_kind++;
	if (verdict == LOG_NO_FLOW && lacks != x->tool->needs[0]) {
		x->other++;
		x->file_rows++;
		return true;
	}
	if (lacks != LOG_FIELDS && x->file_rows == 0)
		return false;
	x->file_rows++;
	if (lacks != LOG_FIELDS) {
		bad_row(x, log_row_name(&x->row, lacks), "nothing there",
		    (struct rec_span){ "", 0 });
		return true;
	}
	if (verdict == LOG_BAD) {
		bad_row(x, log_row_name(&x->row, fault.field), fault.what,
		    x->row.v[fault.field]);
		return true;
	}
	if (x->tool->rounds) {
		round_time(&f.start);
		round_time(&f.end);
	}
	if (x->own_nets)
		f.dir = FLOW_UNKNOWN;
	x->flows++;
	log_flow_write(x->out, &f, x->tool->layout, &x->internal);
	return true;
}

static void
read_objects(struct from *x)
{
	char what[96];
	int result;

	for (;;) {
		log_row_clear(&x->row);
		result = logfile_object(&x->file, log_row_take, &x->row);
		if (result == LOGFILE_END)
			return;
		if (result != JSON_OBJECT) {
			bad_row(x, NULL, result == JSON_CUT ?
			    "an object without an end" : "no JSON object",
			    (struct rec_span){ "", 0 });
			continue;
		}
		if (take_row(x, true))
			continue;
		snprintf(what, sizeof what, "no \"%s\"",
		    log_row_name(&x->row, missing(x, true)));
		strange(x, what);
		return;
	}
}

/* True: go on. */
static bool
take_line(struct from *x, struct log_text *text, char *s, size_t n)
{
	enum log_line line = x->tool->line(text, &x->row, s, n);
	enum log_field lacks;

	switch (line) {
	case LOG_LINE_OTHER:
		return true;
	case LOG_LINE_HEADING:
		text->headed = true;
		lacks = missing(x, false);
		if (lacks != LOG_FIELDS) {
			char what[96];

			snprintf(what, sizeof what, "no field \"%s\"",
			    log_row_name(&x->row, lacks));
			strange(x, what);
		}
		return lacks == LOG_FIELDS;
	case LOG_LINE_ROW:
		return take_row(x, false);
	case LOG_LINE_SHORT:
	case LOG_LINE_LONG:
		x->rows++;
		bad_row(x, NULL, line == LOG_LINE_SHORT ?
		    "a row that is cut short" :
		    "a row of more values than the heading has",
		    (struct rec_span){ "", 0 });
		return true;
	case LOG_LINE_STRANGE:
		break;
	}
	strange(x, "");
	return false;
}

static void
read_lines(struct from *x)
{
	struct log_text text = { .separator = '\0' };
	bool open_end = false;
	uint64_t bad;
	size_t n;
	char *s;

	while ((s = logfile_line(&x->file, &n)) != NULL) {
		bad = x->bad;
		if (!take_line(x, &text, s, n))
			return;
		open_end = x->file.open_end && x->bad == bad;
	}
	if (!text.headed && !text.ended)
		strange(x, "no heading");
	else if (open_end)
		warnx("%s:%llu: the last line has no line feed: its last "
		    "field may be cut", x->file.name,
		    (unsigned long long)x->file.line);
}

/* What else than text is known by its first bytes, or by its first line; NULL:
 * it is text. */
static const char *
binary(const char *s, size_t n)
{
	static const struct {
		size_t at, n;
		const char *bytes, *what;
	} known[] = {
		{ 0, 2, "\x0c\xa5", "a binary file of nfdump" },
		{ 0, 2, "\xa5\x0c", "a binary file of nfdump" },
		{ 8, 4, "\xe5\x71\x2d\xcb", "a binary file of argus" },
		{ 8, 4, "\xe5\x71\x50\xcb", "a binary file of argus" },
		{ 0, 4, "\xde\xad\xbe\xef", "a binary file of SiLK" },
		{ 0, 4, "\xd4\xc3\xb2\xa1", "a capture" },
		{ 0, 4, "\xa1\xb2\xc3\xd4", "a capture" },
		{ 0, 4, "\x4d\x3c\xb2\xa1", "a capture" },
		{ 0, 4, "\x0a\x0d\x0d\x0a", "a capture" },
		{ 0, 2, "\x1f\x8b", "compressed more than twice" },
		{ 0, 4, "\x28\xb5\x2f\xfd", "compressed more than twice" },
		{ 0, 4, "\xfd" "7zX", "compressed more than twice" },
	};

	const char *lf = memchr(s, '\n', n);

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (n >= known[i].at + known[i].n && memcmp(s + known[i].at,
		    known[i].bytes, known[i].n) == 0)
			return known[i].what;
	if (lf != NULL)
		n = (size_t)(lf - s);
	return memchr(s, '\0', n) != NULL ? "a binary file" : NULL;
}

/* Reads one file by its form. */
static void
read_form(struct from *x)
{
	enum { HEAD = 4096 };
	const char *s, *what;
	size_t n, at = 0;

	logfile_skip_mark(&x->file);
	s = logfile_peek(&x->file, HEAD, &n);
	if (n == 0) {
		x->failed = true;
		warnx("%s: is empty", x->file.name);
		return;
	}
	if ((what = binary(s, n)) != NULL) {
		strange(x, what);
		return;
	}
	while (at < n && strchr(" \t\r\n", s[at]) != NULL)
		at++;
	if (at < n && (s[at] == '{' || s[at] == '[')) {
		if (x->tool->json)
			read_objects(x);
		else
			strange(x, "JSON");
	} else if (x->tool->line != NULL) {
		read_lines(x);
	} else {
		strange(x, "no JSON");
	}
}

static void
read_file(struct from *x, const char *path)
{
	if (!logfile_open(&x->file, path)) {
		x->failed = true;
		return;
	}
	log_row_init(&x->row, x->tool->names);
	x->file_rows = x->file_bad = x->file_kind = 0;
	read_form(x);
	if (x->file_rows > 0 && x->file_kind == 0)
		warnx("%s: none of its %llu records is a flow; expected %s, "
		    "which this makes: %s", x->file.name,
		    (unsigned long long)x->file_rows, x->tool->expected,
		    x->tool->made_by);
	if (x->file_bad > MESSAGES)
		warnx("%s: %llu more bad rows", x->file.name,
		    (unsigned long long)(x->file_bad - MESSAGES));
	if (!logfile_close(&x->file))
		x->failed = true;
}

static void
set_internal(struct nets *internal, const char *text)
{
	const char *bad;

	if (!nets_add(internal, text, &bad))
		errx(2, "-n: not a network: \"%s\"", bad);
}

static void
read_files(struct from *x, char *const *files)
{
	static struct out out;

	x->out = &out;
	out_open(&out, 1, "<stdout>");
	log_flow_header(&out, x->tool->layout);
	if (*files == NULL)
		read_file(x, "-");
	for (; *files != NULL; files++)
		read_file(x, *files);
	out_close(&out);
}

int
main(int argc, char **argv)
{
	static struct from x;
	bool verbose = false;
	int c;

	while ((c = cmdline_getopt(argc, argv, "hn:Vv")) != -1)
		switch (c) {
		case 'h':
			cmdline_help(usage, NULL, 0, made, MADE);
		case 'n':
			set_internal(&x.internal, optarg);
			x.own_nets = true;
			break;
		case 'V':
			cmdline_version();
		case 'v':
			verbose = true;
			break;
		default:
			cmdline_usage(usage);
		}
	if (optind == argc)
		cmdline_usage(usage);
	x.tool = log_tool_find(argv[optind]);
	if (x.tool == NULL)
		errx(2, "no tool \"%s\" is known: zeek, suricata, nfdump, "
		    "argus, silk, ndpi, tshark", argv[optind]);
	if (!x.own_nets)
		set_internal(&x.internal, NULL);
	read_files(&x, argv + optind + 1);
	if (verbose)
		warnx("rows %llu = flows %llu + other records %llu + bad %llu",
		    (unsigned long long)x.rows, (unsigned long long)x.flows,
		    (unsigned long long)x.other, (unsigned long long)x.bad);
	return x.failed ? 1 : 0;
}
