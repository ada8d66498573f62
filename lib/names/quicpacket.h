/*
 * quicpacket: opens Initial packets of QUIC clients (RFC 9000, 9001; version
 * 2: RFC 9369; the drafts 23 to 34 before them).  They are encrypted with keys
 * that follow from a connection ID that stands in them, so whoever sees the
 * first packet can read it.
 */
#ifndef QUICPACKET_H
#define QUICPACKET_H

#include <stdbool.h>
#include <stdint.h>

#include "packet/bytes.h"

enum { QUICPACKET_ID = 20 };

struct quicid {
	uint8_t n, byte[QUICPACKET_ID];
};

/* Takes the next packet off a datagram; several may share one.  QUIC_NONE:
 * what is left is no packet of a version known; QUIC_SHUT: it was another
 * one, or not all of it is there, or no key fits; QUIC_OPEN: its frames are in
 * plain, which has room for as many bytes as the datagram has.
 * id: the keys' connection ID, the packet's own destination, or first, that of
 * the connection's first packet, which is tried then (NULL: there is none). */
enum quic_result { QUIC_NONE, QUIC_SHUT, QUIC_OPEN };
enum quic_result quicpacket_next(struct bytes *datagram,
    const struct quicid *first, uint8_t *plain, struct bytes *frames,
    struct quicid *id);

/* Takes a number of variable length (RFC 9000 section 16); false if not all of
 * it is there. */
bool quicpacket_number(struct bytes *, uint64_t *);

#endif
