#include "skype/score.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

static const double LOG2_E = 1.44269504088896340736;
static const double MOST_FLOWS = 256;	/* that count … */
static const double ANSWER = 0.5;	/* … an answer for half of one */
static const double CALL = 12;		/* bits: [8] has .01 % false calls */
static const double MISFIT = 6;		/* bits for what Skype never does */
static const double OTHER_FUNCTIONS = 26;	/* of 32; they count as one */
static const double COUNTING = 0.3;	/* Dirichlet parameter of nibble 4 */
static const double CONSTANT = 1.0 / 64;	/* … of few values */

/* Priors of the functions: Skype's signaling as seen in [8] and in real
 * captures, and a header's third byte, in which small numbers are common.
 * As parameters of Dirichlet distributions; OTHER in a header is the rest
 * of 1. */
static const struct prior {
	int fun;
	double skype, header;
} priors[] = {
	{ 0x02, 1.00, 0.06 },
	{ 0x03, 0.20, 0.04 },
	{ 0x05, 0.20, 0.03 },
	{ 0x07, 0.30, 0.03 },
	{ 0x0d, 0.15, 0.03 },
	{ 0x0f, 0.15, 0.03 }
};
enum { PRIORS = sizeof priors / sizeof *priors };

/* Weighted counts of an endpoint's source flows. */
struct weighted {
	double flows;			/* that are no calls, and answers */
	double sig, other;
	double weight;			/* of one */
	double high_bits[8], nibble5;	/* counts of bits 4 to 6 of byte 3,
					   and their sum */
	const struct endsums *e;
};

static double
calculate_rising(double a, double n)
{
	double product = 1;

	if (n > 8 || n > floor(n))
		return (lgamma(a + n) - lgamma(a)) * LOG2_E;
	for (int i = 0; i < (int)n; i++)
		product *= a + i;
	return log2(product);
}

/* Most endpoints have few flows, and parameters are of a few priors: the same
 * values are asked for again and again, and logarithms are slow. */
enum { REMEMBERED_BITS = 12 };
struct remembered {
	double a, b, value;
	bool known;
};

static double
remember(struct remembered *table, double a, double b,
    double (*calculate)(double, double))
{
	uint64_t key[2];
	struct remembered *r;

	memcpy(&key[0], &a, sizeof a);
	memcpy(&key[1], &b, sizeof b);
	r = &table[(key[0] * 3 + key[1]) * UINT64_C(0x9e3779b97f4a7c15) >>
	    (64 - REMEMBERED_BITS)];
	if (!r->known || r->a != a || r->b != b)
		*r = (struct remembered){ a, b, calculate(a, b), true };
	return r->value;
}

/* log2 of a (a + 1) … (a + n - 1), for any n >= 0: the ratio of Gamma(a + n)
 * and Gamma(a). */
static double
log2_rising(double a, double n)
{
	static struct remembered table[1 << REMEMBERED_BITS];

	return remember(table, a, n, calculate_rising);
}

static double
calculate_sum(double low, double high)
{
	return high + log2(1 + exp2(low - high));
}

/* log2 of the odds' sum: log2(2^a + 2^b). */
static double
log2_sum(double a, double b)
{
	static struct remembered table[1 << REMEMBERED_BITS];

	return a > b ? remember(table, b, a, calculate_sum) :
	    remember(table, a, b, calculate_sum);
}

/* Probability of a sequence in which value v comes n[v] times, v's share
 * having a Dirichlet prior with parameter `each` for each of k values. */
static double
log2_mix(const double *n, int counts, int k, double each)
{
	double sum = 0, p = 0;

	for (int v = 0; v < counts; v++) {
		sum += n[v];
		if (n[v] > 0)
			p += log2_rising(each, n[v]);
	}
	return p - log2_rising(each * k, sum);
}

/* Counts of a nibble's values, but those that never come; how many they
 * are. */
static int
nibble_counts(const struct weighted *w, int g, double n[16])
{
	const uint64_t *nib = w->e->nib[g];
	int counts = 0;

	/* Without a branch that nothing foretells. */
	for (int v = 0; v < 16; v++) {
		n[counts] = (double)nib[v] * w->weight;
		counts += nib[v] > 0;
	}
	return counts;
}

/*
 * The function.
 */

/* Signaling or not: others have one of these shares, all alike likely. */
static double
calculate_others(double sig, double other)
{
	static const double share[] = { 0.0005, 0.001, 0.002, 0.005, 0.01,
	    0.02, 0.05 };
	enum { SHARES = sizeof share / sizeof *share };
	double p = -INFINITY;

	for (int i = 0; i < SHARES; i++)
		p = log2_sum(p, sig * log2(1 - share[i]) +
		    other * log2(share[i]));
	return p - log2(SHARES);
}

