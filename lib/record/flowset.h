/*
 * flowset: flows that are asked for, each a tuple, VLANs and a span of time.
 * Who does not look at VLANs leaves them 0 in all packets.
 *
 * Add them all, seal, then ask for packets.  An open hash table of tuples over
 * an array of the flows in order of tuple and start; of one tuple the flow
 * is found by bisection, so that many flows of one tuple cost no more than
 * their logarithm.  80 bytes a flow, and up to 16 of table.
 */
#ifndef FLOWSET_H
#define FLOWSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hash.h"
#include "packet/packet.h"

/* A tuple, the lower endpoint first, in some order. */
struct flowset_tuple {
	uint32_t word[HASH_WORDS];	/* ends, ports, protocol and VLANs */
	uint32_t vlans;
};

struct flowset_flow {
	struct flowset_tuple tuple;
	int64_t start, end;
	int64_t reach;			/* latest end of this and those of the
					   tuple before it */
	bool met;			/* a packet was its */
};

struct flowset {
	struct hash_line_key key;
	struct flowset_flow *flow;
	size_t n, cap;
	uint32_t *cell;			/* 1 + the first flow of a tuple, or
					   0 */
	size_t cells;			/* a power of two */
};

/* A flow with the ends, protocol, VLANs and start (t_ns) of the packet. */
void flowset_add(struct flowset *, const struct packet *, int64_t end);
void flowset_seal(struct flowset *);
void flowset_free(struct flowset *);

/* Is the packet, whichever of the two ends sent it, of a flow in the set, or
 * no more than late_ns behind the end of one? */
bool flowset_holds(struct flowset *, const struct packet *, int64_t late_ns);

/* Flows that no packet was of. */
size_t flowset_unmet(const struct flowset *);

#endif
