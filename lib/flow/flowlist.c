#define _DEFAULT_SOURCE		/* madvise */

#include "flow/flowlist.h"

#include <sys/mman.h>

#include <err.h>
#include <stdlib.h>

#include "base/mem.h"

enum { CHUNK_BYTES = FLOWLIST_CHUNK * sizeof(struct flowslot) };

void
flowlist_init(struct flowlist *l)
{
	*l = (struct flowlist){
		.spare = FLOWLIST_NONE, .oldest = FLOWLIST_NONE,
		.newest = FLOWLIST_NONE, .scout = FLOWLIST_NONE
	};
}

void
flowlist_free(struct flowlist *l)
{
	for (uint32_t i = 0; i < l->slots; i += FLOWLIST_CHUNK)
		free(l->chunk[i / FLOWLIST_CHUNK]);
	free(l->chunk);
	free(l->link);
}

/* Large pages, where the system has them: slots are met at random. */
static struct flowslot *
new_chunk(void)
{
	void *p;

	if (posix_memalign(&p, CHUNK_BYTES, CHUNK_BYTES) != 0)
		errx(1, "out of memory");
	madvise(p, CHUNK_BYTES, MADV_HUGEPAGE);
	return p;
}

uint32_t
flowlist_new(struct flowlist *l)
{
	uint32_t i = l->slots++;

	if (i % FLOWLIST_CHUNK == 0) {
		l->chunk = mem_grow(l->chunk, &l->chunk_cap,
		    i / FLOWLIST_CHUNK + 1, sizeof *l->chunk);
		l->chunk[i / FLOWLIST_CHUNK] = new_chunk();
	}
	l->link = mem_grow(l->link, &l->link_cap, (size_t)i + 1,
	    sizeof *l->link);
	return i;
}
