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

static uint32_t
by_word(uint32_t step, uint32_t i)
{
	return hash_word(&line_key, (uint64_t)step * i);
}

/* Ports of a host, one after another. */
static uint32_t
by_port(uint32_t step, uint32_t i)
{
	uint32_t w[HASH_WORDS] = {0};

	w[8] = step * i;
	return hash_line(&line_key, w);
}

/* The cells looked at for each of 2,000 numbers that lie `step` apart, to put
 * it into a table of twice as many, which goes on in the next cell. */
static unsigned
cells_looked_at(uint32_t (*hash)(uint32_t, uint32_t), uint32_t step)
{
	enum { COUNT = 2000, CELLS = 4096 };
	bool taken[CELLS] = {false};
	unsigned n = 0;

	for (uint32_t i = 1; i <= COUNT; i++) {
		uint32_t at = hash(step, i) % CELLS;

		for (n++; taken[at]; n++)
			at = (at + 1) % CELLS;
		taken[at] = true;
	}
	return n / COUNT;
}

/* Knuth's count for a table that is half full is 1.5 a number (The Art of
 * Computer Programming 3, 6.4).  Of keys of which one in a hundred is bad 2,000
 * hardly miss all. */
static bool
is_even(uint32_t (*hash)(uint32_t, uint32_t))
{
	static const uint32_t step[] = {1, 3, 16, 256, 65536};
	bool good = true;

	for (unsigned i = 0; i < 2000 && good; i++) {
		new_keys();
		for (unsigned k = 0; k < sizeof step / sizeof *step; k++)
			good &= cells_looked_at(hash, step[k]) < 4;
	}
	return good;
}

int
main(void)
{
	struct hash_key a = hash_random_key(), b = hash_random_key();

	ok(memcmp(&a, &b, sizeof a) != 0);
	ok(scatters(by_bytes));
	ok(scatters(by_line));
	ok(is_even(by_word));
	ok(is_even(by_port));
	return done();
}
