/*
 * fetch: asks for memory that will be needed soon, so that a program waits
 * for many lines of the cache at once and not for one after the other.
 *
 * These are loads, not prefetch instructions.  A processor has as many loads
 * under way, but it may drop a prefetch whose page is not in its translation
 * buffer, and in a table of hundreds of megabytes that is the common case.
 * Where tables are small, programs use __builtin_prefetch.
 */
#ifndef FETCH_H
#define FETCH_H

#include <stddef.h>

enum { FETCH_LINE = 64 };		/* bytes of a line of the cache */

/* The n > 0 bytes at p. */
static inline void
fetch_bytes(const void *p, size_t n)
{
	const volatile char *c = p;

	for (size_t i = 0; i < n; i += FETCH_LINE)
		(void)c[i];
	(void)c[n - 1];
}

/* Asks for them, and does not wait.  To gcc a function that only prefetches has
 * no effect, and it leaves out the calls; the empty instruction is one. */
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
