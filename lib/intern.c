#include "intern.h"

#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"

/* Open addressing with linear probing; the upper half of the hash stands
 * beside the number, so that hardly any string is compared in vain and none
 * is hashed again when the table grows. */
struct intern_slot {
	uint32_t id;
	uint32_t tag;
};

enum { FEWEST = 64 };

/* An empty table of cap slots. */
static void
empty(struct intern *t, size_t cap)
{
	t->cap = cap;
	t->slot = mem_resize(t->slot, cap, sizeof *t->slot);
	memset(t->slot, 0xff, cap * sizeof *t->slot);
}

void
intern_init(struct intern *t)
{
	*t = (struct intern){ .key = hash_random_key() };
	empty(t, FEWEST);
	t->at = mem_grow(NULL, &t->at_cap, 16, sizeof *t->at);
	t->at[0] = 0;
}

void
intern_free(struct intern *t)
{
	free(t->slot);
	free(t->bytes);
	free(t->at);
}

void
intern_clear(struct intern *t)
{
	empty(t, t->n < t->cap / 8 ? FEWEST : t->cap);
	t->n = 0;
	t->used = 0;
}

const char *
intern_get(const struct intern *t, uint32_t id, size_t *n)
{
	*n = t->at[id + 1] - t->at[id];
	return t->bytes + t->at[id];
}

/* The slot where the string is, or where it would go. */
static struct intern_slot *
slot_of(const struct intern *t, uint32_t tag, const void *s, size_t n)
{
	size_t mask = t->cap - 1;

	for (size_t i = tag & mask;; i = (i + 1) & mask) {
		struct intern_slot *slot = &t->slot[i];
		const char *held;
		size_t m;

		if (slot->id == INTERN_NONE)
			return slot;
		if (slot->tag != tag)
			continue;
		held = intern_get(t, slot->id, &m);
		if (m == n && memcmp(held, s, n) == 0)
			return slot;
	}
}

static void
grow(struct intern *t)
{
	struct intern_slot *old = t->slot;
	size_t n = t->cap, mask;

	t->cap *= 2;
	mask = t->cap - 1;
	t->slot = mem_resize(NULL, t->cap, sizeof *t->slot);
	memset(t->slot, 0xff, t->cap * sizeof *t->slot);
	for (size_t i = 0; i < n; i++) {
		size_t k = old[i].tag & mask;

		if (old[i].id == INTERN_NONE)
			continue;
		while (t->slot[k].id != INTERN_NONE)
			k = (k + 1) & mask;
		t->slot[k] = old[i];
	}
	free(old);
}

static uint32_t
tag_of(const struct intern *t, const void *s, size_t n)
{
	return (uint32_t)hash_bytes(&t->key, s, n);
}

uint32_t
intern_find(const struct intern *t, const void *s, size_t n)
{
	return slot_of(t, tag_of(t, s, n), s, n)->id;
}

uint32_t
intern_add(struct intern *t, const void *s, size_t n)
{
	uint32_t tag = tag_of(t, s, n);
	struct intern_slot *slot = slot_of(t, tag, s, n);

	if (slot->id != INTERN_NONE)
		return slot->id;
	if (t->n == INTERN_NONE - 1)
		errx(1, "more than %u different keys", t->n);
	*slot = (struct intern_slot){ .id = t->n, .tag = tag };
	t->bytes = mem_grow(t->bytes, &t->size, t->used + n + 1, 1);
	if (n > 0)
		memcpy(t->bytes + t->used, s, n);
	t->used += n;
	t->n++;
	t->at = mem_grow(t->at, &t->at_cap, (size_t)t->n + 1, sizeof *t->at);
	t->at[t->n] = t->used;
	if (t->n > t->cap / 4 * 3)
		grow(t);
	return t->n - 1;
}
