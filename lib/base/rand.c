#include "base/rand.h"

#include <string.h>

static const struct rand_point exponential_points[] = {
	{ 0, 0 }, { .048771, .05 }, { .095163, .1 }, { .181269, .2 },
	{ .259182, .3 }, { .362372, .45 }, { .451188, .6 }, { .550671, .8 },
	{ .632121, 1 }, { .713495, 1.25 }, { .77687, 1.5 }, { .834701, 1.8 },
	{ .889197, 2.2 }, { .925726, 2.6 }, { .950213, 3 }, { .969803, 3.5 },
	{ .981684, 4 }, { .993262, 5 }, { .997521, 6 }, { .999665, 8 },
	{ 1, 11 },
};
const struct rand_dist rand_exponential = RAND_DIST(exponential_points);

double
rand_at(const struct rand_dist *d, double p)
{
	size_t lo = 0, hi = d->n - 1;

	while (hi - lo > 1) {
		size_t mid = (lo + hi) / 2;

		if (d->point[mid].p <= p)
			lo = mid;
		else
			hi = mid;
	}
	const struct rand_point *a = &d->point[lo], *b = &d->point[hi];

	if (b->p <= a->p)
		return b->x;
	return a->x + (b->x - a->x) * ((p - a->p) / (b->p - a->p));
}

size_t
rand_pick(const double *weight, size_t n, double u)
{
	double sum = 0;
	size_t i;

	for (i = 0; i < n; i++)
		sum += weight[i];
	u *= sum;
	for (i = 0; i + 1 < n && u >= weight[i]; i++)
		u -= weight[i];
	return i;
}

uint32_t
rand_shuffle(uint64_t key, uint32_t n, uint32_t i)
{
	unsigned bits = 1;

	while (UINT64_C(1) << bits < n)
		bits++;
	/* A permutation of more numbers, gone round until it comes back
	 * among the first n, is a permutation of those. */
	do
		i = rand_permute(key, bits, i);
	while (i >= n);
	return i;
}

double
rand_even(uint64_t seed, uint64_t quantity, uint32_t i, uint32_t n)
{
	struct rand jitter = rand_for(seed, quantity, i);
	uint64_t key = rand_mix(seed ^ rand_mix(quantity + 1));

	return (rand_shuffle(key, n, i) + rand_unit(&jitter)) / n;
}

double
rand_next_of(struct rand *r, double after, uint32_t left)
{
	double x = rand_draw(r, &rand_exponential) / left, part;

	if (left == 1)
		part = rand_unit(r);
	else
		part = x / (1 + x / 2 + x * x / 12);
	return after + (1 - after) * (part < 1 ? part : 1);
}

/* One store where the compiler sees what it is. */
static inline void
put64(uint8_t *b, uint64_t v)
{
	b[0] = (uint8_t)v;
	b[1] = (uint8_t)(v >> 8);
	b[2] = (uint8_t)(v >> 16);
	b[3] = (uint8_t)(v >> 24);
	b[4] = (uint8_t)(v >> 32);
	b[5] = (uint8_t)(v >> 40);
	b[6] = (uint8_t)(v >> 48);
	b[7] = (uint8_t)(v >> 56);
}

void
rand_fill(struct rand *r, uint8_t *b, size_t n)
{
	struct rand s = *r;

	for (; n >= 8; b += 8, n -= 8)
		put64(b, rand_u64(&s));
	if (n > 0) {
		uint64_t v = rand_u64(&s);

		for (size_t i = 0; i < n; i++)
			b[i] = (uint8_t)(v >> 8 * i);
	}
	*r = s;
}

uint32_t
rand_permute(uint64_t key, unsigned bits, uint32_t x)
{
	/* Each step is invertible on `bits` bits: multiply by an odd number,
	 * add, and fold the upper half onto the lower. */
	uint32_t mask = bits >= 32 ? UINT32_MAX : (UINT32_C(1) << bits) - 1;
	unsigned half = (bits + 1) / 2;

	for (int round = 0; round < 4; round++) {
		uint64_t k = rand_mix(key + (uint64_t)round);

		x = (uint32_t)(x * (uint32_t)(k | 1) + (uint32_t)(k >> 32)) &
		    mask;
		x ^= x >> half;
	}
	return x;
}
