/*
 * frag: which flow the later fragments of an IP datagram belong to.
 *
 * The first fragment has the ports.  It is remembered for 30 s (what Linux
 * waits for the rest of an IPv4 datagram), of IPv6 for 60 s (RFC 8200, 4.5),
 * and when more than FRAG_MOST came after it, no longer.  Later fragments that
 * come before their first are remembered too, FRAG_HELD of a datagram and
 * FRAG_RING of all; when the first comes they are told again.
 *
 * Of TCP, bytes of a header that goes on in later fragments are no payload,
 * and what was there before is not counted again: the first wins.  While four
 * fragments are missing at most this is exact, whatever their order.
 */
#ifndef FRAG_H
#define FRAG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/addr.h"
#include "packet/bytes.h"
#include "packet/ip.h"
#include "packet/packet.h"

enum { FRAG_MOST = 1 << 18, FRAG_RING = 1 << 13, FRAG_HELD = 64 };

/* What all fragments of a datagram have in common (RFC 791; RFC 8200 4.5,
 * where proto is 0, for later fragments need not repeat it). */
struct frag_key {
	struct addr src, dst;
	uint32_t id;
	uint32_t proto;
};

/* A first fragment on the way to its ports. */
struct frag_first {
	struct frag_key key;
	uint32_t length;	/* bytes behind the IP header */
	uint8_t proto;		/* of what is behind it */
	uint8_t header;		/* TCP: bytes of its header */
	bool is4;
};

struct frag;

struct frag *frag_new(void);
void frag_free(struct frag *);

struct frag_first frag_first(const struct ip *, const struct bytes *);

/* The flow of a first fragment is that of the packet; if later ones were held,
 * packet->extra is set. */
void frag_put(struct frag *, const struct frag_first *, struct packet *);

/* Makes a packet of a later fragment; false, and it is held if `hold`, when
 * its first has not come. */
bool frag_later(struct frag *, const struct ip *, const struct bytes *,
    int64_t t_ns, bool hold, struct packet *);

/* The next of the fragments that were held for the one just put; false behind
 * the last. */
bool frag_held(struct frag *, struct packet *);

/* Fragments that covered bytes once more. */
uint64_t frag_overlaps(const struct frag *);

#endif
