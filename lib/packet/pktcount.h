/*
 * pktcount: where all packets went.  Each that was read is in one term of
 *
 *	packets = in flows + not IP + other transport + fragments without a
 *	    first + duplicates + other shard + malformed
 */
#ifndef PKTCOUNT_H
#define PKTCOUNT_H

#include <stdbool.h>
#include <stdint.h>

#include "packet/decode.h"

/* Without -D copies count as suspects when they come within this time. */
enum { PKTCOUNT_SUSPECT_MS = 5 };

struct pktcount {
	uint64_t verdict[DECODE_VERDICTS];	/* DECODE_FLOW: the sum of … */
	uint64_t in_flows, other_shard;
	uint64_t duplicates;		/* … these, with it if dropped */
	uint64_t unreachable;		/* ICMP errors that quote a flow's */
	bool dropped;			/* they are (-D); or only look so */
};

/* These terms, in that order, and what they are called. */
enum { PKTCOUNT_TERMS = 7 };

extern const char *const pktcount_term[PKTCOUNT_TERMS];

void pktcount_terms(const struct pktcount *, uint64_t term[PKTCOUNT_TERMS]);

void pktcount_add(struct pktcount *, const struct pktcount *);

/* Tells it on standard error. */
void pktcount_print(const struct pktcount *, struct decode_counts);

/* Warns there if most packets were cut before their ports. */
void pktcount_warn(const struct pktcount *, struct decode_counts);

#endif
