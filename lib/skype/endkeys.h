/*
 * endkeys: gives each endpoint a small number, 0, 1, 2 … in order of first
 * appearance, as strtab does for strings.  Those of IPv4 are
 * found by a table of 13 to 26 bytes each and stand in 8 more, a word; those of
 * IPv6 are in a strtab besides.  Running out of memory ends the
 * program, status 1.
 */
#ifndef ENDKEYS_H
#define ENDKEYS_H

#include <stddef.h>
#include <stdint.h>

#include "base/addr.h"
#include "base/hash.h"
#include "base/strtab.h"

#define ENDPOINT_NONE UINT32_MAX

struct endkeys {
	struct hash_line_key hash;
	uint32_t n;			/* endpoints */
	uint32_t four;			/* … of IPv4 */
	size_t cap;			/* places in slot, a power of two */
	struct endkeys_slot *slot;
	uint64_t *word;			/* by number: address and port, or … */
	size_t word_cap;
	struct strtab six;		/* … which of these */
	uint32_t *six_id;		/* the number of each */
	size_t six_cap;
};

void endkeys_init(struct endkeys *);
void endkeys_free(struct endkeys *);

/* The endpoint's number; find: ENDPOINT_NONE if it is not there.  It is new if
 * the number that add returns equals what ->n was before. */
uint32_t endkeys_add(struct endkeys *, const struct addr *, uint16_t port);
uint32_t endkeys_find(const struct endkeys *, const struct addr *,
    uint16_t port);

/* The endpoint will be added or looked for soon: memory is fetched meanwhile,
 * which is several times as fast as to wait for it. */
void endkeys_foresee(const struct endkeys *, const struct addr *,
    uint16_t port);

/* The endpoint's address and port. */
struct addr endkeys_addr(const struct endkeys *, uint32_t id);
uint16_t endkeys_port(const struct endkeys *, uint32_t id);

#endif
