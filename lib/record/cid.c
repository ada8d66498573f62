#include "record/cid.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include <nettle/sha1.h>

#include "packet/icmp.h"
#include "packet/packet.h"

/* The specification's buffer: seed, two addresses, protocol, a zero byte,
 * two ports.  It is at most 40 bytes, so SHA-1 (FIPS 180-4) has one block:
 * the buffer, a one bit, zeros, and its length in bits.  It is laid out here,
 * since nettle's sha1_update and sha1_digest, which copy and clear besides,
 * take 220 instructions and 10 ns more a record. */
enum { ONE_BIT = 0x80, LENGTH_AT = SHA1_BLOCK_SIZE - 2, CID_DIGITS = 28 };

/* A protocol and two ends, the lower one first. */
struct ends {
	const struct addr *addr[2];
	uint16_t port[2];
	uint8_t proto;
	bool mapped;
};

static size_t
put_addr(uint8_t *p, const struct addr *a, bool mapped)
{
	size_t skip = addr_is4(a) && !mapped ? 12 : 0;

	memcpy(p, a->b + skip, 16 - skip);
	return 16 - skip;
}

static size_t
put_port(uint8_t *p, uint16_t port)
{
	p[0] = (uint8_t)(port >> 8);
	p[1] = (uint8_t)port;
	return 2;
}

/* RFC 4648's digits in base 64, two by two. */
#define PAIRS(d, a, b, c, e, f, g, h, i) \
	{d, a}, {d, b}, {d, c}, {d, e}, {d, f}, {d, g}, {d, h}, {d, i},
