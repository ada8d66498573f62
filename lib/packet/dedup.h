/*
 * dedup: is this packet one just seen, seen again?
 *
 * A mirror port that copies both legs of a link delivers each packet twice
 * within moments.  A packet is a duplicate if one that shares with it all that
 * switches and routers leave alone came not more than `within_ns` before it:
 * addresses, ports, IP id, length, place among fragments, TCP's numbers, flags,
 * and options, and the first bytes of the payload.  Not compared are
 * TTL, VLAN and MAC, which differ on the two legs, and checksums, which network
 * cards fill in.  Of a run of copies each is compared with the one before it.
 *
 * Of copies that were cut at different places, by a VLAN tag of up to 16 bytes,
 * what both have of the payload is compared.
 *
 * Memory: the packets of the last within_ns, 120 bytes each, at most
 * DEDUP_MOST of them.
 */
#ifndef DEDUP_H
#define DEDUP_H

#include <stdbool.h>
#include <stdint.h>

#include "packet/packet.h"

enum { DEDUP_MOST = 1 << 20 };

struct dedup;

struct dedup *dedup_new(int64_t within_ns);
void dedup_free(struct dedup *);

/* Call once for each packet, in order; true if it is a duplicate. */
bool dedup_seen(struct dedup *, const struct packet *);

#endif
