/*
 * strtab: gives each different byte string a small number, 0, 1, 2 … in
 * order of first appearance, so that what is known of it can stand in
 * plain arrays.  Cost: the bytes themselves rounded up to a multiple of 4,
 * 12 bytes of place and 11 to 21 of table for each; 16 GiB of strings at
 * most.  Running out of memory ends the program, status 1.
 */
#ifndef STRTAB_H
#define STRTAB_H

#include <stddef.h>
#include <stdint.h>

#include "base/hash.h"

#define STRTAB_NONE UINT32_MAX

struct strtab {
	struct hash_key key;
	uint32_t n;		/* strings held */
	size_t cap;		/* places in slot, a power of two */
	struct strtab_slot *slot;
	char *bytes;		/* all strings, one behind the other */
	size_t used, size;
	uint32_t *at;		/* where string i begins, in units of 4 */
	size_t at_cap;
};

void strtab_init(struct strtab *);
void strtab_free(struct strtab *);

/* Forgets all strings; the key stays.  What it costs grows with the number
 * of strings held, not with what was held once. */
void strtab_clear(struct strtab *);

/* The number of the string, which is added when it is new: it is new if
 * the number returned equals what ->n was before. */
uint32_t strtab_add(struct strtab *, const void *s, size_t n);

/* The same for many strings, in this order.  In a table larger than the
 * processor's caches it is several times as fast as one by one, since it
 * waits for memory once and not for each.  A string is new if its number
 * equals the number of strings before it, as above. */
struct strtab_key {
	const void *s;
	size_t n;
	uint32_t id;		/* result */
};
void strtab_add_all(struct strtab *, struct strtab_key *, size_t n);

/* The same without adding: STRTAB_NONE when it is not there. */
uint32_t strtab_find(const struct strtab *, const void *s, size_t n);

/* The bytes of string id; valid until the next strtab_add. */
const char *strtab_get(const struct strtab *, uint32_t id, size_t *n);

#endif
