#include "flow/flowindex.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { FIRST_CELLS = 1 << 12 };

static void
put_cell(struct flowindex *x, struct flowindex_cell cell)
{
	uint32_t mask = x->cells - 1, i = cell.hash & mask;

	while (x->cell[i].slot != FLOWLIST_NONE)
		i = (i + 1) & mask;
	x->cell[i] = cell;
}

static void
set_cells(struct flowindex *x, uint32_t cells)
{
	struct flowindex_cell *old = x->cell;
	uint32_t n = x->cells;

	x->cells = cells;
	x->cell = mem_resize(NULL, cells, sizeof *x->cell);
	mem_large(x->cell, cells * sizeof *x->cell);
	mem_clear(x->cell, cells * sizeof *x->cell);
	for (uint32_t i = 0; i < n; i++)
		if (old[i].slot != FLOWLIST_NONE)
			put_cell(x, old[i]);
	free(old);
}

void
flowindex_add(struct flowindex *x, struct flowslot *s, uint32_t slot)
{
	if (x->used >= x->cells / 8 * 5)
		set_cells(x, x->cells * 2);
	put_cell(x, (struct flowindex_cell){s->hash, slot});
	s->marks |= FLOWSLOT_LISTED;
	x->used++;
}

/* The cells behind it close up. */
void
flowindex_remove(struct flowindex *x, struct flowslot *s, uint32_t slot)
{
	uint32_t mask = x->cells - 1, i = s->hash & mask, k;

	while (x->cell[i].slot != slot)
		i = (i + 1) & mask;
	for (k = (i + 1) & mask; x->cell[k].slot != FLOWLIST_NONE;
	    k = (k + 1) & mask) {
		if (((k - x->cell[k].hash) & mask) < ((k - i) & mask))
			continue;
		x->cell[i] = x->cell[k];
		i = k;
	}
	x->cell[i].slot = FLOWLIST_NONE;
	s->marks &= (uint8_t)~FLOWSLOT_LISTED;
	x->used--;
}

void
flowindex_init(struct flowindex *x, bool vlans)
{
	*x = (struct flowindex){
		.key = {hash_random_line_key(), vlans}
	};
	set_cells(x, FIRST_CELLS);
}

void
flowindex_free(struct flowindex *x)
{
	free(x->cell);
	x->cell = NULL;
}
