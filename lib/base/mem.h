/*
 * mem: allocation that does not fail.  Out of memory ends the program with
 * status 1 and a message.
 */
#ifndef MEM_H
#define MEM_H

#include <stddef.h>

/* As gcc tells that ASan is there. */
#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif

void *mem_alloc(size_t n, size_t size);			/* zeroed */
void *mem_resize(void *, size_t n, size_t size);

/* All bytes become zero: for some hundreds, for which the code that compilers
 * make of memset() is slow. */
void mem_clear(void *, size_t n);

/* From a few megabytes on, large pages where the system has them: half as many
 * waits for what is met at random, and less work to begin with. */
void mem_large(void *, size_t n);

/* A piece as large as a large page, and at the place of one.  It is the
 * system's own: the C library's would have pages before and behind. */
enum { MEM_PIECE = 1 << 21 };
void *mem_piece(void);
void mem_piece_free(void *);

/* Memory that begins at a line of the cache; free() frees it. */
enum { MEM_LINE = 64 };
void *mem_lines(size_t size);

/* Makes room for at least `want` elements; *cap grows by doubling.  New
 * elements are not initialised.  Large pages as above. */
static inline void *mem_grow(void *, size_t *cap, size_t want, size_t size);

/* The same where there is too little. */
void *mem_grow_on(void *, size_t *cap, size_t want, size_t size);

static inline void *
mem_grow(void *old, size_t *cap, size_t want, size_t size)
{
	return want <= *cap ? old : mem_grow_on(old, cap, want, size);
}

#endif
