/*
 * hash: keyed, so that nobody who chooses the keys of a table can make them
 * collide.  SipHash-1-3 (Aumasson, Bernstein 2012) for bytes; for the ends of
 * a packet, each of the same size, multilinear hashing, which is strongly
 * universal (Lemire, Kaser 2014, "Strongly universal string hashing is
 * fast"): five multiplications.  One more mixes the sum: of what lies evenly
 * apart, ports of a scan or addresses in a row, the sums do too, and with one
 * key of a hundred that crowds a table which looks from cell to cell.  So are
 * longer pieces of a packet: a multiplication for eight bytes.
 */
#ifndef HASH_H
#define HASH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct hash_key {
	uint64_t k[2];
};

/* A fresh random key; it never shows in any output. */
struct hash_key hash_random_key(void);

uint64_t hash_bytes(const struct hash_key *, const void *, size_t n);

enum { HASH_WORDS = 10, HASH_LONG = 256 };

struct hash_line_key {
	uint64_t k[1 + HASH_WORDS];
};

struct hash_line_key hash_random_line_key(void);

/* Every bit of it counts for each of the result, and not by addition. */
static inline uint32_t
hash_mixed(uint64_t sum)
{
	return (uint32_t)((sum ^ sum >> 32) * UINT64_C(0x9e3779b97f4a7c15) >>
	    32);
}

/* What two words of the line, the i-th and the next, both in v, add. */
static inline uint64_t
hash_two(const struct hash_line_key *key, int i, uint64_t v)
{
	return (key->k[i + 1] + (uint32_t)v) * (key->k[i + 2] + (v >> 32));
}

/* Of a line that is in three pieces: 16 bytes at a, 16 at b, and two words in
 * c. */
static inline uint32_t
hash_pieces(const struct hash_line_key *key, const void *a, const void *b,
    uint64_t c)
{
	uint64_t v[4];

	memcpy(v, a, 16);
	memcpy(v + 2, b, 16);
	return hash_mixed(key->k[0] + hash_two(key, 0, v[0]) +
	    hash_two(key, 2, v[1]) + hash_two(key, 4, v[2]) +
	    hash_two(key, 6, v[3]) + hash_two(key, 8, c));
}

static inline uint32_t
hash_line(const struct hash_line_key *key, const uint32_t w[HASH_WORDS])
{
	uint64_t c;

	memcpy(&c, w + 8, sizeof c);
	return hash_pieces(key, w, w + 4, c);
}

/* One word, with the first three keys of a line. */
static inline uint32_t
hash_word(const struct hash_line_key *key, uint64_t v)
{
	return hash_mixed(key->k[0] + (key->k[1] + (v & UINT32_MAX)) *
	    (key->k[2] + (v >> 32)));
}

/* Of up to HASH_LONG bytes, in pieces that begin at multiples of eight: what
 * n bytes, the at-th and those behind it, add to the sum, which hash_mixed
 * makes a hash of.  The last word is filled up with zeros: of what differs in
 * length, that must be compared.  Sums of what else differs are equal once in
 * 2^32 keys. */
struct hash_long_key {
	uint64_t k[HASH_LONG / 4];
};

struct hash_long_key hash_random_long_key(void);

static inline uint64_t
hash_piece(const struct hash_long_key *key, size_t at, const void *p, size_t n)
{
	const uint64_t *k = key->k + at / 4;
	const char *s = p;
	uint64_t v, sum = 0;

	for (; n >= sizeof v; s += sizeof v, n -= sizeof v, k += 2) {
		memcpy(&v, s, sizeof v);
		sum += (k[0] + (uint32_t)v) * (k[1] + (v >> 32));
	}
	if (n > 0) {
		v = 0;
		memcpy(&v, s, n);
		sum += (k[0] + (uint32_t)v) * (k[1] + (v >> 32));
	}
	return sum;
}

#endif
