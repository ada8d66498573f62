/*
 * dedup: is this packet the one just seen, seen again?
 *
 * A mirror port that copies both legs of a link delivers each packet twice
 * within moments.  A packet is a duplicate if it is equal in 5-tuple, IP id,
 * length and checksum to the previous packet of its direction, and that came
 * not more than `within_ns` before it.  Of a run of copies each is compared
 * with the one before it.
 *
 * Memory: the packets of the last within_ns, 64 bytes each, at most
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
