#include "record/groupcheck.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"

enum { SLOTS = 1 << 14 };

/* One key each, the last that fell there. */
struct groupcheck {
	struct {
		uint8_t n;		/* length + 1; 0: empty */
		uint8_t key[GROUPCHECK_KEY];
	} slot[SLOTS];
};

struct groupcheck *
groupcheck_open(void)
{
	return mem_alloc(1, sizeof(struct groupcheck));
}

void
groupcheck_close(struct groupcheck *g)
{
	free(g);
}

/* The hash has a fixed key, so that what is found does not depend on
 * chance. */
bool
groupcheck_begin(struct groupcheck *g, const void *key, size_t n)
{
	static const struct hash_key fixed = {{0, 0}};
	size_t i = hash_bytes(&fixed, key, n) % SLOTS;

	if (g->slot[i].n == n + 1 && memcmp(g->slot[i].key, key, n) == 0)
		return false;
	g->slot[i].n = (uint8_t)(n + 1);
	memcpy(g->slot[i].key, key, n);
	return true;
}
