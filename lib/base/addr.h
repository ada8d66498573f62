/*
 * addr: IP addresses and sets of networks.
 */
#ifndef ADDR_H
#define ADDR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Both families in one form: IPv4 as IPv4-mapped IPv6 (RFC 4291 2.5.5.2),
 * network byte order.  Compare with memcmp. */
struct addr {
	uint8_t b[16];
};

enum { ADDR_TEXT = 46 };	/* longest text form and its NUL */

static inline bool
addr_is4(const struct addr *a)
{
	static const uint8_t mapped[12] = {[10] = 0xff, [11] = 0xff};

	return memcmp(a->b, mapped, sizeof mapped) == 0;
}

/* b: 4 or 16 bytes in network order. */
static inline struct addr
addr_from4(const uint8_t *b)
{
	return (struct addr){{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff,
	    b[0], b[1], b[2], b[3]}};
}

struct addr addr_from6(const uint8_t *b);

/* Text as inet_pton reads it; an IPv4-mapped address becomes IPv4. */
bool addr_parse(const char *s, size_t n, struct addr *);

/* Writes the text inet_ntop would, with a NUL; returns its length. */
size_t addr_format(const struct addr *, char text[ADDR_TEXT]);

/* Group and broadcast addresses, and the unspecified one: never a peer.
 * (224.0.0.0/4, 255.255.255.255, ff00::/8, 0.0.0.0, ::) */
bool addr_is_group(const struct addr *);

/* Addresses that agree with base where mask has ones; both as they lie in
 * struct addr. */
struct net {
	uint64_t base[2], mask[2];
};

/* The n bytes at s in CIDR form; a lone address is itself. */
bool net_parse(const char *s, size_t n, struct net *);

bool net_holds(const struct net *, const struct addr *);

struct nets {
	size_t n;
	struct net *net;
};

/* A set of networks separated by commas or blanks.  NULL stands for the
 * private, unique-local and link-local ranges (RFC 1918, 4193, 3927, 4291) and
 * loopback.  Returns false and sets *bad to the word at fault (it stays inside
 * the text).  Of nothing but blanks this is its end; a lone comma is the empty
 * set. */
bool nets_parse(struct nets *, const char *text, const char **bad);

/* The same, added to what the set holds already. */
bool nets_add(struct nets *, const char *text, const char **bad);

bool nets_hold(const struct nets *, const struct addr *);

#endif
