/*
 * rand: random numbers that are the same on every machine: SplitMix64
 * (Steele, Lea, Flood 2014), and draws made of integers and of the four
 * operations of IEEE doubles alone, no function of the mathematics library.
 */
#ifndef RAND_H
#define RAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rand {
	uint64_t s;
};

/* A distribution as points of its cumulated curve: P(X <= x) = p, both
 * rising, the first p is 0 and the last 1.  Straight lines between points;
 * equal x makes an atom, equal p a gap. */
struct rand_point {
	double p, x;
};

struct rand_dist {
	const struct rand_point *point;
	size_t n;
};

#define RAND_DIST(points) { points, sizeof (points) / sizeof *(points) }

static inline uint64_t
rand_mix(uint64_t z)
{
	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

static inline uint64_t
rand_u64(struct rand *r)
{
	r->s += UINT64_C(0x9e3779b97f4a7c15);
	return rand_mix(r->s);
}

/* A stream of its own for the k-th thing of some kind. */
static inline struct rand
rand_for(uint64_t seed, uint64_t kind, uint64_t k)
{
	return (struct rand){ rand_mix(rand_mix(seed + kind *
	    UINT64_C(0xd1342543de82ef95)) + k * UINT64_C(0x9e3779b97f4a7c15)) };
}

/* 0 <= result < n. */
static inline uint32_t
rand_below(struct rand *r, uint32_t n)
{
	return (uint32_t)((rand_u64(r) >> 32) * n >> 32);
}

/* lo <= result <= hi. */
static inline int64_t
rand_range(struct rand *r, int64_t lo, int64_t hi)
{
	return lo + (int64_t)rand_below(r, (uint32_t)(hi - lo + 1));
}

/* 0 <= result < 1, 53 bits. */
static inline double
rand_unit(struct rand *r)
{
	return (double)(rand_u64(r) >> 11) * 0x1p-53;
}

static inline bool
rand_chance(struct rand *r, double p)
{
	return rand_unit(r) < p;
}

/* The x where the curve reaches p. */
double rand_at(const struct rand_dist *, double p);

static inline double
rand_draw(struct rand *r, const struct rand_dist *d)
{
	return rand_at(d, rand_unit(r));
}

/* Which of n weights, chosen in proportion; u in [0, 1). */
size_t rand_pick(const double *weight, size_t n, double u);

/* Draw i of n of some quantity, in [0, 1): one draw lies in each n-th part,
 * somewhere in it, and the order of the parts is random, another for each
 * quantity.  So a distribution has its quotas also with few draws. */
double rand_even(uint64_t seed, uint64_t quantity, uint32_t i, uint32_t n);

/* -ln(1 - p), the gaps of a Poisson process of mean 1, as a table. */
extern const struct rand_dist rand_exponential;

/* Of independent draws in [0, 1) in rising order the one after `after', when
 * `left' of them are still to come. */
double rand_next_of(struct rand *, double after, uint32_t left);

/* n random bytes. */
void rand_fill(struct rand *, uint8_t *, size_t n);

/* Passes over as many. */
static inline void
rand_skip(struct rand *r, size_t n)
{
	r->s += (n + 7) / 8 * UINT64_C(0x9e3779b97f4a7c15);
}

/* A permutation of the numbers below 2^bits (bits <= 32), and of those
 * below n. */
uint32_t rand_permute(uint64_t key, unsigned bits, uint32_t x);
uint32_t rand_shuffle(uint64_t key, uint32_t n, uint32_t i);

#endif
