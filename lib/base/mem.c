#define _DEFAULT_SOURCE		/* madvise, MAP_ANONYMOUS */

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
	if (n * size > MEM_PIECE)	/* its end is seldom reached */
		mem_large(old, n * size - MEM_PIECE);
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

/* What ASan is to watch, it has to know. */
#ifdef __SANITIZE_ADDRESS__
void *
mem_piece(void)
{
	void *p;

	if (posix_memalign(&p, MEM_PIECE, MEM_PIECE) != 0)
		errx(1, "out of memory");
	return p;
}

void
mem_piece_free(void *p)
{
	free(p);
}
#else
void *
mem_piece(void)
{
	char *p = mmap(NULL, 2 * MEM_PIECE, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	size_t before;

	if (p == MAP_FAILED)
		errx(1, "out of memory");
	before = (MEM_PIECE - (uintptr_t)p % MEM_PIECE) % MEM_PIECE;
	if (before > 0)
		munmap(p, before);
	p += before;
	munmap(p + MEM_PIECE, MEM_PIECE - before);
#ifdef MADV_HUGEPAGE
	madvise(p, MEM_PIECE, MADV_HUGEPAGE);
#endif
	return p;
}

void
mem_piece_free(void *p)
{
	munmap(p, MEM_PIECE);
}
#endif

void
mem_clear(void *p, size_t n)
{
	memset(p, 0, n);
}
