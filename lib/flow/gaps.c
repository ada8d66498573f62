#include "flow/gaps.h"

#include <math.h>

uint64_t
gaps_mean(const struct gaps *g)
{
	return g->sum / g->spread.n +
	    (g->sum % g->spread.n >= g->spread.n - g->sum % g->spread.n);
}

/* n * squares - sum^2 in whole numbers, as long as that fits; a mean gap of a
 * day, 10,000 million times, does. */
uint64_t
gaps_deviation(const struct gaps *g)
{
	gaps_square n = g->spread.n, spread = g->squares;

	if (spread > ~(gaps_square)0 / n)
		return (uint64_t)sqrt((double)(spread / n));
	spread = n * spread - (gaps_square)g->sum * g->sum;
	return (uint64_t)(sqrt((double)spread) / (double)n + .5);
}
