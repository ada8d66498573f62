#include "base/strtab.h"

#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Open addressing with linear probing; half of the hash stands beside the
 * place, so that hardly any string is compared in vain and none is hashed
 * again when the table grows. */
struct strtab_slot {
	uint32_t tag;
	uint32_t at;		/* as in struct strtab, or FREE */
};

/* What stands at a place, in front of the string's bytes. */
struct entry {
	uint32_t id;
	uint32_t n;
};

#define FREE UINT32_MAX

enum { FEWEST = 64, UNIT = 4 };

/* An empty table of cap slots. */
static void
strtab_empty(struct strtab *t, size_t cap)
{
	t->cap = cap;
	t->slot = mem_resize(t->slot, cap, sizeof *t->slot);
	mem_large(t->slot, cap * sizeof *t->slot);
	memset(t->slot, 0xff, cap * sizeof *t->slot);
}

void
strtab_init(struct strtab *t)
{
	*t = (struct strtab){ .key = hash_random_key() };
	strtab_empty(t, FEWEST);
}

void
strtab_free(struct strtab *t)
{
	free(t->slot);
	free(t->bytes);
	free(t->at);
}

void
strtab_clear(struct strtab *t)
{
	strtab_empty(t, t->n < t->cap / 8 ? FEWEST : t->cap);
	t->n = 0;
	t->used = 0;
}

static const char *
entry_at(const struct strtab *t, uint32_t at, struct entry *e)
{
	const char *place = t->bytes + (size_t)at * UNIT;

	memcpy(e, place, sizeof *e);
	return place + sizeof *e;
}

const char *
strtab_get(const struct strtab *t, uint32_t id, size_t *n)
{
	struct entry e;
	const char *s = entry_at(t, t->at[id], &e);

	*n = e.n;
	return s;
}

/* The slot where the string is, whose number becomes *id, or where it would
 * go. */
static struct strtab_slot *
slot_of(const struct strtab *t, uint32_t tag, const void *s, size_t n,
    uint32_t *id)
{
	size_t mask = t->cap - 1;

	for (size_t i = tag & mask;; i = (i + 1) & mask) {
		struct strtab_slot *slot = &t->slot[i];
		struct entry e;
		const char *held;

		if (slot->at == FREE)
			return slot;
		if (slot->tag != tag)
			continue;
		held = entry_at(t, slot->at, &e);
		if (e.n == n && memcmp(held, s, n) == 0) {
			*id = e.id;
			return slot;
		}
	}
}

static void
strtab_grow(struct strtab *t)
{
	struct strtab_slot *old = t->slot;
	size_t n = t->cap, mask;

	t->slot = NULL;
	strtab_empty(t, n * 2);
	mask = t->cap - 1;
	for (size_t i = 0; i < n; i++) {
		size_t k = old[i].tag & mask;

		if (old[i].at == FREE)
			continue;
		while (t->slot[k].at != FREE)
			k = (k + 1) & mask;
		t->slot[k] = old[i];
	}
	free(old);
}

static uint32_t
tag_of(const struct strtab *t, const void *s, size_t n)
{
	return (uint32_t)hash_bytes(&t->key, s, n);
}

uint32_t
strtab_find(const struct strtab *t, const void *s, size_t n)
{
	uint32_t id = STRTAB_NONE;

	slot_of(t, tag_of(t, s, n), s, n, &id);
	return id;
}

/* Appends the string to those held and returns its place. */
static uint32_t
strtab_store(struct strtab *t, const void *s, size_t n)
{
	struct entry e = { .id = t->n, .n = (uint32_t)n };
	size_t at = t->used / UNIT;

	if (t->n == STRTAB_NONE - 1 || at >= FREE || n >= UINT32_MAX)
		errx(1, "too many different keys: %u", t->n);
	t->bytes = mem_grow(t->bytes, &t->size,
	    t->used + sizeof e + n + UNIT, 1);
	memcpy(t->bytes + t->used, &e, sizeof e);
	if (n > 0)
		memcpy(t->bytes + t->used + sizeof e, s, n);
	t->used += (sizeof e + n + UNIT - 1) / UNIT * UNIT;
	t->at = mem_grow(t->at, &t->at_cap, (size_t)t->n + 1, sizeof *t->at);
	t->at[t->n++] = (uint32_t)at;
	return (uint32_t)at;
}

static uint32_t
strtab_add_hashed(struct strtab *t, uint32_t tag, const void *s, size_t n)
{
	uint32_t id = STRTAB_NONE;
	struct strtab_slot *slot = slot_of(t, tag, s, n, &id);

	if (id != STRTAB_NONE)
		return id;
	*slot = (struct strtab_slot){ .tag = tag, .at = strtab_store(t, s, n) };
	if (t->n > t->cap / 4 * 3)
		strtab_grow(t);
	return t->n - 1;
}

uint32_t
strtab_add(struct strtab *t, const void *s, size_t n)
{
	return strtab_add_hashed(t, tag_of(t, s, n), s, n);
}

/* The steps of a look-up, each for all strings before the next: what one
 * step begins to fetch is there when the next one needs it. */
static void
strtab_add_some(struct strtab *t, struct strtab_key *key, size_t n,
    uint32_t *tag)
{
	size_t mask = t->cap - 1;

	for (size_t i = 0; i < n; i++) {
		tag[i] = tag_of(t, key[i].s, key[i].n);
		__builtin_prefetch(&t->slot[tag[i] & mask]);
	}
	for (size_t i = 0; i < n; i++) {
		const struct strtab_slot *slot = &t->slot[tag[i] & mask];

		if (slot->at != FREE)
			__builtin_prefetch(t->bytes +
			    (size_t)slot->at * UNIT);
	}
	for (size_t i = 0; i < n; i++)
		key[i].id = strtab_add_hashed(t, tag[i], key[i].s, key[i].n);
}

void
strtab_add_all(struct strtab *t, struct strtab_key *key, size_t n)
{
	enum { SOME = 64 };
	uint32_t tag[SOME];

	for (; n > SOME; key += SOME, n -= SOME)
		strtab_add_some(t, key, SOME, tag);
	strtab_add_some(t, key, n, tag);
}
