/*
 * bytes: packet bytes that know how many are left.  All access to packets
 * goes through here: a read beyond the end gives 0, a skip beyond it fails,
 * nothing else happens.
 */
#ifndef BYTES_H
#define BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bytes {
	const uint8_t *p;
	size_t n;
};

static inline bool
bytes_have(const struct bytes *b, size_t n)
{
	return n <= b->n;
}

static inline uint8_t
bytes_u8(const struct bytes *b, size_t at)
{
	return at < b->n ? b->p[at] : 0;
}

/* Two and four bytes, most significant first. */
static inline uint16_t
bytes_be16(const struct bytes *b, size_t at)
{
	if (b->n < 2 || at > b->n - 2)
		return 0;
	return (uint16_t)(b->p[at] << 8 | b->p[at + 1]);
}

static inline uint32_t
bytes_be32(const struct bytes *b, size_t at)
{
	if (b->n < 4 || at > b->n - 4)
		return 0;
	return (uint32_t)b->p[at] << 24 | (uint32_t)b->p[at + 1] << 16 |
	    (uint32_t)b->p[at + 2] << 8 | b->p[at + 3];
}

/* The same, least significant first. */
static inline uint16_t
bytes_le16(const struct bytes *b, size_t at)
{
	uint16_t v = bytes_be16(b, at);

	return (uint16_t)(v >> 8 | v << 8);
}

static inline uint32_t
bytes_le32(const struct bytes *b, size_t at)
{
	return (uint32_t)bytes_le16(b, at + 2) << 16 | bytes_le16(b, at);
}

/* Goes on behind the next n bytes; false, and no change, if there are
 * fewer. */
static inline bool
bytes_skip(struct bytes *b, size_t n)
{
	if (n > b->n)
		return false;
	b->p += n;
	b->n -= n;
	return true;
}

/* Forgets what is behind the next n bytes. */
static inline void
bytes_clip(struct bytes *b, size_t n)
{
	if (b->n > n)
		b->n = n;
}

#endif
