/*
 * stage: the flows that are going on, and their packets: turns the steps of
 * talks into packets with headers, message numbers and payloads, and tells
 * each flow's truth when it begins.  Memory: about 170 bytes a flow.
 */
#ifndef STAGE_H
#define STAGE_H

#include <stddef.h>
#include <stdint.h>

#include "campus/conversation.h"
#include "campus/truth.h"
#include "campus/wire.h"

struct stage {
	struct wire *wire;
	struct truth *truth;
	struct rand bytes;		/* payloads */
	uint16_t *number;		/* of each client's latest message */
	struct talk *talk;
	size_t talks, talk_cap;
	uint32_t *free;			/* places to use again */
	size_t frees, free_cap;
};

void stage_open(struct stage *, struct wire *, struct truth *,
    uint32_t clients, uint64_t seed);
void stage_close(struct stage *);

/* Takes a copy of a talk that is complete, and starts it; its place. */
uint32_t stage_begin(struct stage *, struct talk *);

/* Sends the next packet of a place; the time of the one after it.  At
 * TALK_NEVER the place is given back. */
int64_t stage_step(struct stage *, uint32_t place);

#endif
