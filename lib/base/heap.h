/*
 * heap: what happens next: a priority queue of (time, thing), things of
 * one time in the order in which they came.  16 bytes a thing.
 */
#ifndef HEAP_H
#define HEAP_H

#include <stddef.h>
#include <stdint.h>

struct heap_item {
	int64_t t_us;
	uint32_t order;
	uint32_t what;
};

struct heap {
	struct heap_item *item;
	size_t n, cap;
	uint32_t order;
};

void heap_push(struct heap *, int64_t t_us, uint32_t what);

/* The first; valid while n > 0. */
static inline const struct heap_item *
heap_top(const struct heap *h)
{
	return &h->item[0];
}

/* Takes the first out; or gives it a new time, cheaper than both. */
void heap_pop(struct heap *);
void heap_again(struct heap *, int64_t t_us);

#endif
