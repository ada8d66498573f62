#include "skype/endkeys.h"

#include <err.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { FEWEST = 64, KEY6 = sizeof(struct addr) + 2, IPV4_AT = 12 };
#define SIX (UINT64_C(1) << 63)

/* Open addressing with linear probing, five eighths full at most; the hash
 * stands beside the number, so that hardly any word is looked at in vain.  A
 * number and 1 is 0 where it is free, so that no table is filled first. */
struct endkeys_slot {
	uint32_t hash, id_1;	/* the number and 1 */
};

static void
make_table(struct endkeys *k, size_t cap)
{
	k->cap = cap;
	k->slot = mem_alloc(cap, sizeof *k->slot);
	mem_large(k->slot, cap * sizeof *k->slot);
}

void
endkeys_init(struct endkeys *k)
{
	*k = (struct endkeys){ .hash = hash_random_line_key() };
	make_table(k, FEWEST);
	strtab_init(&k->six);
}

void
endkeys_free(struct endkeys *k)
{
	free(k->slot);
	free(k->word);
	strtab_free(&k->six);
	free(k->six_id);
}

/* An endpoint of IPv4 in one word. */
static uint64_t
word_of(const struct addr *a, uint16_t port)
{
	const uint8_t *b = a->b + IPV4_AT;

	return (uint64_t)b[0] << 40 | (uint64_t)b[1] << 32 |
	    (uint32_t)b[2] << 24 | (uint32_t)b[3] << 16 | port;
}

static struct endkeys_slot *
first_slot(const struct endkeys *k, uint32_t hash)
{
	return &k->slot[hash & (k->cap - 1)];
}

static struct endkeys_slot *
next_slot(const struct endkeys *k, struct endkeys_slot *s)
{
	return ++s == k->slot + k->cap ? k->slot : s;
}

/* The slot where the endpoint is, or would go. */
static struct endkeys_slot *
slot_of(const struct endkeys *k, uint64_t word, uint32_t hash)
{
	struct endkeys_slot *s = first_slot(k, hash);

	while (s->id_1 != 0 &&
	    (s->hash != hash || k->word[s->id_1 - 1] != word))
		s = next_slot(k, s);
	return s;
}

static void
grow(struct endkeys *k)
{
	struct endkeys_slot *old = k->slot;
	size_t n = k->cap;

	make_table(k, n * 2);
	for (size_t i = 0; i < n; i++) {
		struct endkeys_slot *s = first_slot(k, old[i].hash);

		if (old[i].id_1 == 0)
			continue;
		while (s->id_1 != 0)
			s = next_slot(k, s);
		*s = old[i];
	}
	free(old);
}

/* A new endpoint's number. */
static uint32_t
next_id(struct endkeys *k, uint64_t word)
{
	if (k->n == ENDPOINT_NONE - 1)
		errx(1, "too many different keys: %u", k->n);
	k->word = mem_grow(k->word, &k->word_cap, (size_t)k->n + 1,
	    sizeof *k->word);
	k->word[k->n] = word;
	return k->n++;
}

static uint32_t
add4(struct endkeys *k, uint64_t word)
{
	uint32_t hash = hash_word(&k->hash, word), id;
	struct endkeys_slot *s = slot_of(k, word, hash);

	if (s->id_1 != 0)
		return s->id_1 - 1;
	id = next_id(k, word);
	*s = (struct endkeys_slot){ hash, id + 1 };
	if (++k->four > k->cap / 8 * 5)
		grow(k);
	return id;
}

static void
make_key6(uint8_t key[KEY6], const struct addr *a, uint16_t port)
{
	memcpy(key, a->b, sizeof a->b);
	key[KEY6 - 2] = (uint8_t)(port >> 8);
	key[KEY6 - 1] = (uint8_t)port;
}

static uint32_t
add6(struct endkeys *k, const struct addr *a, uint16_t port)
{
	uint8_t key[KEY6];
	uint32_t n = k->six.n, i;

	make_key6(key, a, port);
	i = strtab_add(&k->six, key, sizeof key);
	if (i == n) {
		k->six_id = mem_grow(k->six_id, &k->six_cap, (size_t)n + 1,
		    sizeof *k->six_id);
		k->six_id[i] = next_id(k, SIX | i);
	}
	return k->six_id[i];
}

uint32_t
endkeys_add(struct endkeys *k, const struct addr *a, uint16_t port)
{
	return addr_is4(a) ? add4(k, word_of(a, port)) : add6(k, a, port);
}

static uint32_t
find4(const struct endkeys *k, uint64_t word)
{
	const struct endkeys_slot *s = slot_of(k, word,
	    hash_word(&k->hash, word));

	return s->id_1 != 0 ? s->id_1 - 1 : ENDPOINT_NONE;
}

uint32_t
endkeys_find(const struct endkeys *k, const struct addr *a, uint16_t port)
{
	uint8_t key[KEY6];
	uint32_t i;

	if (addr_is4(a))
		return find4(k, word_of(a, port));
	make_key6(key, a, port);
	i = strtab_find(&k->six, key, sizeof key);
	return i == STRTAB_NONE ? ENDPOINT_NONE : k->six_id[i];
}

void
endkeys_foresee(const struct endkeys *k, const struct addr *a, uint16_t port)
{
	if (addr_is4(a))
		__builtin_prefetch(first_slot(k, hash_word(&k->hash,
		    word_of(a, port))));
}

/* Of one in the strtab: its key there. */
static const uint8_t *
key6_of(const struct endkeys *k, uint32_t id)
{
	size_t n;

	return (const uint8_t *)strtab_get(&k->six, (uint32_t)k->word[id], &n);
}

struct addr
endkeys_addr(const struct endkeys *k, uint32_t id)
{
	uint64_t w = k->word[id];
	uint8_t b[4] = { (uint8_t)(w >> 40), (uint8_t)(w >> 32),
	    (uint8_t)(w >> 24), (uint8_t)(w >> 16) };

	return w & SIX ? addr_from6(key6_of(k, id)) : addr_from4(b);
}

uint16_t
endkeys_port(const struct endkeys *k, uint32_t id)
{
	const uint8_t *key;

	if (!(k->word[id] & SIX))
		return (uint16_t)k->word[id];
	key = key6_of(k, id);
	return (uint16_t)(key[KEY6 - 2] << 8 | key[KEY6 - 1]);
}
