#include "record/cid.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include <nettle/base64.h>
#include <nettle/sha1.h>

#include "packet/icmp.h"
#include "packet/packet.h"

/* The specification's buffer: seed, two addresses, protocol, a zero byte,
 * two ports.  It is at most 40 bytes, so SHA-1 (FIPS 180-4) has one block:
 * the buffer, a one bit, zeros, and its length in bits. */
enum { ONE_BIT = 0x80, LENGTH_AT = SHA1_BLOCK_SIZE - 2 };

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

static void
put_be32(uint8_t *p, uint32_t v)
{
	p[0] = (uint8_t)(v >> 24);
	p[1] = (uint8_t)(v >> 16);
	p[2] = (uint8_t)(v >> 8);
	p[3] = (uint8_t)v;
}

/* Of the n bytes at block, the others of which are zero. */
static void
sha1_of(uint8_t digest[SHA1_DIGEST_SIZE], uint8_t block[SHA1_BLOCK_SIZE],
    size_t n)
{
	uint32_t state[5] = {
		0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0
	};

	block[n] = ONE_BIT;
	put_port(block + LENGTH_AT, (uint16_t)(8 * n));
	nettle_sha1_compress(state, block);
	for (int i = 0; i < 5; i++)
		put_be32(digest + 4 * i, state[i]);
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

void
cid_format_of(char text[CID_TEXT], const struct addr *src,
    const struct addr *dst, uint8_t proto, uint16_t sport, uint16_t dport,
    bool mapped)
{
	int order = memcmp(src->b, dst->b, sizeof src->b);
	bool swap = (order > 0 || (order == 0 && sport > dport)) &&
	    !is_one_way(proto, sport, dport);
	uint8_t block[SHA1_BLOCK_SIZE] = {0}, digest[SHA1_DIGEST_SIZE];
	size_t n = 2;

	n += put_addr(block + n, swap ? dst : src, mapped);
	n += put_addr(block + n, swap ? src : dst, mapped);
	block[n++] = proto;
	block[n++] = 0;
	if (has_ports(proto)) {
		n += put_port(block + n, swap ? dport : sport);
		n += put_port(block + n, swap ? sport : dport);
	}
	sha1_of(digest, block, n);
	memcpy(text, "1:", 2);
	base64_encode_raw(text + 2, sizeof digest, digest);
	text[CID_TEXT - 1] = '\0';
}

void
cid_format(char text[CID_TEXT], const struct addr *src,
    const struct addr *dst, uint8_t proto, uint16_t sport, uint16_t dport)
{
	cid_format_of(text, src, dst, proto, sport, dport, false);
}
