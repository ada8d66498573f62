#include "base/hash.h"

#include <err.h>
#include <string.h>
#include <sys/random.h>

struct hash_key
hash_random_key(void)
{
	struct hash_key key;

	if (getrandom(&key, sizeof key, 0) != sizeof key)
		err(1, "cannot get random bytes");
	return key;
}

struct hash_line_key
hash_random_line_key(void)
{
	struct hash_line_key key;

	if (getrandom(&key, sizeof key, 0) != sizeof key)
		err(1, "cannot get random bytes");
	return key;
}

struct hash_long_key
hash_random_long_key(void)
{
	struct hash_long_key key;
	char *at = (char *)key.k;
	size_t left = sizeof key;

	/* No more than so many come in one piece whatever happens. */
	for (; left > 0; at += HASH_LONG, left -= HASH_LONG)
		if (getrandom(at, HASH_LONG, 0) != HASH_LONG)
			err(1, "cannot get random bytes");
	return key;
}

static uint64_t
rotl(uint64_t x, unsigned n)
{
	return x << n | x >> (64 - n);
}

static inline void
round_(uint64_t v[4])
{
	v[0] += v[1];
	v[2] += v[3];
	v[1] = rotl(v[1], 13) ^ v[0];
	v[3] = rotl(v[3], 16) ^ v[2];
	v[0] = rotl(v[0], 32);
	v[2] += v[1];
	v[0] += v[3];
	v[1] = rotl(v[1], 17) ^ v[2];
	v[3] = rotl(v[3], 21) ^ v[0];
	v[2] = rotl(v[2], 32);
}

static inline void
absorb(uint64_t v[4], uint64_t word)
{
	v[3] ^= word;
	round_(v);
	v[0] ^= word;
}

/* Words are taken in the machine's byte order: hashes never leave it. */
uint64_t
hash_bytes(const struct hash_key *key, const void *p, size_t n)
{
	uint64_t v[4] = {
		key->k[0] ^ UINT64_C(0x736f6d6570736575),
		key->k[1] ^ UINT64_C(0x646f72616e646f6d),
		key->k[0] ^ UINT64_C(0x6c7967656e657261),
		key->k[1] ^ UINT64_C(0x7465646279746573),
	};
	const char *s = p;
	uint64_t word, last = (uint64_t)n << 56;
	size_t left = n;

	for (; left >= 8; s += 8, left -= 8) {
		memcpy(&word, s, 8);
		absorb(v, word);
	}
	word = 0;
	memcpy(&word, s, left);
	absorb(v, last | word);
	v[2] ^= 0xff;
	for (int i = 0; i < 3; i++)
		round_(v);
	return v[0] ^ v[1] ^ v[2] ^ v[3];
}
