#include "base/heap.h"

#include <stdbool.h>

#include "base/mem.h"

static bool
before(const struct heap_item *a, const struct heap_item *b)
{
	return a->t_us < b->t_us ||
	    (a->t_us == b->t_us && (int32_t)(a->order - b->order) < 0);
}

void
heap_push(struct heap *h, int64_t t_us, uint32_t what)
{
	struct heap_item x = { t_us, h->order++, what };
	size_t i = h->n;

	h->item = mem_grow(h->item, &h->cap, h->n + 1, sizeof *h->item);
	h->n++;
	for (; i > 0 && before(&x, &h->item[(i - 1) / 2]); i = (i - 1) / 2)
		h->item[i] = h->item[(i - 1) / 2];
	h->item[i] = x;
}

/* Puts x into the hole at the top. */
static void
sift(struct heap *h, struct heap_item x)
{
	size_t i = 0;

	for (;;) {
		size_t k = 2 * i + 1;

		if (k >= h->n)
			break;
		if (k + 1 < h->n && before(&h->item[k + 1], &h->item[k]))
			k++;
		if (!before(&h->item[k], &x))
			break;
		h->item[i] = h->item[k];
		i = k;
	}
	h->item[i] = x;
}

void
heap_pop(struct heap *h)
{
	if (--h->n > 0)
		sift(h, h->item[h->n]);
}

void
heap_again(struct heap *h, int64_t t_us)
{
	sift(h, (struct heap_item){ t_us, h->order++, h->item[0].what });
}
