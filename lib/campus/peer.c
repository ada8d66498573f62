#include "campus/peer.h"

#include <err.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "campus/model.h"
#include "base/num.h"

/* A stretch of addresses at one place. */
struct stretch {
	uint32_t first;
	uint64_t before;	/* addresses of the block in front of it */
	uint32_t km;		/* from the campus; NO_KM: unknown */
};

/* All stretches of one line of model_place. */
struct block {
	struct stretch *s;
	size_t n, cap;
	uint64_t size;
	unsigned bits;		/* 2^bits <= size */
};

struct peers {
	uint64_t seed;
	struct block *block;		/* model_places of them */
	double *weight[2];		/* probe, talk; 0: an empty block */
};

enum { FREE_BLOCK = 0, MAX_BITS = 26, NO_KM = INT32_MAX };

/* Networks that are nobody's outside. */
static const struct {
	uint32_t first, last;
} reserved[] = {
	{ 0x00000000, 0x00ffffff }, { 0x0a000000, 0x0affffff },
	{ 0x64400000, 0x647fffff }, { 0x7f000000, 0x7fffffff },
	{ 0xa9fe0000, 0xa9feffff }, { 0xac100000, 0xac1fffff },
	{ 0xc0a80000, 0xc0a8ffff },
};

static void
block_add(struct block *b, uint32_t first, uint32_t last, uint32_t km)
{
	b->s = mem_grow(b->s, &b->cap, b->n + 1, sizeof *b->s);
	b->s[b->n++] = (struct stretch){ first, b->size, km };
	b->size += (uint64_t)last - first + 1;
}

/* Adds what of first..last lies outside reserved networks from r on. */
static void
block_add_free(struct block *b, uint64_t first, uint64_t last, size_t r)
{
	if (first > last)
		return;
	if (r == sizeof reserved / sizeof *reserved) {
		block_add(b, (uint32_t)first, (uint32_t)last, NO_KM);
		return;
	}
	if (reserved[r].last < first || reserved[r].first > last) {
		block_add_free(b, first, last, r + 1);
		return;
	}
	if (reserved[r].first > first)
		block_add_free(b, first, reserved[r].first - 1, r + 1);
	block_add_free(b, (uint64_t)reserved[r].last + 1, last, r + 1);
}

/* sin x by its series, |x| <= pi: no library, so no differences. */
static double
sine(double x)
{
	double term = x, s = x;

	for (int k = 2; k < 30; k += 2) {
		term = -term * x * x / (k * (k + 1));
		s += term;
	}
	return s;
}

/* Great-circle distance by the haversine formula; the half angle comes
 * from its sine by halving an interval. */
static double
distance_km(double lat1, double lon1, double lat2, double lon2)
{
	const double rad = 0.017453292519943295, half_pi = 90 * rad;
	double a = sine((lat2 - lat1) * rad / 2);
	double b = sine((lon2 - lon1) * rad / 2);
	double h = a * a + sine(half_pi - lat1 * rad) *
	    sine(half_pi - lat2 * rad) * b * b;
	double lo = 0, hi = half_pi;

	for (int i = 0; i < 40; i++) {
		double mid = (lo + hi) / 2, s = sine(mid);

		if (s * s < h)
			lo = mid;
		else
			hi = mid;
	}
	return 2 * 6371 * lo;
}

static uint32_t
place_km(const struct place *p)
{
	int64_t lat, lon;

	if (!num_fixed(p->lat, strlen(p->lat), 4, &lat) ||
	    !num_fixed(p->lon, strlen(p->lon), 4, &lon))
		return NO_KM;
	return (uint32_t)distance_km(MODEL_LAT, MODEL_LON,
	    (double)lat / 1e4, (double)lon / 1e4);
}

/* The line of model_place that a place belongs to. */
static size_t
place_line(const struct place *p)
{
	for (size_t i = 1; i < model_places; i++) {
		const struct model_place *m = &model_place[i];

		if (p->known == NULL ||
		    strcmp(m->continent, p->known->continent) != 0)
			continue;
		if ((m->country == NULL ||
		    strcmp(m->country, p->country) == 0) &&
		    (m->city == NULL || strcmp(m->city, p->city) == 0))
			return i;
	}
	return model_places;
}

static uint32_t
address4(const struct addr *a)
{
	return (uint32_t)a->b[12] << 24 | (uint32_t)a->b[13] << 16 |
	    (uint32_t)a->b[14] << 8 | a->b[15];
}

