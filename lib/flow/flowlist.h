/*
 * flowlist: the slots of the flows that the table holds, by number, in the
 * order of their latest packet.
 *
 * Slots stand in chunks of 2 MiB, so that they never move, and a number is
 * half as long as a pointer.  The list's links stand in an array of their
 * own: whoever walks along the list or moves a slot in it touches 8 bytes of
 * each neighbour and not the slots.
 */
#ifndef FLOWLIST_H
#define FLOWLIST_H

#include <stddef.h>
#include <stdint.h>

#include "base/fetch.h"
#include "flow/flowslot.h"

/* Slot 0 is nobody's: no flow is in it, and the list begins and ends with it.
 * So who asks whether a slot is of use, or moves one, needs no branch on
 * whether there is one, which nothing foretells. */
#define FLOWLIST_NONE 0

enum { FLOWLIST_CHUNK_BITS = 15, FLOWLIST_CHUNK = 1 << FLOWLIST_CHUNK_BITS };

struct flowlist_link {
	uint32_t before, after;
};

struct flowlist {
	struct flowslot **chunk;
	size_t chunk_cap;
	uint32_t slots;			/* ever made */
	uint32_t spare;			/* free ones, linked by `after` */
	struct flowlist_link *link;	/* of each slot */
	size_t link_cap;
	uint32_t scout;			/* somewhere in it, or FLOWLIST_NONE */
};

void flowlist_init(struct flowlist *);
void flowlist_free(struct flowlist *);

static inline struct flowslot *
flowlist_slot(const struct flowlist *l, uint32_t i)
{
	return &l->chunk[i >> FLOWLIST_CHUNK_BITS][i & (FLOWLIST_CHUNK - 1)];
}

/* The slot of the flow whose latest packet is the earliest. */
static inline uint32_t
flowlist_oldest(const struct flowlist *l)
{
	return l->link[FLOWLIST_NONE].after;
}

/* For the three functions below alone: a slot more, in no list; the links of
 * the list. */
uint32_t flowlist_new(struct flowlist *);

static inline void
flowlist_unlink(struct flowlist *l, uint32_t i)
{
	struct flowlist_link k = l->link[i];

	if (l->scout == i)
		l->scout = k.after;
	l->link[k.before].after = k.after;
	l->link[k.after].before = k.before;
}

static inline void
flowlist_append(struct flowlist *l, uint32_t i)
{
	uint32_t newest = l->link[FLOWLIST_NONE].before;

	l->link[i] = (struct flowlist_link){newest, FLOWLIST_NONE};
	l->link[newest].after = i;
	l->link[FLOWLIST_NONE].before = i;
}

/* The next one will be asked for soon. */
static inline void
flowlist_use_spare(struct flowlist *l, uint32_t i)
{
	l->spare = l->link[i].after;
	fetch_soon(flowlist_slot(l, l->spare), 1);
	fetch_soon(&l->link[l->spare], 1);
}

/* A slot that nobody uses, at the end of the list; it is not initialised. */
static inline uint32_t
flowlist_take(struct flowlist *l)
{
	uint32_t i = l->spare;

	if (i != FLOWLIST_NONE)
		flowlist_use_spare(l, i);
	else
		i = flowlist_new(l);
	flowlist_append(l, i);
	return i;
}

/* Takes the slot out of the list, for somebody else to use. */
static inline void
flowlist_give(struct flowlist *l, uint32_t i)
{
	flowlist_unlink(l, i);
	l->link[i].after = l->spare;
	l->spare = i;
}

/* Moves the slot to the end of the list: its latest packet is the latest. */
static inline void
flowlist_touch(struct flowlist *l, uint32_t i)
{
	if (l->link[i].after == FLOWLIST_NONE)
		return;
	flowlist_unlink(l, i);
	flowlist_append(l, i);
}

#endif
