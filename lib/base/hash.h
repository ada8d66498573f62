/*
 * hash: keyed, so that nobody who chooses the keys of a table can make them
 * collide.  SipHash-1-3 (Aumasson, Bernstein 2012) for bytes; for the ends of
 * a packet, each of the same size, multilinear hashing, which is strongly
 * universal (Lemire, Kaser 2014, "Strongly universal string hashing is
 * fast"): five multiplications.
 */
#ifndef HASH_H
#define HASH_H

#include <stddef.h>
#include <stdint.h>

struct hash_key {
	uint64_t k[2];
};

/* A fresh random key; it never shows in any output. */
struct hash_key hash_random_key(void);

uint64_t hash_bytes(const struct hash_key *, const void *, size_t n);

enum { HASH_WORDS = 10 };

struct hash_line_key {
	uint64_t k[1 + HASH_WORDS];
};

struct hash_line_key hash_random_line_key(void);

static inline uint32_t
hash_line(const struct hash_line_key *key, const uint32_t w[HASH_WORDS])
{
	uint64_t sum = key->k[0];

	for (int i = 0; i < HASH_WORDS; i += 2)
		sum += (key->k[i + 1] + w[i]) * (key->k[i + 2] + w[i + 1]);
	return (uint32_t)(sum >> 32);
}

/* One word, with the first three keys of a line: strongly universal too. */
static inline uint32_t
hash_word(const struct hash_line_key *key, uint64_t v)
{
	return (uint32_t)((key->k[0] + (key->k[1] + (v & UINT32_MAX)) *
	    (key->k[2] + (v >> 32))) >> 32);
}

#endif
