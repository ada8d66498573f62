#include "skype/chi2.h"

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
	double x[SKYPEMSG_NIBBLES];

	c->n = 0;
	for (int v = 0; v < CHI2_VALUES; v++)
		c->n += nib[SKYPEMSG_NIBBLES - 1][v];
	for (int g = 0; g < SKYPEMSG_NIBBLES; g++)
		x[g] = chi2_uniform(nib[g]);
	c->fun = lesser(x[SKYPEMSG_FUN_HIGH], x[SKYPEMSG_FUN_LOW]);
	c->id = c->rest = c->tail = 0;
	c->head = x[0];
	for (int g = 0; g < SKYPEMSG_NIBBLES; g++) {
		if (g < SKYPEMSG_FUN_HIGH)
			c->id = larger(c->id, x[g]);
		if (g >= SKYPEMSG_REST)
			c->rest = larger(c->rest, x[g]);
		if (g < SKYPEMSG_OUT_REST)
			c->head = lesser(c->head, x[g]);
		else
			c->tail = larger(c->tail, x[g]);
	}
}

enum chi2_kind
chi2_udp_kind(const struct chi2 *c, uint64_t counted)
{
	double s = (double)counted, n = (double)c->n;

	if (c->n < CHI2_LEAST)
		return CHI2_OTHER;
	if (c->rest < CHI2_LIMIT && c->fun > CHI2_LIMIT)
		return c->id < CHI2_LIMIT + 15 * s * s / n ? CHI2_E2E :
		    CHI2_COUNTED;
	if (c->head > CHI2_LIMIT && c->tail < CHI2_LIMIT)
		return CHI2_E2O;
	return CHI2_OTHER;
}

enum chi2_kind
chi2_tcp_kind(const struct chi2 *c, double limit)
{
	return c->n >= CHI2_LEAST && c->id < limit && c->rest < limit &&
	    c->fun < limit ? CHI2_RANDOM : CHI2_OTHER;
}
