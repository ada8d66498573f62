/*
 * hash: SipHash-1-3 (Aumasson, Bernstein 2012), keyed, so that nobody who
 * chooses the keys of a table can make them collide.
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

#endif