static double
skype_others(const struct weighted *w)
{
	static struct remembered table[1 << REMEMBERED_BITS];

	return remember(table, w->sig, w->other, calculate_others);
}

static double
skype_functions(const struct weighted *w)
{
	double p = skype_others(w), sum = 0, prior = 0;

	for (int i = 0; i < PRIORS; i++) {
		double n = (double)w->e->fun[priors[i].fun] * w->weight;

		p += log2_rising(priors[i].skype, n);
		sum += n;
		prior += priors[i].skype;
	}
	return p - log2_rising(prior, sum);
}

/* All parameters add up to 1. */
static double
header_functions(const struct weighted *w)
{
	double p = 0, rest = 1;

	for (int i = 0; i < PRIORS; i++) {
		double n = (double)w->e->fun[priors[i].fun] * w->weight;

		rest -= priors[i].header;
		p += log2_rising(priors[i].header, n);
	}
	return p + log2_rising(rest, w->other) - log2_rising(1, w->flows);
}

static double
random_functions(const struct weighted *w)
{
	return -5 * w->sig + w->other * log2(OTHER_FUNCTIONS / 32);
}

/*
 * Bits 4 to 6 of byte 3: the lower three of nibble 5.
 */

static void
count_high_bits(struct weighted *w)
{
	const uint64_t *nib = w->e->nib[SKYPEMSG_FUN_HIGH];

	w->nibble5 = 0;
	for (int v = 0; v < 8; v++) {
		w->high_bits[v] = (double)(nib[v] + nib[v + 8]) * w->weight;
		w->nibble5 += w->high_bits[v];
	}
}

/* Probes have zeros there; of the others' share of zeros nothing is known,
 * as many flows mix functions. */
static double
skype_high_bits(const struct weighted *w)
{
	const double *n = w->high_bits;
	double sum = w->nibble5;
	double probes = (double)w->e->fun[0x02] * w->weight;
	double missing = probes > n[0] ? probes - n[0] : 0;
	double share[2] = { n[0] - probes + missing, sum - n[0] };

	return log2_mix(share, 2, 2, 1) - share[1] * log2(7) - missing * MISFIT;
}

static double
header_high_bits(const struct weighted *w)
{
	const double *n = w->high_bits;
	double sum = w->nibble5;
	double p = log2_sum(-3 * sum, log2_mix(n, 8, 8, 0.125)) - 2;

	return n[0] < sum ? p : log2_sum(p, -1);
}

static double
random_high_bits(const struct weighted *w)
{
	return -3 * w->nibble5;
}

/*
 * Nibbles.
 */

/* Nibbles 7 to 16 and 4, against a header; Skype's are uniform there, and
 * nibble 4 counts messages up. */
static double
nibbles(const struct weighted *w)
{
	double n[16], bits = 0, skype, constant;
	int counts;

	for (int g = SKYPEMSG_REST; g < SKYPEMSG_NIBBLES; g++) {
		counts = nibble_counts(w, g, n);
		skype = 0;
		for (int i = 0; i < counts; i++)
			skype -= 4 * n[i];
		constant = log2_mix(n, counts, 16, CONSTANT);
		bits += skype - log2_sum(skype - 1, constant - 1);
	}
	counts = nibble_counts(w, SKYPEMSG_FUN_HIGH - 1, n);
	skype = log2_mix(n, counts, 16, COUNTING);
	constant = log2_mix(n, counts, 16, CONSTANT);
	return bits + skype - log2_sum(skype - 1, constant - 1);
}

struct score
score_of(const struct endsums *e)
{
	struct weighted w = { .e = e };
	struct score s;
	double all, skype, call = e->call > 0 ? CALL : 0;

	all = (double)(e->flows - e->call + e->answers);
	w.flows = all - (double)e->answers * (1 - ANSWER);
	if (w.flows > MOST_FLOWS)
		w.flows = MOST_FLOWS;
	w.weight = all > 0 ? w.flows / all : 0;
	w.sig = (double)(e->sig + e->asig) * w.weight;
	w.other = w.flows - w.sig;
	count_high_bits(&w);
	skype = skype_functions(&w) + skype_high_bits(&w) + call;
	s.random = skype - random_functions(&w) - random_high_bits(&w);
	s.header = skype - header_functions(&w) - header_high_bits(&w) +
	    nibbles(&w);
	s.bits = s.random < s.header ? s.random : s.header;
	return s;
}
