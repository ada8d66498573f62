/*
 * scan: looking at every byte of text, many at a time.
 */
#ifndef SCAN_H
#define SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* A piece of text that stands somewhere else. */
struct rec_span {
	const char *s;
	size_t n;
};

/* Is it that word? */
static inline bool
span_is(struct rec_span v, const char *word)
{
	return v.n == strlen(word) && memcmp(v.s, word, v.n) == 0;
}

/* "-": there is no value. */
static inline bool
span_is_unknown(struct rec_span v)
{
	return v.n == 1 && *v.s == '-';
}

/* Is there a byte below 0x20, but TAB and LF, or 0x7f? */
bool scan_forbidden(const char *s, size_t n);

/* Splits at each sep; returns the number of fields, at most `most` of which
 * are stored. */
size_t scan_split(const char *s, size_t n, char sep, struct rec_span *f,
    size_t most);

/* The same of n < 2^32 bytes, faster: where the fields begin.  Field i is at
 * s + at[i] and ends one byte before at[i + 1], also the last one.  Of more
 * than `most` fields none is told but their number.  There is room for `most`
 * numbers and SCAN_ROOM. */
enum { SCAN_ROOM = 64 };
size_t scan_starts(const char *s, size_t n, char sep, uint32_t *at,
    size_t most);

/* The same of a line that ends somewhere in the n bytes at s, at *length; sep
 * is TAB.  0 where it is too near to their end to be sure, has more than `most`
 * fields or a forbidden byte: then the above have to look. */
size_t scan_line(const char *s, size_t n, uint32_t *at, size_t most,
    size_t *length);

/* Fields i to j - 1 of it, with the bytes between them. */
static inline struct rec_span
scan_fields(const char *s, const uint32_t *at, size_t i, size_t j)
{
	return (struct rec_span){s + at[i], at[j] - at[i] - 1};
}

#endif
