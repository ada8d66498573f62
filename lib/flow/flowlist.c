#include "flow/flowlist.h"

#include <stdlib.h>

#include "base/mem.h"

_Static_assert(FLOWLIST_CHUNK * sizeof(struct flowslot) == MEM_PIECE,
    "a chunk is a piece of memory: slots are met at random");

uint32_t
flowlist_new(struct flowlist *l)
{
	uint32_t i = l->slots++;

	if (i % FLOWLIST_CHUNK == 0) {
		l->chunk = mem_grow(l->chunk, &l->chunk_cap,
		    i / FLOWLIST_CHUNK + 1, sizeof *l->chunk);
		l->chunk[i / FLOWLIST_CHUNK] = mem_piece();
	}
	l->link = mem_grow(l->link, &l->link_cap, (size_t)i + 1,
	    sizeof *l->link);
	return i;
}

void
flowlist_init(struct flowlist *l)
{
	*l = (struct flowlist){
		.spare = FLOWLIST_NONE, .scout = FLOWLIST_NONE
	};
	flowlist_new(l);
	*flowlist_slot(l, FLOWLIST_NONE) = (struct flowslot){.marks = 0};
	l->link[FLOWLIST_NONE] = (struct flowlist_link){
		FLOWLIST_NONE, FLOWLIST_NONE
	};
}

void
flowlist_free(struct flowlist *l)
{
	for (uint32_t i = 0; i < l->slots; i += FLOWLIST_CHUNK)
		mem_piece_free(l->chunk[i / FLOWLIST_CHUNK]);
	free(l->chunk);
	free(l->link);
}
