/*
 * fetch: asks for memory that will be needed soon, while there is other work.
 */
#ifndef FETCH_H
#define FETCH_H

#include <stddef.h>

enum { FETCH_LINE = 64 };		/* bytes of a line of the cache */

/* Lines of n bytes from p on, which are not waited for; that of the last byte
 * is not among them if p is not at the begin of one.  p may lie behind what
 * there is.  To gcc a function that only prefetches has no effect, and it
 * leaves out calls of it; the empty instruction is an effect. */
static inline void
fetch_soon(const void *p, size_t n)
{
	for (size_t i = 0; i < n; i += FETCH_LINE)
		__builtin_prefetch((const char *)p + i);
	__asm__ volatile ("");
}

/* The same of what will be written, so that no other processor has it any more;
 * else a store waits until that is so.  For an x86-64 of any kind compilers
 * make it the instruction for reading, which leaves it with the other. */
static inline void
fetch_to_write(const void *p, size_t n)
{
	const char *line = p;

	for (size_t i = 0; i < n; i += FETCH_LINE) {
#ifdef __x86_64__
		__asm__ volatile ("prefetchw %0" : : "m" (line[i]));
#else
		__builtin_prefetch(line + i, 1);
		__asm__ volatile ("");
#endif
	}
}

#endif
