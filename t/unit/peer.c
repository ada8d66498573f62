/* External peers: different numbers are different endpoints; places have
 * the parts of Table II; addresses of unknown place lie in no range. */
#include "campus/peer.h"

#include <stdlib.h>
#include <string.h>

#include "campus/model.h"
#include "tap.h"

extern const char places_csv[];
extern const size_t places_csv_size;

enum { MANY = 60000 };

static int
compare(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

/* Endpoints, or addresses, of two spaces: how many differ. */
static size_t
different(const struct peers *p, bool ports)
{
	static uint64_t key[2 * MANY];
	size_t n = 1;

	for (uint32_t i = 0; i < 2 * MANY; i++) {
		struct peer e = peers_get(p, i % 2 * 4, i / 2);

		key[i] = (uint64_t)e.addr << 16 | (ports ? e.port : 0);
	}
	qsort(key, 2 * MANY, sizeof *key, compare);
	for (size_t i = 1; i < 2 * MANY; i++)
		n += key[i] != key[i - 1];
	return n;
}

static const struct place *
place_of(struct geobase *base, uint32_t a)
{
	uint8_t b[4] = { (uint8_t)(a >> 24), (uint8_t)(a >> 16),
	    (uint8_t)(a >> 8), (uint8_t)a };
	struct addr addr = addr_from4(b);

	return geobase_find(base, &addr);
}

/* Percent of the space's peers on the continent; NULL: of unknown place. */
static double
share(const struct peers *p, struct geobase *base, uint32_t space,
    const char *continent)
{
	int n = 0;

	for (uint32_t i = 0; i < MANY; i++) {
		const struct place *at = place_of(base,
		    peers_get(p, space, i).addr);

		if (continent == NULL)
			n += at == NULL;
		else if (at != NULL && at->known != NULL)
			n += strcmp(at->known->continent, continent) == 0;
	}
	return 100.0 * n / MANY;
}

static bool
within(double a, double b)
{
	return a - b < 1 && b - a < 1;
}

/* No answer is faster than light in fibre, none takes seconds. */
static bool
round_trips(const struct peers *p)
{
	for (uint32_t i = 0; i < MANY; i++) {
		uint32_t rtt = peers_get(p, 4, i).rtt_us;

		if (rtt == 0 || rtt > 1500000)
			return false;
	}
	return true;
}

int
main(void)
{
	struct geobase *base = geobase_parse("places", places_csv,
	    places_csv_size);
	struct peers *p = peers_open(base, "places", 3);
	size_t addresses;

	ok(different(p, true) == 2 * MANY);
	addresses = different(p, false);
	/* 304,690 endpoints on 263,886 addresses; only those of the second
	 * space, no probes, 105,000 in all, share: (40,804 / 105,000) / 2 of
	 * them here would be saved, less what is shared by several pools. */
	ok(within(100.0 * (double)addresses / (2 * MANY), 82.2));
	ok(within(share(p, base, 0, "Europe"), 45.38));
	ok(within(share(p, base, 4, "Europe"), 38.16));
	ok(within(share(p, base, 4, "America NO"), 23.09));
	ok(within(share(p, base, 0, "Asia"), 11.66));
	ok(within(share(p, base, 0, NULL), 25.44));
	ok(round_trips(p));
	ok(peers_get(p, 4, 77).addr == peers_get(p, 4, 77).addr);
	peers_close(p);
	geobase_close(base);
	return done();
}
