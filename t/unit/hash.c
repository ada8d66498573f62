/* Keys that collide under one key of the hash do not under another, so that
 * nobody can choose them who does not know it. */
#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

#include "tap.h"

enum { BUCKETS = 1024, CHOSEN = 256 };

static struct hash_key key;
static struct hash_line_key line_key;

static uint32_t
by_bytes(const uint32_t *w)
{
	return (uint32_t)hash_bytes(&key, w, HASH_WORDS * sizeof *w) % BUCKETS;
}

static uint32_t
by_line(const uint32_t *w)
{
	return hash_line(&line_key, w) % BUCKETS;
}

static void
new_keys(void)
{
	key = hash_random_key();
	line_key = hash_random_line_key();
}

/* Tuples of bucket 0, as a flood from one host to ports of another would
 * choose them: only the last words differ. */
static void
choose(uint32_t (*hash)(const uint32_t *), uint32_t w[CHOSEN][HASH_WORDS])
{
	static const uint32_t from[HASH_WORDS] = {
		0, 0, 0xffff0000, 0x0a000001, 0, 0, 0xffff0000, 0x0a000002
	};
	uint32_t at = 0;

	for (int i = 0; i < CHOSEN; i++) {
		memcpy(w[i], from, sizeof from);
		do {
			w[i][8] = at & 0xffff;
			w[i][9] = at++ >> 16;
		} while (hash(w[i]) != 0);
	}
}

/* The most of them in one bucket. */
static int
fullest(uint32_t (*hash)(const uint32_t *), uint32_t w[CHOSEN][HASH_WORDS])
{
	int count[BUCKETS] = {0}, most = 0;

	for (int i = 0; i < CHOSEN; i++) {
		int n = ++count[hash(w[i])];

		most = n > most ? n : most;
	}
	return most;
}

/* Of 256 in 1,024 buckets 8 in one come once in a million times; of a hash
 * that is no better than strongly universal, more. */
static bool
scatters(uint32_t (*hash)(const uint32_t *))
{
	static uint32_t w[CHOSEN][HASH_WORDS];
	int before, after;

	new_keys();
	choose(hash, w);
	before = fullest(hash, w);
	new_keys();
	after = fullest(hash, w);
	return before == CHOSEN && after < CHOSEN / 8;
}

int
main(void)
{
	struct hash_key a = hash_random_key(), b = hash_random_key();

	ok(memcmp(&a, &b, sizeof a) != 0);
	ok(scatters(by_bytes));
	ok(scatters(by_line));
	return done();
}
