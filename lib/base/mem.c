#define _DEFAULT_SOURCE		/* madvise */

#include "base/mem.h"

#include <sys/mman.h>

#include <err.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void *
mem_alloc(size_t n, size_t size)
{
	void *p = calloc(n ? n : 1, size);

	if (p == NULL)
		errx(1, "out of memory");
	return p;
}

void *
mem_resize(void *old, size_t n, size_t size)
{
	void *p = NULL;

	if (size == 0 || n <= SIZE_MAX / size)
		p = realloc(old, n * size > 0 ? n * size : 1);
	if (p == NULL)
		errx(1, "out of memory");
	return p;
}

/* Whole pages, from the one where it begins: what the C library took for it
 * alone stays one mapping, which it can move without copying. */
void
mem_large(void *p, size_t n)
{
#ifdef MADV_HUGEPAGE
	static const size_t least = 4 << 20, page = 1 << 12;
	uintptr_t from = (uintptr_t)p / page * page;
	size_t size = ((uintptr_t)p + n - from + page - 1) / page * page;

	if (n >= least)
		madvise((void *)from, size, MADV_HUGEPAGE);
#else
	(void)p;
	(void)n;
#endif
}

void *
mem_grow_on(void *old, size_t *cap, size_t want, size_t size)
{
	size_t n = *cap ? *cap : 16;

	while (n < want) {
		if (n > SIZE_MAX / 2)
			errx(1, "out of memory");
		n *= 2;
	}
	*cap = n;
	old = mem_resize(old, n, size);
	mem_large(old, n * size);
	return old;
}

void *
mem_lines(size_t size)
{
	void *p;

	if (posix_memalign(&p, MEM_LINE, size) != 0)
		errx(1, "out of memory");
	return p;
}

void
mem_clear(void *p, size_t n)
{
	memset(p, 0, n);
}
