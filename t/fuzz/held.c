#include "held.h"

#include <csv.h>
#include <maxminddb.h>
#include <stdint.h>
#include <stdlib.h>

#include "run.h"

enum { BLOCKS = 1 << 20 };

void *__real_calloc(size_t, size_t);
void __real_free(void *);
int __real_posix_memalign(void **, size_t, size_t);
int __real_csv_init(struct csv_parser *, unsigned char);
int __real_MMDB_open(const char *, uint32_t, MMDB_s *);
void __real_MMDB_close(MMDB_s *);

void *__wrap_malloc(size_t);
void *__wrap_calloc(size_t, size_t);
void *__wrap_realloc(void *, size_t);
void __wrap_free(void *);
int __wrap_posix_memalign(void **, size_t, size_t);
int __wrap_csv_init(struct csv_parser *, unsigned char);
int __wrap_MMDB_open(const char *, uint32_t, MMDB_s *);
void __wrap_MMDB_close(MMDB_s *);

/*
 * Blocks of memory: a set of their addresses.
 */
static void *block[BLOCKS];
static size_t used[BLOCKS], blocks;	/* places of the set */
static char gone;		/* marks a place whose block was freed */

static size_t
place(const void *p)
{
	return ((uintptr_t)p >> 4) * 2654435761u & (BLOCKS - 1);
}

static void *
remember(void *p)
{
	size_t i = place(p);

	if (!run_on || p == NULL)
		return p;
	while (block[i] != NULL && block[i] != &gone)
		i = (i + 1) & (BLOCKS - 1);
	if (block[i] == NULL)
		used[blocks++] = i;
	block[i] = p;
	if (blocks > BLOCKS / 2)
		RUN_FAULT("too many blocks of memory");
	return p;
}

static void
forget(const void *p)
{
	size_t i = place(p);

	if (!run_on || p == NULL)
		return;
	for (; block[i] != NULL; i = (i + 1) & (BLOCKS - 1))
		if (block[i] == p) {
			block[i] = &gone;
			return;
		}
}

static void
free_all(void)
{
	while (blocks > 0) {
		void **p = &block[used[--blocks]];

		if (*p != &gone)
			__real_free(*p);
		*p = NULL;
	}
}

void *
__wrap_malloc(size_t n)
{
	return remember(__real_malloc(n));
}

void *
__wrap_calloc(size_t n, size_t size)
{
	return remember(__real_calloc(n, size));
}

void *
__wrap_realloc(void *p, size_t n)
{
	void *new = __real_realloc(p, n);

	if (new != NULL) {
		forget(p);
		remember(new);
	}
	return new;
}

void
__wrap_free(void *p)
{
	forget(p);
	__real_free(p);
}

int
__wrap_posix_memalign(void **p, size_t alignment, size_t n)
{
	int r = __real_posix_memalign(p, alignment, n);

	if (r == 0)
		remember(*p);
	return r;
}

int
__wrap_csv_init(struct csv_parser *p, unsigned char options)
{
	int r = __real_csv_init(p, options);

	csv_set_realloc_func(p, realloc);
	csv_set_free_func(p, free);
	return r;
}

/* A base that is left open keeps its file mapped. */
static MMDB_s base[8];
static size_t bases;

int
__wrap_MMDB_open(const char *name, uint32_t flags, MMDB_s *b)
{
	int r = __real_MMDB_open(name, flags, b);

	if (r == MMDB_SUCCESS && bases < sizeof base / sizeof *base)
		base[bases++] = *b;
	return r;
}

void
__wrap_MMDB_close(MMDB_s *b)
{
	for (size_t i = 0; i < bases; i++)
		if (base[i].file_content == b->file_content) {
			base[i] = base[--bases];
			break;
		}
	__real_MMDB_close(b);
}

static void
close_bases(void)
{
	while (bases > 0)
		__real_MMDB_close(&base[--bases]);
}

void
held_free(void)
{
	free_all();
	close_bases();
}
