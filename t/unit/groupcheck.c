/* Groups that come back: found while few others lie between, and never
 * found where there are none. */
#include "record/groupcheck.h"

#include <stdint.h>
#include <string.h>

#include "tap.h"

static bool
begin(struct groupcheck *g, uint32_t key)
{
	return groupcheck_begin(g, &key, sizeof key);
}

/* No new key is taken for an old one. */
static bool
all_new(struct groupcheck *g, uint32_t from, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		if (!begin(g, from + i))
			return false;
	return true;
}

/* How many of the n keys that were there are found. */
static uint32_t
found(struct groupcheck *g, uint32_t from, uint32_t n)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < n; i++)
		count += !begin(g, from + i);
	return count;
}

int
main(void)
{
	struct groupcheck *g = groupcheck_open();
	char longest[GROUPCHECK_KEY] = {0};

	ok(groupcheck_begin(g, "", 0));
	ok(!groupcheck_begin(g, "", 0));
	ok(groupcheck_begin(g, "\0", 1));
	ok(groupcheck_begin(g, longest, sizeof longest));
	ok(!groupcheck_begin(g, longest, sizeof longest));
	ok(all_new(g, 1, 1000000));
	ok(!begin(g, 1000000));
	/* The last thousand of 16,384 places: 1 in 16 may be lost. */
	ok(found(g, 999001, 1000) > 900);
	groupcheck_close(g);
	return done();
}
