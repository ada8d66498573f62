/*
 * pattern: the regular expression of a test, POSIX extended, compiled by the C
 * library.
 */
#ifndef PATTERN_H
#define PATTERN_H

#include <regex.h>
#include <stdbool.h>
#include <stddef.h>

/* At most so many bytes, whose repeats {m,n} multiply to no more than that: the
 * library's compiler copies what is repeated, and a long one keeps it busy. */
enum { PATTERN_MAX = 500, PATTERN_REPEATS = 1000 };
enum { PATTERN_WHY = 128 };

/* Compiles the n bytes of s, which a NUL ends, for matching a part of a text;
 * false, and why says it, if they are none or too large. */
bool pattern_compile(regex_t *, const char *s, size_t n,
    char why[PATTERN_WHY]);

#endif
