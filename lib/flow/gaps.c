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
	double n = (double)g->spread.n;
	struct wide spread;

	if (!wide_times(g->squares, g->spread.n, &spread))
		return (uint64_t)sqrt(wide_double(g->squares) / n);
	spread = wide_difference(spread, wide_product(g->sum, g->sum));
	return (uint64_t)(sqrt(wide_double(spread)) / n + .5);
}
