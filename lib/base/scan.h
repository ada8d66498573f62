/*
 * scan: looking at every byte of text, many at a time.
 */
#ifndef SCAN_H
#define SCAN_H

#include <stdbool.h>
#include <stddef.h>
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

#endif
