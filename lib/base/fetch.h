/*
 * fetch: asks for memory that will be needed soon, while there is other work.
 */
#ifndef FETCH_H
#define FETCH_H

#include <stddef.h>

enum { FETCH_LINE = 64 };		/* bytes of a line of the cache */

/* The n > 0 bytes at p, which are not waited for.  To gcc a function that only
 * prefetches has no effect, and it leaves out calls of it; the empty instruction
 * is an effect. */
static inline void
fetch_soon(const void *p, size_t n)
{
	const char *c = p;

	for (size_t i = 0; i < n; i += FETCH_LINE)
		__builtin_prefetch(c + i);
	if (n > 1)
		__builtin_prefetch(c + n - 1);
	__asm__ volatile ("");
}

#endif
