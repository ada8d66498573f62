/*
 * active: the flows that are going on, and their packets: turns the steps of
 * conversations into packets with headers, message numbers and payloads, and
 * tells each flow's truth when it begins.  Memory: about 170 bytes a flow.
 */
#ifndef ACTIVE_H
#define ACTIVE_H

#include <stddef.h>
#include <stdint.h>

#include "campus/conversation.h"
#include "campus/truth.h"
#include "campus/wire.h"

struct active {
	struct wire *wire;
	struct truth *truth;
	struct rand bytes;		/* payloads */
	uint16_t *number;		/* of each client's latest message */
	struct conversation *conversation;
	size_t conversations, conversation_cap;
	uint32_t *free;			/* places to use again */
	size_t frees, free_cap;
};

void active_open(struct active *, struct wire *, struct truth *,
    uint32_t clients, uint64_t seed);
void active_close(struct active *);

/* Takes a copy of a conversation that is complete, and starts it; its
 * place. */
uint32_t active_begin(struct active *, struct conversation *);

/* Sends the next packet of a place; the time of the one after it.  At
 * CONVERSATION_NEVER the place is given back. */
int64_t active_step(struct active *, uint32_t place);

#endif
