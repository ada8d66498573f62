/*
 * endsums: what the UDP source flows of one endpoint, and the answers to
 * them, say of it, in sums: evidence of disjoint sets of flows adds.  What
 * comes unasked says nothing: anybody may send anything to a client.
 */
#ifndef ENDSUMS_H
#define ENDSUMS_H

#include <stdbool.h>
#include <stdint.h>

#include "skype/sign.h"

struct endsums {
	uint64_t flows;		/* source flows: those in which it sent */
	uint64_t sig;		/* … that look like signaling */
	uint64_t call;		/* … of calls */
	uint64_t msgs;		/* packets it sent in all of them */
	uint64_t answers;	/* source flows that came back, of no call */
	uint64_t asig;		/* … that look like signaling */
	uint64_t fun[16];	/* signs of sig and asig */
	uint64_t nib[MSGSTATS_NIBBLES][16];	/* … and of all but calls */
};

void endsums_add_sign(struct endsums *, const struct sign *);

#endif
