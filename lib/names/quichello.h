/*
 * quichello: the ClientHello that QUIC's CRYPTO frames carry (RFC 9000 section
 * 19.6), in pieces, in any order, over one packet or several.
 */
#ifndef QUICHELLO_H
#define QUICHELLO_H

#include <stdbool.h>
#include <stdint.h>

#include "names/quicpacket.h"
#include "packet/bytes.h"

/* What lies behind that many bytes is left away. */
enum { QUICHELLO_MOST = 4096 };

struct quichello {
	struct quicid id;		/* of the connection's first packet */
	uint8_t byte[QUICHELLO_MOST];
	uint8_t have[QUICHELLO_MOST / 8];	/* a bit for each byte */
};

void quichello_begin(struct quichello *, const struct quicid *);

/* Adds what the frames of a packet carry, up to one that does not belong into
 * an Initial packet. */
void quichello_add(struct quichello *, struct bytes frames);

/* What there is of it from its first byte on without a gap. */
struct bytes quichello_bytes(const struct quichello *);

#endif
