/*
 * gaps: the time from one packet to the next.  A gap below zero, where time
 * runs backward, is zero.
 */
#ifndef GAPS_H
#define GAPS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/wide.h"
#include "flow/octaves.h"

struct gaps {
	bool any;			/* a packet has come: `last` */
	int64_t last;			/* its time */
	uint64_t least, most;		/* of n gaps, ns */
	uint64_t sum;			/* ns */
	struct wide squares;		/* their sum */
	struct octaves spread;		/* its n is the number of gaps */
};

static inline void
gaps_add(struct gaps *g, int64_t t_ns)
{
	uint64_t gap = t_ns > g->last ? (uint64_t)(t_ns - g->last) : 0;

	g->last = t_ns;
	if (!g->any) {
		g->any = true;
		return;
	}
	if (g->spread.n == 0 || gap < g->least)
		g->least = gap;
	if (gap > g->most)
		g->most = gap;
	g->sum += gap;
	g->squares = wide_sum(g->squares, wide_product(gap, gap));
	octaves_add(&g->spread, gap / 1000);
}

/* Of at least one gap: the mean in ns, rounded, and the standard deviation of
 * the gaps as a population (over n). */
uint64_t gaps_mean(const struct gaps *);
uint64_t gaps_deviation(const struct gaps *);

#endif
