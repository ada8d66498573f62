/*
 * intern: gives each different byte string a small number, 0, 1, 2 … in
 * order of first appearance, so that what is known of it can stand in
 * plain arrays.  Cost: the bytes themselves, 8 bytes of place and 11 to 22
 * of table for each.  Running out of memory ends the program, status 1.
 */
#ifndef INTERN_H
#define INTERN_H

#include <stddef.h>
#include <stdint.h>

#include "hash.h"

#define INTERN_NONE UINT32_MAX

struct intern {
	struct hash_key key;
	uint32_t n;		/* strings held */
	size_t cap;		/* places in slot, a power of two */
	struct intern_slot *slot;
	char *bytes;		/* all strings, one behind the other */
	size_t used, size;
	size_t *at;		/* where string i begins; at[n] = used */
	size_t at_cap;
};

void intern_init(struct intern *);
void intern_free(struct intern *);

/* Forgets all strings; the key stays.  What it costs grows with the number
 * of strings held, not with what was held once. */
void intern_clear(struct intern *);

/* The number of the string, which is added when it is new: it is new if
 * the number returned equals what ->n was before. */
uint32_t intern_add(struct intern *, const void *s, size_t n);

/* The same without adding: INTERN_NONE when it is not there. */
uint32_t intern_find(const struct intern *, const void *s, size_t n);

/* The bytes of string id; valid until the next intern_add. */
const char *intern_get(const struct intern *, uint32_t id, size_t *n);

#endif
