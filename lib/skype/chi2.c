#include "skype/chi2.h"

/* Threshold of [8], 4.1: P(chi2_15 > 150) is about 1e-24. */
static const double LIMIT = 150;

double
chi2_uniform(const uint64_t n[CHI2_VALUES])
{
	double sum = 0, squares = 0;

	for (int v = 0; v < CHI2_VALUES; v++) {
		sum += (double)n[v];
		squares += (double)n[v] * (double)n[v];
	}
	return sum > 0 ? squares * CHI2_VALUES / sum - sum : 0;
}

static double
larger(double a, double b)
{
	return a > b ? a : b;
}

static double
lesser(double a, double b)
{
	return a < b ? a : b;
}

void
chi2_measure(struct chi2 *c, const uint64_t nib[][CHI2_VALUES])
{
	double x[CHI2_GROUPS];

	c->n = 0;
	for (int v = 0; v < CHI2_VALUES; v++)
		c->n += nib[CHI2_GROUPS - 1][v];
	for (int g = 0; g < CHI2_GROUPS; g++)
		x[g] = chi2_uniform(nib[g]);
	c->fun = lesser(x[4], x[5]);
	c->id = c->rest = c->tail = 0;
	c->head = x[0];
	for (int g = 0; g < CHI2_GROUPS; g++) {
		if (g < 4)
			c->id = larger(c->id, x[g]);
		if (g > 5)
			c->rest = larger(c->rest, x[g]);
		if (g < 8)
			c->head = lesser(c->head, x[g]);
		else
			c->tail = larger(c->tail, x[g]);
	}
}

enum chi2_kind
chi2_kind(const struct chi2 *c, uint64_t counted)
{
	double s = (double)counted, n = (double)c->n;

	if (c->n < CHI2_LEAST)
		return CHI2_OTHER;
	if (c->id < LIMIT + 15 * s * s / n && c->rest < LIMIT &&
	    c->fun > LIMIT)
		return CHI2_E2E;
	if (c->head > LIMIT && c->tail < LIMIT)
		return CHI2_E2O;
	if (c->id < LIMIT && c->rest < LIMIT && c->fun < LIMIT)
		return CHI2_RANDOM;
	return CHI2_OTHER;
}
