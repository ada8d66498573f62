#include "record/recstate.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

/* So many bytes at s, of n, are one character that a terminal shows; 0: none,
 * or one that controls it. */
static size_t
shown_length(const char *text, size_t n)
{
	const unsigned char *s = (const unsigned char *)text;
	size_t k = utf8_length(text, n);

	return *s < 0x20 || *s == 0x7f || (k == 2 && *s == 0xc2 &&
	    s[1] < 0xa0) ? 0 : k;
}

/* What was read goes into a message short and printable. */
static const char *
shown_text(struct rec_span v, char text[64])
{
	size_t i = 0, k;

	while (i < v.n && i < 56) {
		k = shown_length(v.s + i, v.n - i);
		if (i + k > 56)
			break;
		if (k > 0)
			memcpy(text + i, v.s + i, k);
		else
			text[i] = v.s[i] == '\t' ? ' ' : '?';
		i += k > 0 ? k : 1;
	}
	strcpy(text + i, v.n > i ? "..." : "");
	return text;
}

/* Rows before the one at fault are results: they go out first. */
void
recfault_say(struct rec *r, const char *column, const char *what,
    struct rec_span value)
{
	char text[64];

	out_flush(&r->out);
	warnx("%s:%llu: %s%s%s: \"%s\"", r->in.name,
	    (unsigned long long)r->in.number, column, *column ? ": " : "",
	    what, shown_text(value, text));
}

/* Whole or not cannot be told. */
void
recfault_warn_cut(const struct rec *r)
{
	warnx("%s:%llu: no line feed at the end of the last line: "
	    "it may be cut", r->in.name, (unsigned long long)r->in.number);
}

/* Counts a bad row, or ends the program: false. */
static bool
recfault_drop(struct rec *r)
{
	if (!r->spec.keep_going)
		exit(1);
	r->dropped++;
	return false;
}

bool
recfault_line(struct rec *r, const char *what, struct rec_span line)
{
	recfault_say(r, "", what, line);
	return recfault_drop(r);
}

bool
rec_bad(struct rec *r, size_t i, const char *what)
{
	recfault_say(r, r->spec.need[i], what, rec_get(r, i));
	return recfault_drop(r);
}

bool
rec_bad_column(struct rec *r, size_t k, const char *what)
{
	recfault_say(r, rec_name(r, k), what, rec_column(r, k));
	return recfault_drop(r);
}

/* What data begin with that people have beside records. */
static const struct {
	const char *magic;
	size_t n;
	const char *what;
} known_data[] = {
	{"\xd4\xc3\xb2\xa1", 4, "a capture, which pcap2flows reads"},
	{"\xa1\xb2\xc3\xd4", 4, "a capture, which pcap2flows reads"},
	{"\x4d\x3c\xb2\xa1", 4, "a capture, which pcap2flows reads"},
	{"\xa1\xb2\x3c\x4d", 4, "a capture, which pcap2flows reads"},
	{"\x1f\x8b", 2, "compressed by gzip: zcat reads it"},
	{"\x28\xb5\x2f\xfd", 4, "compressed by zstd: zstdcat reads it"},
	{"\xfd" "7zXZ", 5, "compressed by xz: xzcat reads it"},
	{"BZh", 3, "compressed by bzip2: bzcat reads it"},
	{"PK\x03\x04", 4, "a zip archive: unzip -p reads it"},
	{"\x00\x0a", 2, "IPFIX, which flowipfix -r reads"},
	{"\x0c\xa5", 2, "a file of nfdump, which examples/from reads"},
	{"\xa5\x0c", 2, "a file of nfdump, which examples/from reads"},
	{"PAR1", 4, "Parquet"},
	{"SQLite format 3", 15, "a database of SQLite"},
	{"\x7f" "ELF", 4, "a program"},
	{"{", 1, "JSON: flowfrom reads that of other tools"},
	{"[", 1, "JSON: flowfrom reads that of other tools"},
	{"<", 1, "XML or HTML"},
};

enum { KNOWN_DATA = sizeof known_data / sizeof *known_data };

/* An empty line is the first of a pcapng file, which begins with LF, CR, CR,
 * LF. */
static const char *
foreign_data(struct rec *r, struct rec_span line)
{
	bool dirty = r->in.dirty;
	size_t n;
	char *s;

	if (line.n == 0) {
		s = rec_next_line(r, &n);
		r->in.number = 1;
		r->in.dirty = dirty;
		return s != NULL && n == 2 && memcmp(s, "\r\r", 2) == 0 ?
		    "a capture, which pcap2flows reads" : NULL;
	}
	for (size_t i = 0; i < KNOWN_DATA; i++)
		if (line.n >= known_data[i].n && memcmp(line.s,
		    known_data[i].magic, known_data[i].n) == 0)
			return known_data[i].what;
	return NULL;
}

