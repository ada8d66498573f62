/* Random numbers: SplitMix64 against its published output, distributions
 * by hand, permutations and even draws by counting. */
#include "base/rand.h"

#include <stdlib.h>
#include <string.h>

#include "tap.h"

static const struct rand_point points[] = {
	{ 0, 1 }, { .25, 1 }, { .5, 3 }, { .5, 10 }, { 1, 20 },
};
static const struct rand_dist dist = RAND_DIST(points);

/* The first numbers of seed 1234567, as published with the algorithm. */
static bool
published(void)
{
	static const uint64_t want[] = {
		UINT64_C(6457827717110365317), UINT64_C(3203168211198807973),
		UINT64_C(9817491932198370423), UINT64_C(4593380528125082431),
		UINT64_C(16408922859458223821),
	};
	struct rand r = { 1234567 };

	for (size_t i = 0; i < 5; i++)
		if (rand_u64(&r) != want[i])
			return false;
	return true;
}

static bool
near(double a, double b)
{
	return a - b < 1e-12 && b - a < 1e-12;
}

/* Every number below 2^bits is met once. */
static bool
permutes(unsigned bits)
{
	static uint8_t seen[1 << 16];
	uint32_t n = UINT32_C(1) << bits;

	memset(seen, 0, n);
	for (uint32_t i = 0; i < n; i++) {
		uint32_t x = rand_permute(42, bits, i);

		if (x >= n || seen[x]++ != 0)
			return false;
	}
	return true;
}

enum { MOST = 1700, QUANTITIES = 12 };

static double drawn[QUANTITIES][MOST];

static int
rising(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The largest gap between neighbours of n draws, ends included. */
static double
largest_gap(const double *u, uint32_t n)
{
	static double sorted[MOST];
	double most;

	memcpy(sorted, u, n * sizeof *u);
	qsort(sorted, n, sizeof *sorted, rising);
	most = sorted[0] > 1 - sorted[n - 1] ? sorted[0] : 1 - sorted[n - 1];
	for (uint32_t i = 1; i < n; i++)
		if (sorted[i] - sorted[i - 1] > most)
			most = sorted[i] - sorted[i - 1];
	return most;
}

/* n r^2, r the correlation of two quantities' draws, or of one with the
 * order of the draws; of independent ones its mean is about 1. */
static double
n_r2(const double *a, const double *b, uint32_t n)
{
	double ab = 0, aa = 0, bb = 0;

	for (uint32_t i = 0; i < n; i++) {
		double x = a[i] - .5;
		double y = (b ? b[i] : (i + .5) / n) - .5;

		ab += x * y;
		aa += x * x;
		bb += y * y;
	}
	return n * ab * ab / (aa * bb);
}

/* n draws lie in [0, 1), no two of them and no end of it more than 2/n
 * apart; quantities are as independent as random permutations are: the
 * largest of 78 n r^2 above 20 would be by chance once in 3,000 times. */
static bool
even(uint32_t n)
{
	for (unsigned q = 0; q < QUANTITIES; q++) {
		for (uint32_t i = 0; i < n; i++) {
			drawn[q][i] = rand_even(7, q, i, n);
			if (drawn[q][i] < 0 || drawn[q][i] >= 1)
				return false;
		}
		if (largest_gap(drawn[q], n) > 2.0 / n)
			return false;
		for (unsigned p = 0; p < q; p++)
			if (n_r2(drawn[q], drawn[p], n) > 20)
				return false;
		if (n_r2(drawn[q], NULL, n) > 20)
			return false;
	}
	return true;
}

/* 100,000 times 8 rising draws: each rises, and the k-th has the mean
 * k / 9 of the order statistics, within a hundredth. */
static bool
rising_draws(void)
{
	struct rand r = { 11 };
	double sum[8] = { 0 };

	for (int i = 0; i < 100000; i++) {
		double u = 0;

		for (uint32_t k = 0; k < 8; k++) {
			double next = rand_next_of(&r, u, 8 - k);

			if (next < u || next > 1)
				return false;
			sum[k] += u = next;
		}
	}
	for (int k = 0; k < 8; k++) {
		double off = sum[k] / 100000 - (k + 1) / 9.0;

		if (off > .01 || off < -.01)
			return false;
	}
	return true;
}

/* Every number below n is met once. */
static bool
shuffles(uint32_t n)
{
	static uint8_t seen[MOST];

	memset(seen, 0, n);
	for (uint32_t i = 0; i < n; i++) {
		uint32_t x = rand_shuffle(42, n, i);

		if (x >= n || seen[x]++ != 0)
			return false;
	}
	return true;
}

static bool
bounded(void)
{
	struct rand r = { 9 };
	bool low = false, high = false;

	for (int i = 0; i < 10000; i++) {
		int64_t v = rand_range(&r, -3, 3);
		double u = rand_unit(&r);

		if (v < -3 || v > 3 || u < 0 || u >= 1 ||
		    rand_below(&r, 7) > 6)
			return false;
		low |= v == -3;
		high |= v == 3;
	}
	return low && high;
}

int
main(void)
{
	static const double weight[] = { 1, 0, 3 };
	static const uint32_t size[] = { 1, 2, 3, 20, 51, 85, 303, 1700 };
	uint8_t a[17], b[16];
	struct rand r = { 5 }, s = { 5 };

	ok(published());
	ok(near(rand_at(&dist, 0), 1) && near(rand_at(&dist, .2), 1));
	ok(near(rand_at(&dist, .375), 2));
	ok(near(rand_at(&dist, .5), 10) && near(rand_at(&dist, .75), 15));
	ok(rand_pick(weight, 3, .2499) == 0 && rand_pick(weight, 3, .25) == 2);
	ok(rand_pick(weight, 3, .9999) == 2);
	for (unsigned bits = 1; bits <= 16; bits++)
		ok(permutes(bits));
	for (size_t i = 0; i < sizeof size / sizeof *size; i++) {
		ok(shuffles(size[i]));
		ok(even(size[i]));
	}
	ok(rising_draws());
	ok(bounded());
	rand_fill(&r, a, 13);
	rand_fill(&s, b, 16);
	ok(memcmp(a, b, 13) == 0);
	rand_fill(&r, a, 17);
	rand_skip(&s, 17);
	ok(rand_u64(&r) == rand_u64(&s));
	return done();
}
