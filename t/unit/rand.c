/* Random numbers: SplitMix64 against its published output, distributions
 * by hand, permutations and the even sequence by counting. */
#include "base/rand.h"

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

/* Of any 1,000 points in a row each tenth holds 100, more or less. */
static bool
even(unsigned dim)
{
	for (uint64_t from = 0; from < 5000; from += 1000) {
		int tenth[10] = { 0 };

		for (uint64_t k = from; k < from + 1000; k++) {
			double u = rand_even(7, k, dim);

			if (u < 0 || u >= 1)
				return false;
			tenth[(int)(u * 10)]++;
		}
		for (int i = 0; i < 10; i++)
			if (tenth[i] < 90 || tenth[i] > 110)
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
	uint8_t a[16], b[16];
	struct rand r = { 5 }, s = { 5 };

	ok(published());
	ok(near(rand_at(&dist, 0), 1) && near(rand_at(&dist, .2), 1));
	ok(near(rand_at(&dist, .375), 2));
	ok(near(rand_at(&dist, .5), 10) && near(rand_at(&dist, .75), 15));
	ok(near(rand_mean(&dist), .25 * 1 + .25 * 2 + .5 * 15));
	ok(rand_pick(weight, 3, .2499) == 0 && rand_pick(weight, 3, .25) == 2);
	ok(rand_pick(weight, 3, .9999) == 2);
	for (unsigned bits = 1; bits <= 16; bits++)
		ok(permutes(bits));
	for (unsigned dim = 0; dim < 8; dim++)
		ok(even(dim));
	ok(bounded());
	rand_fill(&r, a, 13);
	rand_fill(&s, b, 16);
	ok(memcmp(a, b, 13) == 0);
	return done();
}