/* Sorts the base's IPv4 ranges into blocks, and what lies between them. */
static bool
blocks_fill(struct peers *p, const struct geobase *base)
{
	size_t n;
	const struct geobase_range *r = geobase_ranges(base, &n);
	uint64_t next = 0x01000000, end = 0xdfffffff;
	bool any = false;

	for (size_t i = 0; i < n; i++) {
		if (!addr_is4(&r[i].first) || !addr_is4(&r[i].last))
			continue;
		uint32_t first = address4(&r[i].first);
		uint32_t last = address4(&r[i].last);
		size_t line = place_line(r[i].place);

		/* Bases of invented networks lie in 240.0.0.0/4. */
		if (!any && first >= 0xf0000000)
			next = 0xf0000000;
		if (last >= 0xf0000000)
			end = 0xfeffffff;
		if (first > next)
			block_add_free(&p->block[FREE_BLOCK], next,
			    first - 1, 0);
		next = (uint64_t)last + 1;
		/* The campus itself is in 10.0.0.0/8. */
		if (line < model_places && first >> 24 != 10) {
			block_add(&p->block[line], first, last,
			    place_km(r[i].place));
			any = true;
		}
	}
	block_add_free(&p->block[FREE_BLOCK], next, end, 0);
	return any;
}

struct peers *
peers_open(const struct geobase *base, const char *name, uint64_t seed)
{
	struct peers *p = mem_alloc(1, sizeof *p);

	p->seed = rand_mix(seed + 0x9ee5);
	p->block = mem_alloc(model_places, sizeof *p->block);
	for (int k = 0; k < 2; k++)
		p->weight[k] = mem_alloc(model_places, sizeof(double));
	if (!blocks_fill(p, base))
		errx(1, "%s: no IPv4 range of a known country", name);
	for (size_t i = 0; i < model_places; i++) {
		struct block *b = &p->block[i];

		while (b->bits < MAX_BITS && (uint64_t)2 << b->bits <= b->size)
			b->bits++;
		if (b->size == 0)
			continue;
		p->weight[0][i] = model_place[i].probe;
		p->weight[1][i] = model_place[i].talk;
	}
	return p;
}

void
peers_close(struct peers *p)
{
	for (size_t i = 0; i < model_places; i++)
		free(p->block[i].s);
	free(p->block);
	free(p->weight[0]);
	free(p->weight[1]);
	free(p);
}

static const struct stretch *
stretch_at(const struct block *b, uint64_t offset)
{
	size_t lo = 0, hi = b->n;

	while (hi - lo > 1) {
		size_t mid = (lo + hi) / 2;

		if (b->s[mid].before <= offset)
			lo = mid;
		else
			hi = mid;
	}
	return &b->s[lo];
}

static const struct block *
draw_block(const struct peers *p, struct rand *r, bool talk)
{
	return &p->block[rand_pick(p->weight[talk], model_places,
	    rand_unit(r))];
}

/* A distance for peers of whom the base knows nothing: another peer's. */
static uint32_t
any_km(const struct peers *p, struct rand *r, bool talk)
{
	for (int i = 0; i < 20; i++) {
		const struct block *b = draw_block(p, r, talk);
		uint64_t offset = (uint64_t)(rand_unit(r) * (double)b->size);
		uint32_t km = stretch_at(b, offset)->km;

		if (km != NO_KM)
			return km;
	}
	return 1000;
}

static uint32_t
round_trip(const struct peers *p, struct rand *r, uint32_t km, bool talk)
{
	if (km == NO_KM)
		km = any_km(p, r, talk);
	double ms = km / MODEL_KM_PER_MS +
	    rand_draw(r, &model_access_ms[talk][km >= MODEL_FAR_KM]);

	return (uint32_t)(ms * 1000);
}

struct peer
peers_get(const struct peers *p, uint32_t space, uint32_t number)
{
	struct rand pair = rand_for(p->seed, space, number >> 1);
	uint32_t group = space / 4;
	bool talk = group == MODEL_OUT_TALK || group == MODEL_IN_TALK;
	bool nat = rand_chance(&pair, model_nat[talk]);
	struct rand r = nat ? pair : rand_for(p->seed, space + 64, number);
	uint32_t id = (nat ? number & ~UINT32_C(1) : number) * PEER_SPACES +
	    space;
	const struct block *b = draw_block(p, &r, talk);
	uint32_t slot = rand_permute(p->seed, b->bits,
	    id & (uint32_t)((UINT64_C(1) << b->bits) - 1));
	uint64_t offset = (uint64_t)slot * b->size >> b->bits;
	const struct stretch *s = stretch_at(b, offset);

	/* Peers with one address differ in the upper bits of their number or
	 * are the two behind one address translator. */
	uint32_t port = (id >> b->bits) * 2 + (nat && (number & 1)) +
	    (uint32_t)rand_mix(slot ^ p->seed) % 30000 * 2;

	return (struct peer){
		.addr = s->first + (uint32_t)(offset - s->before),
		.port = (uint16_t)(1024 + port % 64512),
		.rtt_us = round_trip(p, &r, s->km, talk),
	};
}
