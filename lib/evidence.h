/*
 * evidence: what the UDP source flows of one endpoint say of it, in sums:
 * evidence of disjoint sets of flows adds.
 */
#ifndef EVIDENCE_H
#define EVIDENCE_H

#include <stdbool.h>
#include <stdint.h>

#include "srcflow.h"

struct evidence {
	uint64_t flows;		/* source flows: those in which it sent */
	uint64_t sig;		/* … that look like signaling */
	uint64_t call;		/* … of calls */
	uint64_t msgs;		/* packets it sent in all of them */
	uint64_t fun[16];	/* of the sig: their signs */
	uint64_t nib[FEATURE_NIBBLES][16];	/* of all that are no calls */
};

void evidence_add_sign(struct evidence *, const struct sign *);
void evidence_join(struct evidence *, const struct evidence *);

/* The rule of thumb: more than 5 source flows, > 80 % look like signaling
 * and > 95 % like signaling or a call, no nibble of 7 .. 16 nearly constant
 * (three quarters of one value). */
bool evidence_is_skype(const struct evidence *);

#endif
