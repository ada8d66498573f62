/* Splitting and looking for forbidden bytes, against a loop over bytes; the
 * code for any machine besides that for this one. */
#include "base/scan.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tap.h"

#ifdef __SSE2__
#define SSE2 1
#endif
#define scan_forbidden portable_forbidden
#define scan_split portable_split
#define scan_starts portable_starts
#define scan_line portable_line
#undef __SSE2__
#include "base/scan.c"
#undef scan_forbidden
#undef scan_split
#undef scan_starts
#undef scan_line

enum { LONGEST = 300, MOST = 40 };

static uint32_t state = 1;

static uint32_t
draw(uint32_t n)
{
	state = state * 1664525 + 1013904223;
	return (uint32_t)((uint64_t)(state >> 8) * n >> 24);
}

/* n bytes at the very end of a block of their own, so that a sanitizer sees
 * any look beyond them. */
static char *
text(size_t n, uint32_t rarity)
{
	static const char bytes[] = "\t\x08\x0a\x1f \x7f\x80\x89\xff";
	char *s = malloc(n ? n : 1);

	for (size_t i = 0; s != NULL && i < n; i++)
		s[i] = draw(rarity) == 0 ? bytes[draw(9)] : 'x';
	return s;
}

static bool
naive_forbidden(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (s[i] == 0x7f || ((unsigned char)s[i] < 0x20 &&
		    s[i] != '\t' && s[i] != '\n'))
			return true;
	return false;
}

static bool
right_split(const char *s, size_t n, const struct rec_span *f, size_t k,
    size_t most)
{
	size_t from = 0, i = 0;

	for (size_t at = 0; at <= n; at++) {
		if (at < n && s[at] != '\t')
			continue;
		if (i < most && (f[i].s != s + from || f[i].n != at - from))
			return false;
		from = at + 1;
		i++;
	}
	return i == k;
}

/* Fields by where they begin: right, and told only up to `most`. */
static bool
right_starts(const char *s, size_t n, const uint32_t *at, size_t k, size_t most)
{
	struct rec_span f[LONGEST + 1];

	for (size_t i = 0; k <= most && i < k; i++)
		f[i] = scan_fields(s, at, i, i + 1);
	return right_split(s, n, f, k, k <= most ? k : 0);
}

static bool
same(size_t n, uint32_t rarity)
{
	uint32_t at[MOST + SCAN_ROOM + 1] = { 0 };
	struct rec_span f[MOST + 1] = {{NULL, 0}};
	char *s = text(n, rarity);
	size_t most = draw(MOST + 1);
	bool bad = naive_forbidden(s, n), all = true;

	all &= right_split(s, n, f, scan_split(s, n, '\t', f, most), most);
	all &= right_split(s, n, f, portable_split(s, n, '\t', f, most), most);
	all &= f[most].s == NULL;
	at[most + SCAN_ROOM] = 1;
	all &= right_starts(s, n, at, scan_starts(s, n, '\t', at, most),
	    most);
	all &= right_starts(s, n, at, portable_starts(s, n, '\t', at, most),
	    most);
	all &= at[most + SCAN_ROOM] == 1;
	all &= scan_forbidden(s, n) == bad;
	all &= portable_forbidden(s, n) == bad;
	free(s);
	return all;
}

/* A line that ends within whole blocks is split, unless it has too many fields
 * or a forbidden byte, as scan_starts splits it. */
static bool
right_line(size_t n, uint32_t rarity)
{
	uint32_t at[MOST + SCAN_ROOM + 1] = { 0 };
	char *s = text(n, rarity);
	const char *lf = memchr(s, '\n', n);
	size_t most = draw(MOST + 1), length = 0, k, fields = 0, line;
	bool right;

	line = lf != NULL ? (size_t)(lf - s) : n;
	at[most + SCAN_ROOM] = 1;
	k = scan_line(s, n, at, most, &length);
	right = k == 0 || (length == line && k <= most);
	right &= k == 0 || right_starts(s, line, at, k, most);
	right &= at[most + SCAN_ROOM] == 1;
	fields = scan_split(s, line, '\t', NULL, 0);
	if (naive_forbidden(s, line) || fields > most || lf == NULL)
		right &= k == 0;
#ifdef SSE2
	else if (line < n / 64 * 64)
		right &= k == fields;
#endif
	right &= portable_line(s, n, at, most, &length) == 0;
	free(s);
	return right;
}

static bool
lines_right(uint32_t rarity)
{
	for (size_t n = 0; n <= LONGEST; n++)
		for (int i = 0; i < 20; i++)
			if (!right_line(n, rarity))
				return false;
	return true;
}

static bool
all_same(uint32_t rarity)
{
	for (size_t n = 0; n <= LONGEST; n++)
		for (int i = 0; i < 20; i++)
			if (!same(n, rarity))
				return false;
	return true;
}

int
main(void)
{
	struct rec_span f[2];

	ok(scan_split("", 0, '\t', f, 2) == 1 && f[0].n == 0);
	ok(scan_split("a,", 2, ',', f, 2) == 2 && f[1].n == 0);
	ok(all_same(1));
	ok(all_same(3));
	ok(all_same(20));
	ok(all_same(300));
	ok(all_same(5000));
	ok(lines_right(3));
	ok(lines_right(20));
	ok(lines_right(100));
	ok(lines_right(1000));
	return done();
}