#define ROW(d) \
	PAIRS(d, 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H') \
	PAIRS(d, 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P') \
	PAIRS(d, 'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X') \
	PAIRS(d, 'Y', 'Z', 'a', 'b', 'c', 'd', 'e', 'f') \
	PAIRS(d, 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n') \
	PAIRS(d, 'o', 'p', 'q', 'r', 's', 't', 'u', 'v') \
	PAIRS(d, 'w', 'x', 'y', 'z', '0', '1', '2', '3') \
	PAIRS(d, '4', '5', '6', '7', '8', '9', '+', '/')
#define ROWS(a, b, c, d, e, f, g, h) \
	ROW(a) ROW(b) ROW(c) ROW(d) ROW(e) ROW(f) ROW(g) ROW(h)

static const char pair[1 << 12][2] = {
	ROWS('A', 'B', 'C', 'D', 'E', 'F', 'G', 'H')
	ROWS('I', 'J', 'K', 'L', 'M', 'N', 'O', 'P')
	ROWS('Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X')
	ROWS('Y', 'Z', 'a', 'b', 'c', 'd', 'e', 'f')
	ROWS('g', 'h', 'i', 'j', 'k', 'l', 'm', 'n')
	ROWS('o', 'p', 'q', 'r', 's', 't', 'u', 'v')
	ROWS('w', 'x', 'y', 'z', '0', '1', '2', '3')
	ROWS('4', '5', '6', '7', '8', '9', '+', '/')
};

/* The digits of the highest 24 bits of v. */
static inline void
put_digits(char text[4], uint64_t v)
{
	memcpy(text, pair[v >> 52], 2);
	memcpy(text + 2, pair[v >> 40 & 4095], 2);
}

/* The 20 bytes of a digest, whose words are in state, make 28 digits, the last
 * of which says that a byte is missing. */
static void
put_digest(char text[CID_DIGITS], const uint32_t state[5])
{
	uint64_t a = (uint64_t)state[0] << 32 | state[1];
	uint64_t b = (uint64_t)state[2] << 32 | state[3];

	put_digits(text, a);
	put_digits(text + 4, a << 24);
	put_digits(text + 8, a << 48 | b >> 16);
	put_digits(text + 12, b << 8);
	put_digits(text + 16, b << 32);
	put_digits(text + 20, b << 56 | (uint64_t)state[4] << 24);
	put_digits(text + 24, (uint64_t)state[4] << 48);
	text[27] = '=';
}

static void
hash_block(struct cid *c, const uint8_t *block)
{
	c->state[0] = 0x67452301;
	c->state[1] = 0xefcdab89;
	c->state[2] = 0x98badcfe;
	c->state[3] = 0x10325476;
	c->state[4] = 0xc3d2e1f0;
	nettle_sha1_compress(c->state, block);
}

/* Has the protocol ports, and is their order that of a question and its
 * answer? */
static bool
has_ports(uint8_t proto)
{
	return proto == PROTO_TCP || proto == PROTO_UDP ||
	    proto == PROTO_SCTP || proto == PROTO_ICMP ||
	    proto == PROTO_ICMP6;
}

/* ICMP without an answer has one direction: nothing is swapped. */
static bool
is_one_way(uint8_t proto, uint16_t type, uint16_t counterpart)
{
	return (proto == PROTO_ICMP || proto == PROTO_ICMP6) &&
	    (type > UINT8_MAX ||
	    icmp_counterpart(proto, (uint8_t)type) != counterpart);
}

static void
hash_any(struct cid *c, const struct ends *e)
{
	uint8_t block[SHA1_BLOCK_SIZE] = {0};
	size_t n = 2;

	n += put_addr(block + n, e->addr[0], e->mapped);
	n += put_addr(block + n, e->addr[1], e->mapped);
	block[n++] = e->proto;
	block[n++] = 0;
	if (has_ports(e->proto)) {
		n += put_port(block + n, e->port[0]);
		n += put_port(block + n, e->port[1]);
	}
	block[n] = ONE_BIT;
	put_port(block + LENGTH_AT, (uint16_t)(8 * n));
	hash_block(c, block);
}

/* What is stored in one go. */
typedef uint64_t two_words __attribute__((vector_size(16)));

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define IN_ORDER(v) __builtin_bswap64(v)
#else
#define IN_ORDER(v) (v)
#endif

/* An IPv4 address and a port, in the order of ends. */
static uint64_t
number_of(const struct addr *a, uint16_t port)
{
	return (uint64_t)a->b[12] << 40 | (uint64_t)a->b[13] << 32 |
	    (uint64_t)a->b[14] << 24 | (uint64_t)a->b[15] << 16 | port;
}

/* The same of two IPv4 addresses and ports, as most are: a buffer of 16 bytes.
 * The processor's instructions for SHA-1 load as many at once, and would wait
 * until what was stored in smaller pieces has left for the cache, and all that
 * came before it, too: 11 of 130 ns a record.
 * Which end is the lower one is not foretold: they are swapped without a
 * branch. */
static void
hash_ipv4(struct cid *c, uint64_t from, uint64_t to, uint8_t proto, bool swap)
{
	uint64_t change = (from ^ to) & (0 - (uint64_t)swap);
	uint64_t low = from ^ change, high = to ^ change;
	two_words block[SHA1_BLOCK_SIZE / sizeof(two_words)] = {
		{IN_ORDER((low & ~UINT64_C(0xffff)) | high >> 32),
		    IN_ORDER(high >> 16 << 48 | (uint64_t)proto << 40 |
		    (low & 0xffff) << 16 | (high & 0xffff))},
		{IN_ORDER((uint64_t)ONE_BIT << 56), 0},
		{0, 0},
		{0, IN_ORDER(8 * sizeof(two_words))}
	};

	hash_block(c, (const uint8_t *)block);
}

static void
hash_others(struct cid *c, const struct addr *src, const struct addr *dst,
    uint8_t proto, uint16_t sport, uint16_t dport, bool mapped)
{
	int order = memcmp(src->b, dst->b, sizeof src->b);
	bool swap = (order > 0 || (order == 0 && sport > dport)) &&
	    !is_one_way(proto, sport, dport);
	struct ends e = {
		.addr = {swap ? dst : src, swap ? src : dst},
		.port = {swap ? dport : sport, swap ? sport : dport},
		.proto = proto, .mapped = mapped
	};

	hash_any(c, &e);
}

void
cid_hash(struct cid *c, const struct addr *src, const struct addr *dst,
    uint8_t proto, uint16_t sport, uint16_t dport, bool mapped)
{
	uint64_t from = number_of(src, sport), to = number_of(dst, dport);

	if (addr_is4(src) && addr_is4(dst) && !mapped && has_ports(proto))
		hash_ipv4(c, from, to, proto, (from > to) &
		    !is_one_way(proto, sport, dport));
	else
		hash_others(c, src, dst, proto, sport, dport, mapped);
}

char *
cid_put(char *p, const struct cid *c)
{
	memcpy(p, "1:", 2);
	put_digest(p + 2, c->state);
	return p + CID_TEXT - 1;
}

void
cid_format(char text[CID_TEXT], const struct addr *src,
    const struct addr *dst, uint8_t proto, uint16_t sport, uint16_t dport)
{
	struct cid c;

	cid_hash(&c, src, dst, proto, sport, dport, false);
	*cid_put(text, &c) = '\0';
}