void
recfault_foreign(struct rec *r, struct rec_span line)
{
	const char *what = r->in.number == 1 ? foreign_data(r, line) : NULL;

	if (what == NULL)
		return;
	out_flush(&r->out);
	errx(1, "%s: no flow records but %s", r->in.name, what);
}

void
recfault_binary(struct rec *r, struct rec_span line)
{
	if (line.s[line.n - 1] == '\r' && !scan_forbidden(line.s, line.n - 1))
		errx(1, "%s:%llu: carriage return at the end of a line",
		    r->in.name, (unsigned long long)r->in.number);
	errx(1, "%s:%llu: control byte in the header, binary data",
	    r->in.name, (unsigned long long)r->in.number);
}

/* What may stand where TABs should. */
static const struct {
	char c;
	const char *hint;
} separator[] = {
	{',', ": no TABs, but commas between its columns, as in CSV"},
	{';', ": no TABs, but semicolons between its columns"},
	{'|', ": no TABs, but bars between its columns"},
	{' ', ": no TABs, but blanks between its columns"},
};

enum { SEPARATORS = sizeof separator / sizeof *separator };

/* How many names of columns stand in the line, parted by c? */
static size_t
names_parted(struct rec_span line, char c)
{
	const char *s = line.s, *end = line.s + line.n;
	size_t known = 0;

	for (s += *s == '#'; s < end;) {
		const char *to = memchr(s, c, (size_t)(end - s));

		if (to == NULL)
			to = end;
		known += column_find(s, (size_t)(to - s)) != NULL;
		s = to + 1;
	}
	return known;
}

const char *
recfault_separator(struct rec_span line)
{
	if (line.n == 0 || memchr(line.s, '\t', line.n) != NULL)
		return NULL;
	for (size_t i = 0; i < SEPARATORS; i++)
		if (names_parted(line, separator[i].c) > 1)
			return separator[i].hint;
	return memchr(line.s, ',', line.n) != NULL ? separator[0].hint : NULL;
}

void
recfault_no_header(struct rec *r, struct rec_span line)
{
	char text[64];
	const char *hint = "";

	if (line.s != NULL && memchr(line.s, '\t', line.n) == NULL) {
		hint = recfault_separator(line);
		if (hint == NULL)
			hint = ": no TABs in it";
	}
	errx(2, "%s:%llu: no header before the first record%s%s%s%s",
	    r->in.name, (unsigned long long)r->in.number, hint,
	    line.s != NULL ? ": \"" : "",
	    line.s != NULL ? shown_text(line, text) : "",
	    line.s != NULL ? "\"" : "");
}

/* As many bytes, of which those that a terminal would not show are "?". */
static void
copy_shown(char *to, struct rec_span v)
{
	for (size_t i = 0, k; i < v.n; i += k > 0 ? k : 1) {
		k = shown_length(v.s + i, v.n - i);
		if (k > 0)
			memcpy(to + i, v.s + i, k);
		else
			to[i] = '?';
	}
}

/* The names that there are, as far as they fit. */
static void
list_names(const struct rec_span *name, size_t n, char *text, size_t size)
{
	size_t used = 0;

	for (size_t i = 0; i < n; i++) {
		if (used + name[i].n + sizeof ", ..." > size) {
			strcpy(text + used, "...");
			return;
		}
		copy_shown(text + used, name[i]);
		used += name[i].n;
		strcpy(text + used, i + 1 < n ? ", " : "");
		used += i + 1 < n ? 2 : 0;
	}
}

/* The column is not among these n; line: the header's number. */
static _Noreturn void
say_missing(struct rec *r, const char *name, const struct rec_span *names,
    size_t n, uint64_t line)
{
	const struct column *c = column_find(name, strlen(name));
	const char *maker = r->spec.maker != NULL ? r->spec.maker :
	    c != NULL ? column_maker(c) : NULL;
	char there[1024] = "", at[32] = "";

	out_flush(&r->out);
	list_names(names, n, there, sizeof there);
	if (r->spec.columns == NULL)
		snprintf(at, sizeof at, ":%llu", (unsigned long long)line);
	if (maker != NULL)
		errx(2, "%s%s: no column \"%s\" (%s makes it); there are: %s",
		    r->in.name, at, name, maker, there);
	errx(2, "%s%s: no column \"%s\"; there are: %s", r->in.name, at, name,
	    there);
}

void
recfault_missing(struct rec *r, const char *name, size_t n, uint64_t line)
{
	say_missing(r, name, r->found, n, line);
}

void
rec_no_column(struct rec *r, const char *name)
{
	say_missing(r, name, r->layout.name, r->layout.width, r->in.number);
}
