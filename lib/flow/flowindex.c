#include "flow/flowindex.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { FIRST_CELLS = 1 << 12 };

uint32_t
flowindex_hash(const struct flowindex *x, const struct packet *p)
{
	bool low = flowslot_sender_is_low(p);
	uint32_t w[HASH_WORDS];

	memcpy(w, low ? &p->src : &p->dst, 16);
	memcpy(w + 4, low ? &p->dst : &p->src, 16);
	w[8] = low ? (uint32_t)p->sport << 16 | p->dport :
	    (uint32_t)p->dport << 16 | p->sport;
	w[9] = (uint32_t)p->kind << 8 | p->proto;
	if (x->vlans)
		w[9] ^= p->vlans * UINT32_C(2654435761);
	return hash_line(&x->key, w);
}

uint32_t
flowindex_find(const struct flowindex *x, const struct flowlist *l,
    const struct packet *p, uint32_t hash, enum flow_side *side)
{
	uint32_t mask = x->cells - 1;

	for (uint32_t i = hash & mask; x->cell[i].slot != FLOWLIST_NONE;
	    i = (i + 1) & mask)
		if (x->cell[i].hash == hash && flowindex_holds(x,
		    flowlist_slot(l, x->cell[i].slot), p, side))
			return x->cell[i].slot;
	return FLOWLIST_NONE;
}

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
	for (uint32_t i = 0; i < cells; i++)
		x->cell[i].slot = FLOWLIST_NONE;
	for (uint32_t i = 0; i < n; i++)
		if (old[i].slot != FLOWLIST_NONE)
			put_cell(x, old[i]);
	free(old);
}

void
flowindex_add(struct flowindex *x, struct flowslot *s, uint32_t slot)
{
	if (x->used >= x->cells / 4 * 3)
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
flowindex_clear(struct flowindex *x)
{
	for (uint32_t i = 0; i < x->cells; i++)
		x->cell[i].slot = FLOWLIST_NONE;
	x->used = 0;
}

void
flowindex_init(struct flowindex *x, bool vlans)
{
	*x = (struct flowindex){
		.key = hash_random_line_key(), .vlans = vlans
	};
	set_cells(x, FIRST_CELLS);
}

void
flowindex_free(struct flowindex *x)
{
	free(x->cell);
}
