/*
 * decimal: numbers as records write them, compared exactly: 64 bits before
 * the point, nine digits behind it.
 */
#ifndef DECIMAL_H
#define DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct decimal {
	bool negative;
	bool more;		/* digits that are not 0 follow behind nano */
	uint64_t whole;		/* UINT64_MAX: that much or more */
	uint32_t nano;		/* billionths, < 10^9 */
};

/* The n bytes at s are an optional sign, digits and at most one point. */
bool decimal_parse(const char *s, size_t n, struct decimal *);

/* Less than, equal to, or greater than 0, as a is to b. */
int decimal_compare(const struct decimal *a, const struct decimal *b);

/* Multiplies by a factor of at most 10^9; false if it becomes too large. */
bool decimal_scale(struct decimal *, uint32_t factor);

#endif
