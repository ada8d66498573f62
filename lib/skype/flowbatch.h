/*
 * flowbatch: UDP flows on their way to the endpoints.  Their endpoints are
 * looked up some flows later, when the memory has come that it takes.
 */
#ifndef FLOWBATCH_H
#define FLOWBATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "skype/endpoints.h"
#include "skype/skypeflow.h"

enum { FLOWBATCH_FLOWS = 32 };

struct flowbatch_end {
	struct addr addr;
	uint16_t port;
	uint32_t id;			/* its number, once added */
};

struct flowbatch_flow {
	struct flowbatch_end end[2];
	size_t row;			/* as the caller numbers rows */
	uint64_t pkts[2];
	struct sign sign[2];
	struct call_kind call;
};

struct flowbatch {
	struct flowbatch_flow flow[FLOWBATCH_FLOWS];
	size_t n;
};

/* Takes what the endpoints need of a flow; there has to be room. */
void flowbatch_hold(struct flowbatch *, const struct endpoints *,
    const struct skypeflow *, size_t row);

static inline bool
flowbatch_is_full(const struct flowbatch *b)
{
	return b->n == FLOWBATCH_FLOWS;
}

/* Adds what both ends of each flow sent to what is known of them.  The caller
 * may then read the numbers of the ends, and empties the batch: n = 0. */
void flowbatch_add(struct flowbatch *, struct endpoints *);

#endif
