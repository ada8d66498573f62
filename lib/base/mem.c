#include "base/mem.h"

#include <err.h>
#include <stdint.h>
#include <stdlib.h>

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

void *
mem_grow(void *old, size_t *cap, size_t want, size_t size)
{
	size_t n = *cap ? *cap : 16;

	if (want <= *cap)
		return old;
	while (n < want) {
		if (n > SIZE_MAX / 2)
			errx(1, "out of memory");
		n *= 2;
	}
	*cap = n;
	return mem_resize(old, n, size);
}

void *
mem_lines(size_t size)
{
	void *p;

	if (posix_memalign(&p, MEM_LINE, size) != 0)
		errx(1, "out of memory");
	return p;
}
