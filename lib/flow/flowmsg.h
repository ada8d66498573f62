/*
 * flowmsg: the messages of a flow as they came, those of both directions
 * together: the first few beside the flow, the others in blocks.  When there
 * are about FLOWMSG_MOST, they are counted, each direction's in its tally, and
 * others take their places.
 *
 * A message is held without its time.  Of times only the spans of voice windows
 * are needed, and each is held as an entry of its own, before the message that
 * fills the window.
 */
#ifndef FLOWMSG_H
#define FLOWMSG_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/fetch.h"
#include "base/pool.h"
#include "flow/flow.h"

enum {
	FLOWMSG_BLOCK = 20, FLOWMSG_BLOCKS = 12,
	FLOWMSG_MOST = (int)FLOW_FEW + FLOWMSG_BLOCK * FLOWMSG_BLOCKS
};

/* Four lines of the cache. */
struct msgblock {
	struct msgblock *before;	/* of the same flow; NULL: none */
	struct heldmsg entry[FLOWMSG_BLOCK];
};

_Static_assert(FLOWMSG_MOST <= UINT8_MAX, "flow.held has room for them");

/* Where the flow's next entry goes; NULL: that will be a new block. */
static inline struct heldmsg *
flowmsg_place(const struct flow *f)
{
	unsigned n = f->held;

	if (n < FLOW_FEW)
		return &f->few->entry[n];
	n = (n - FLOW_FEW) % FLOWMSG_BLOCK;
	return n > 0 ? &f->block->entry[n] : NULL;
}

/* Adds the message of a packet that the side sent.  There has to be room: a
 * full flow is to be counted, or its messages taken, at once.  blocks may be
 * NULL for a flow of FLOW_FEW messages at most. */
void flowmsg_add(struct flow *, enum flow_side, const struct packet *,
    struct pool *blocks);

/* A message may take two entries. */
static inline bool
flowmsg_is_full(const struct flow *f)
{
	return f->held + 2 > FLOWMSG_MOST;
}

/* Asks for what is held, but for all blocks but one. */
static inline void
flowmsg_fetch(const struct flow *f)
{
	fetch_soon(f->few, sizeof *f->few);
	if (f->block != NULL)
		fetch_soon(f->block, sizeof *f->block);
}

/* Counts what is held; the blocks remain until flow_clear. */
void flowmsg_count(struct flow *);

/* The same in two steps, of which the second may be another thread's: it
 * alone looks at the tallies, and the blocks go to the chain. */
struct flowmsg_taken {
	struct msgtally **tally;	/* of both sides */
	struct msgblock *block;
	struct heldmsg few[FLOW_FEW];
	uint8_t held;
	uint8_t proto;
};

struct flowmsg_taken flowmsg_take(struct flow *);
void flowmsg_count_taken(const struct flowmsg_taken *,
    struct pool_chain *blocks);

/* Adds all to the chain. */
void flowmsg_free(struct msgblock *, struct pool_chain *blocks);

/* An entry that is no span, of a flow of that protocol. */
static inline void
flowmsg_read(struct message *m, const struct heldmsg *e, uint8_t proto)
{
	memcpy(m->first, e->first, sizeof m->first);
	m->length = e->length;
	m->proto = proto;
	m->seen = e->seen;
}

/* What is held, of one side by itself. */
struct flowmsg_side {
	unsigned messages, spans;
	struct message message[FLOWMSG_MOST];
	int64_t span_ns[FLOWMSG_MOST / MSGSTATS_WINDOW + 1];
};

void flowmsg_part(const struct flow *, struct flowmsg_side side[2]);

#endif
