#include "record/recstate.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What was read goes into a message short and printable. */
static const char *
shown_text(struct rec_span v, char text[64])
{
	size_t n = v.n < 56 ? v.n : 56;

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)v.s[i];

		text[i] = c == '\t' ? ' ' :
		    c < 0x20 || c == 0x7f ? '?' : (char)c;
	}
	strcpy(text + n, v.n > n ? "..." : "");
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

bool
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

/* What binary data begins with that people have beside records. */
static const struct {
	const char *magic;
	size_t n;
	const char *hint;
} known_data[] = {
	{"\xd4\xc3\xb2\xa1", 4, ": a capture, which pcap2flows reads"},
	{"\xa1\xb2\xc3\xd4", 4, ": a capture, which pcap2flows reads"},
	{"\x4d\x3c\xb2\xa1", 4, ": a capture, which pcap2flows reads"},
	{"\xa1\xb2\x3c\x4d", 4, ": a capture, which pcap2flows reads"},
	{"\x0a\x0d\x0d\x0a", 4, ": a capture, which pcap2flows reads"},
	{"\x1f\x8b", 2, ": compressed by gzip"},
	{"\x28\xb5\x2f\xfd", 4, ": compressed by zstd"},
	{"\xfd" "7zXZ", 5, ": compressed by xz"},
};

enum { KNOWN_DATA = sizeof known_data / sizeof *known_data };

void
recfault_binary(struct rec *r, struct rec_span line)
{
	const char *hint = "";

	if (line.n > 0 && line.s[line.n - 1] == '\r' &&
	    !scan_forbidden(line.s, line.n - 1))
		errx(1, "%s:%llu: carriage return at the end of a line",
		    r->in.name, (unsigned long long)r->in.number);
	for (size_t i = 0; i < KNOWN_DATA; i++)
		if (line.n >= known_data[i].n && memcmp(line.s,
		    known_data[i].magic, known_data[i].n) == 0)
			hint = known_data[i].hint;
	errx(1, "%s:%llu: control byte in the header, binary data%s",
	    r->in.name, (unsigned long long)r->in.number, hint);
}

void
recfault_no_header(struct rec *r, struct rec_span line)
{
	char text[64];
	const char *hint = "";

	if (line.s != NULL && memchr(line.s, '\t', line.n) == NULL)
		hint = memchr(line.s, ',', line.n) != NULL ?
		    ": no TABs, but commas between its columns" :
		    ": no TABs in it";
	errx(2, "%s:%llu: no header before the first record%s%s%s%s",
	    r->in.name, (unsigned long long)r->in.number, hint,
	    line.s != NULL ? ": \"" : "",
	    line.s != NULL ? shown_text(line, text) : "",
	    line.s != NULL ? "\"" : "");
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
		memcpy(text + used, name[i].s, name[i].n);
		used += name[i].n;
		strcpy(text + used, i + 1 < n ? ", " : "");
		used += i + 1 < n ? 2 : 0;
	}
}

void
recfault_missing(struct rec *r, const char *name, size_t n, uint64_t line)
{
	const struct column *c = column_find(name, strlen(name));
	const char *maker = r->spec.maker != NULL ? r->spec.maker :
	    c != NULL ? column_maker(c) : NULL;
	char there[512] = "", at[32] = "";

	out_flush(&r->out);
	list_names(r->found, n, there, sizeof there);
	if (r->spec.columns == NULL)
		snprintf(at, sizeof at, ":%llu", (unsigned long long)line);
	if (maker != NULL)
		errx(2, "%s%s: no column \"%s\" (%s makes it); there are: %s",
		    r->in.name, at, name, maker, there);
	errx(2, "%s%s: no column \"%s\"; there are: %s", r->in.name, at, name,
	    there);
}
