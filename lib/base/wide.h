/*
 * wide: whole numbers of 128 bits, for sums of squares of times.  Compilers
 * for machines of 32 bits have none; so these are two words, and the same
 * everywhere.
 */
#ifndef WIDE_H
#define WIDE_H

#include <stdbool.h>
#include <stdint.h>

struct wide {
	uint64_t high, low;
};

/* a times b. */
static inline struct wide
wide_product(uint64_t a, uint64_t b)
{
#ifdef __SIZEOF_INT128__
	__extension__ unsigned __int128 p = a;

	p *= b;
	return (struct wide){(uint64_t)(p >> 64), (uint64_t)p};
#else
	uint64_t al = a & UINT32_MAX, ah = a >> 32;
	uint64_t bl = b & UINT32_MAX, bh = b >> 32;
	uint64_t mid = ah * bl + (al * bl >> 32);
	uint64_t mid2 = al * bh + (mid & UINT32_MAX);

	return (struct wide){
		ah * bh + (mid >> 32) + (mid2 >> 32),
		mid2 << 32 | (al * bl & UINT32_MAX)
	};
#endif
}

/* Modulo 2^128, as sums of unsigned numbers are. */
static inline struct wide
wide_sum(struct wide a, struct wide b)
{
	uint64_t low = a.low + b.low;

	return (struct wide){a.high + b.high + (low < a.low), low};
}

static inline struct wide
wide_difference(struct wide a, struct wide b)
{
	return (struct wide){a.high - b.high - (a.low < b.low),
	    a.low - b.low};
}

/* a times n into *product; false if that is 2^128 or more. */
bool wide_times(struct wide a, uint64_t n, struct wide *product);

/* The nearest double, of two as near the even one: as the hardware rounds. */
double wide_double(struct wide);

#endif
