/*
 * flowmsg: the messages of a flow as they came, those of both directions
 * together.  The first few have a place beside the flow; when more come, all
 * lie in blocks.  When there are FLOWMSG_MOST, they are counted, each
 * direction's in its tally, and others take their places.
 */
#ifndef FLOWMSG_H
#define FLOWMSG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/pool.h"
#include "flow/flow.h"

enum {
	FLOWMSG_BLOCK = 10, FLOWMSG_BLOCKS = 12,
	FLOWMSG_MOST = FLOWMSG_BLOCK * FLOWMSG_BLOCKS
};

/* Four lines of the cache. */
struct msgblock {
	struct msgblock *before;	/* of the same flow; NULL: none */
	struct message message[FLOWMSG_BLOCK];
};

_Static_assert((int)FLOW_FEW < (int)FLOWMSG_BLOCK && FLOWMSG_MOST < UINT8_MAX,
    "the few go into a block, and their number into a byte");

/* Where the flow's next message goes; NULL: that will be a new block. */
static inline struct message *
flowmsg_place(const struct flow *f)
{
	unsigned n = f->messages;

	if (f->block == NULL)
		return n < FLOW_FEW ? &f->few->message[n] : NULL;
	n %= FLOWMSG_BLOCK;
	return n > 0 ? &f->block->message[n] : NULL;
}

/* Adds the message of a packet that the side sent.  There has to be room: a
 * full flow is to be counted, or its messages taken, at once.  blocks may be
 * NULL for a flow of FLOW_FEW messages at most. */
void flowmsg_add(struct flow *, enum flow_side, const struct packet *,
    struct pool *blocks);

static inline bool
flowmsg_is_full(const struct flow *f)
{
	return f->messages == FLOWMSG_MOST;
}

/* Counts what is held; the blocks remain until flow_clear. */
void flowmsg_count(struct flow *);

/* The same, of a full flow, in two steps, of which the second may be another
 * thread's: it alone looks at the tallies, and its blocks go to the chain. */
struct flowmsg_taken {
	struct msgtally **tally;	/* of both sides */
	struct msgblock *block;
};

struct flowmsg_taken flowmsg_take(struct flow *);
void flowmsg_count_taken(const struct flowmsg_taken *,
    struct pool_chain *blocks);

/* Adds all to the chain. */
void flowmsg_free(struct msgblock *, struct pool_chain *blocks);

/* What is held, of each side by itself. */
struct flowmsg_sides {
	unsigned n[2];
	struct message message[2][FLOWMSG_MOST];
};

void flowmsg_part(const struct flow *, struct flowmsg_sides *);

#endif
