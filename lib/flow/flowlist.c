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
		.newest = FLOWLIST_NONE
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

static void
unlink_slot(struct flowlist *l, uint32_t i)
{
	struct flowlist_link k = l->link[i];

	*(k.before == FLOWLIST_NONE ? &l->oldest :
	    &l->link[k.before].after) = k.after;
	*(k.after == FLOWLIST_NONE ? &l->newest :
	    &l->link[k.after].before) = k.before;
}

static void
append_slot(struct flowlist *l, uint32_t i)
{
	l->link[i] = (struct flowlist_link){l->newest, FLOWLIST_NONE};
	*(l->newest == FLOWLIST_NONE ? &l->oldest :
	    &l->link[l->newest].after) = i;
	l->newest = i;
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

static uint32_t
new_slot(struct flowlist *l)
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

uint32_t
flowlist_take(struct flowlist *l)
{
	uint32_t i = l->spare;

	if (i != FLOWLIST_NONE)
		l->spare = l->link[i].after;
	else
		i = new_slot(l);
	append_slot(l, i);
	return i;
}

void
flowlist_give(struct flowlist *l, uint32_t i)
{
	unlink_slot(l, i);
	l->link[i].after = l->spare;
	l->spare = i;
}

void
flowlist_touch(struct flowlist *l, uint32_t i)
{
	if (l->newest == i)
		return;
	unlink_slot(l, i);
	append_slot(l, i);
}
