#include "base/rand.h"

#include <string.h>

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

double
rand_mean(const struct rand_dist *d)
{
	double sum = 0;

	for (size_t i = 1; i < d->n; i++)
		sum += (d->point[i].p - d->point[i - 1].p) *
		    (d->point[i].x + d->point[i - 1].x) / 2;
	return sum;
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

/* Powers of 1/g, g^9 = g + 1 (Roberts 2018), times 2^64. */
static const uint64_t even_step[8] = {
	UINT64_C(0xebedeed9d803c815), UINT64_C(0xd96eb1a810caaf5f),
	UINT64_C(0xc862b36daf790dd5), UINT64_C(0xb8acd90c142fe10b),
	UINT64_C(0xaa324f90ded86b69), UINT64_C(0x9cda5e693fea10af),
	UINT64_C(0x908e3d2c82567a73), UINT64_C(0x8538ecb5bd456ea3),
};

double
rand_even(uint64_t seed, uint64_t k, unsigned dim)
{
	uint64_t shift = rand_mix(seed ^ rand_mix(dim + 1));

	return (double)((shift + k * even_step[dim]) >> 11) * 0x1p-53;
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
