#include "query/netset.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void
netset_add(struct netset *set, const struct net *net)
{
	struct netset_range *range;
	uint64_t first[2], last[2];

	set->range = mem_grow(set->range, &set->cap, set->n + 1,
	    sizeof *set->range);
	range = &set->range[set->n++];
	for (int i = 0; i < 2; i++) {
		first[i] = net->base[i] & net->mask[i];
		last[i] = net->base[i] | ~net->mask[i];
	}
	memcpy(&range->first, first, sizeof range->first);
	memcpy(&range->last, last, sizeof range->last);
}

static int
by_first(const void *a, const void *b)
{
	const struct netset_range *x = a, *y = b;

	return memcmp(&x->first, &y->first, sizeof x->first);
}

/* Networks are nested or apart, so what begins within the one before ends
 * there too. */
void
netset_close(struct netset *set)
{
	size_t n = 0;

	if (set->n == 0)
		return;
	qsort(set->range, set->n, sizeof *set->range, by_first);
	for (size_t i = 1; i < set->n; i++) {
		struct netset_range *top = &set->range[n];

		if (memcmp(&set->range[i].first, &top->last,
		    sizeof top->last) > 0)
			set->range[++n] = set->range[i];
		else if (memcmp(&set->range[i].last, &top->last,
		    sizeof top->last) > 0)
			top->last = set->range[i].last;
	}
	set->n = n + 1;
}

bool
netset_holds(const struct netset *set, const struct addr *a)
{
	size_t low = 0, high = set->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (memcmp(&set->range[mid].first, a, sizeof *a) <= 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low > 0 &&
	    memcmp(a, &set->range[low - 1].last, sizeof *a) <= 0;
}
