/*
 * state: what the parts of the synthetic campus share while it runs: its
 * clients, the pairs that have visits to come, the flows that are going on
 * and the heap of what happens next.
 */
#ifndef STATE_H
#define STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/heap.h"
#include "campus/active.h"
#include "campus/campus.h"
#include "campus/client.h"
#include "campus/peer.h"

enum { STATE_US = 1000000, STATE_BEGIN_S = 60 };

#define STATE_NONE UINT32_MAX

/* What stands in the heap: an event and the number of a thing: a flow that
 * is going on, a pair, a client and slot, nothing. */
enum state_event { STATE_PACKET, STATE_VISIT, STATE_BIRTH, STATE_NOISE };
enum { STATE_SHIFT = 30, STATE_SLOTS = 16 };

/* A pair of endpoints that has visits to come. */
struct pair {
	uint32_t client, space, number;
	uint16_t visits, left;
	uint8_t kind;			/* enum model_pair */
	bool inbound, hourly, long_first;
	uint32_t next_free;
};

struct state {
	const struct campus_options *options;
	const struct peers *peers;
	struct active active;
	struct heap heap;
	struct client *client;
	struct pair *pair;
	size_t pairs, pair_cap;
	uint32_t free_pair;
	uint32_t pool[MODEL_GROUPS * MODEL_TIERS];	/* endpoints in it */
	uint32_t fresh[PEER_SPACES];	/* endpoints used of each space */
	double bulk[MODEL_PAIRS];	/* parts of relayed flows due */
	double relaying;		/* super-nodes there should be for each
					   that there is */
	uint32_t bulks[MODEL_PAIRS];
	uint32_t calls[3], called[3];	/* of each enum client_caller: planned,
					   and begun */
	uint64_t flows;			/* that are Skype's */
	int64_t limit_us;
	struct rand rand;		/* what flows do not decide … */
	struct rand noise;		/* … of those that are not Skype's */
};

/* A time of the trace, in us from its begin, as time of the world. */
static inline int64_t
state_epoch_us(int64_t us)
{
	return MODEL_EPOCH_S * STATE_US + us;
}

/* Is there time for a flow that begins then?  Nothing begins in the last
 * STATE_BEGIN_S seconds. */
static inline bool
state_begins_in_time(const struct state *c, int64_t us)
{
	return state_epoch_us(us) + (int64_t)STATE_BEGIN_S * STATE_US <
	    c->limit_us;
}

/* A conversation between a client and a peer that begins at a time of the
 * world; what passes in it is for exchange.h to say. */
struct conversation state_conversation(struct state *, uint32_t client,
    const struct peer *, bool inbound, int64_t begin_us);

/* The same for other traffic, which has random streams of its own, so that
 * Skype's flows do not depend on it: number counts its flows. */
struct conversation state_noise(const struct state *, uint32_t client,
    const struct peer *, bool inbound, int64_t begin_us, uint64_t number);

/* Lets a conversation that is complete begin. */
void state_begin(struct state *, struct conversation *);

#endif
