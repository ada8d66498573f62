/*
 * flowindex: which slot holds the flow of a packet's 5-tuple.
 *
 * An open hash table of 8 bytes a cell, at a load of 5/16 to 5/8, over the
 * slots of a flowlist.  Both directions of a flow have one hash.  Its key is
 * random, so that nobody outside can choose packets that collide, and it
 * never shows in the output.
 */
#ifndef FLOWINDEX_H
#define FLOWINDEX_H

#include <stdint.h>

#include "base/choose.h"
#include "base/hash.h"
#include "flow/flowlist.h"

struct flowindex_cell {
	uint32_t hash;
	uint32_t slot;			/* its number, or FLOWLIST_NONE */
};

/* What a hash depends on: it never changes. */
struct flowindex_key {
	struct hash_line_key line;
	bool vlans;			/* are part of the tuple */
};

struct flowindex {
	struct flowindex_key key;
	struct flowindex_cell *cell;	/* open addressing, linear probing */
	uint32_t cells;			/* a power of two */
	uint32_t used;
};

void flowindex_init(struct flowindex *, bool vlans);
void flowindex_free(struct flowindex *);

/* The ends, in the order in which they count, are swapped without a branch:
 * who sent a packet is not foretold, and a wrong guess costs as much as the
 * rest. */
static inline uint32_t
flowindex_hash(const struct flowindex_key *k, const struct packet *p)
{
	uint64_t swap = flowslot_sender_is_low(p) ? 0 : UINT64_MAX;
	uint64_t a[2], b[2], change[2];
	uint32_t ports = (p->sport ^ p->dport) & (uint32_t)swap;
	uint32_t rest = (uint32_t)p->kind << 8 | p->proto;

	memcpy(a, &p->src, sizeof a);
	memcpy(b, &p->dst, sizeof b);
	change[0] = (a[0] ^ b[0]) & swap;
	change[1] = (a[1] ^ b[1]) & swap;
	a[0] ^= change[0];
	a[1] ^= change[1];
	b[0] ^= change[0];
	b[1] ^= change[1];
	ports = (p->sport ^ ports) << 16 | (p->dport ^ ports);
	if (k->vlans)
		rest ^= p->vlans * UINT32_C(2654435761);
	return hash_pieces(&k->line, a, b, (uint64_t)rest << 32 | ports);
}

/* The cell at which a search for the hash begins. */
static inline const struct flowindex_cell *
flowindex_home(const struct flowindex *x, uint32_t hash)
{
	return &x->cell[hash & (x->cells - 1)];
}

/* The slot of the cell at that distance from the hash's home, if it has the
 * hash; or else another. */
static inline uint32_t
flowindex_slot_at(const struct flowindex *x, uint32_t hash, uint32_t distance,
    uint32_t other)
{
	struct flowindex_cell c = x->cell[(hash + distance) & (x->cells - 1)];

	return choose_u32(c.hash == hash, c.slot, other);
}

/* The slot listed with that hash, if it is near the home of that, as most are;
 * else FLOWLIST_NONE.  How far one has to look is not foretold, and so the
 * first cells are all looked at. */
static inline uint32_t
flowindex_guess(const struct flowindex *x, uint32_t hash)
{
	uint32_t slot = flowindex_slot_at(x, hash, 2, FLOWLIST_NONE);

	slot = flowindex_slot_at(x, hash, 1, slot);
	return flowindex_slot_at(x, hash, 0, slot);
}

/* Is the packet of the slot's tuple, and which side sent it? */
static inline bool
flowindex_holds(const struct flowindex *x, const struct flowslot *s,
    const struct packet *p, enum flow_side *side)
{
	return flowslot_holds(s, p, side) &&
	    (!x->key.vlans || s->vlans == p->vlans);
}

/* The slot that the packet, which has that hash, may belong to, and which
 * side sent it; FLOWLIST_NONE if there is none.  One slot of a tuple is
 * listed at most. */
static inline uint32_t
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

/* Lists the slot: packets find it from now on. */
void flowindex_add(struct flowindex *, struct flowslot *, uint32_t slot);

/* No packet finds the slot from now on. */
void flowindex_remove(struct flowindex *, struct flowslot *, uint32_t slot);

#endif
