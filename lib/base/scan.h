/*
 * scan: looking at every byte of text, many at a time.
 */
#ifndef SCAN_H
#define SCAN_H

#include <stdbool.h>
#include <stddef.h>

/* A piece of text that stands somewhere else. */
struct rec_span {
	const char *s;
	size_t n;
};

/* Is there a byte below 0x20, but TAB and LF, or 0x7f? */
bool scan_forbidden(const char *s, size_t n);

/* Splits at each sep; returns the number of fields, at most `most` of which
 * are stored. */
size_t scan_split(const char *s, size_t n, char sep, struct rec_span *f,
    size_t most);

#endif
