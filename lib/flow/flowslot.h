/*
 * flowslot: how the flow table holds a flow, in one line of the cache.  A flow of
 * one packet is that packet; for the second a struct flow is made.
 */
#ifndef FLOWSLOT_H
#define FLOWSLOT_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "flow/flow.h"
#include "base/pool.h"

/* Marks of an entry.  Ends that have sent FIN go by the order of the
 * endpoints, since a piece may begin at the other end. */
enum {
	FLOWSLOT_FIN_LOW = 1, FLOWSLOT_FIN_HIGH = 2, FLOWSLOT_FIN_BOTH = 3,
	FLOWSLOT_LISTED = 4,		/* packets can find it */
	FLOWSLOT_FULL = 8,			/* `flow` tells all */
	FLOWSLOT_LATER = 16,		/* its packet is a later fragment */
	FLOWSLOT_PASSED = 32		/* the tuple's next flow has begun */
};

/* One line of the cache.  A flow of one packet is held as that packet. */
struct flowslot {
	struct addr src, dst;
	uint16_t sport, dport;
	uint8_t proto;
	uint8_t marks;
	uint8_t tcp_flags;		/* of one packet */
	uint8_t seen;			/* bytes of it in first[] */
	int64_t end;			/* time of the latest packet */
	uint32_t hash;			/* the table's */
	uint32_t length;		/* of one packet */
	union {
		struct flow *flow;
		uint8_t first[MSGSTATS_BYTES];
	} as;
};

_Static_assert(sizeof(struct flowslot) == 64, "an entry is a cache line");

/* Of more than one packet. */
struct full {
	struct flow flow;
	struct few few;			/* only where features are wanted */
};

/* A flow that has ended.  It owns what its entry leads to. */
struct ended {
	struct flowslot entry;
	enum flow_why why;
};

/* The flow, complete with `why`; in *one if it had but one packet. */
struct flow *ended_flow(struct ended *, struct full *one, bool with_features);

/* Memory that flows need no more, for others: struct full, and blocks of
 * features. */
struct spare {
	struct pool_chain flows, blocks;
};

/* Frees what it owns; adds to the spare. */
void ended_free(struct ended *, struct spare *);

/* Sets all but hash; the marks are none, or that of a later fragment. */
void flowslot_begin(struct flowslot *, const struct packet *);

/* From now on `flow` tells all. */
void flowslot_make_full(struct flowslot *, struct full *, bool with_features);

/* What has ended it, as far as that is known. */
static inline enum flow_why
flowslot_why(const struct flowslot *e)
{
	if (e->marks & FLOWSLOT_FULL)
		return (enum flow_why)e->as.flow->why;
	if (e->proto == PROTO_TCP && e->tcp_flags & TCP_RST)
		return WHY_RST;
	return e->marks & FLOWSLOT_PASSED ? WHY_IDLE : WHY_OPEN;
}

static inline int64_t
flowslot_start(const struct flowslot *e)
{
	return e->marks & FLOWSLOT_FULL ? e->as.flow->start : e->end;
}

/* Is the packet of the flow's tuple, and which side sent it? */
static inline bool
flowslot_holds(const struct flowslot *e, const struct packet *p,
    enum flow_side *side)
{
	*side = REVERSE;
	if (p->proto != e->proto)
		return false;
	if (p->sport == e->sport && p->dport == e->dport &&
	    memcmp(&p->src, &e->src, 16) == 0 &&
	    memcmp(&p->dst, &e->dst, 16) == 0)
		*side = FORWARD;
	return *side == FORWARD || (p->sport == e->dport &&
	    p->dport == e->sport && memcmp(&p->src, &e->dst, 16) == 0 &&
	    memcmp(&p->dst, &e->src, 16) == 0);
}

/* Is the sender's endpoint the lower of the two, in some order? */
static inline bool
flowslot_sender_is_low(const struct packet *p)
{
	uint64_t s[2], d[2];

	memcpy(s, &p->src, sizeof s);
	memcpy(d, &p->dst, sizeof d);
	if (s[0] != d[0])
		return s[0] < d[0];
	return s[1] != d[1] ? s[1] < d[1] : p->sport <= p->dport;
}

/* A FIN or RST that the packet has. */
void flowslot_note_teardown(struct flowslot *, const struct packet *);

/* As for qsort: end, start, tuple. */
int flowslot_compare(const struct flowslot *, const struct flowslot *);

#endif
