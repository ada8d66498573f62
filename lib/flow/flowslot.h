/*
 * flowslot: how the flow table holds a flow.
 *
 * Most flows are one packet, some have a few messages, and a handful have
 * millions.  So a flow grows through four shapes:
 *
 *	slot (64 bytes, one line of the cache)
 *	+--------------------------------+
 *	| tuple, end, marks | as.first   |  1. one packet: the slot is it
 *	+--------------------------------+
 *	            | as.flow, from the second packet on
 *	            v
 *	flow_full (192 bytes, or 256 with features)
 *	+---------------------+----------+
 *	| struct flow         | flow_few |  2. up to 4 messages, as they are
 *	+---------------------+----------+
 *	            | flow.block, from the fifth message on
 *	            v
 *	msgblock (256 bytes) ---> msgblock  3. some 240 messages, as they are,
 *	            |             ...          20 in a block
 *	            | flow.tally[side], when there are more
 *	            v
 *	msgtally (2.5 KiB, and histograms  4. any number, counted
 *	that grow with what is in them)
 *
 * A flow of which more is wanted (flowmore), or whose key has VLANs, is a
 * flow_full from its first packet on, and its flow.more leads to a block of
 * the pool `more`.
 *
 * Who owns what.  Slots are the table's (flowlist) and are used again at once.
 * A flow_full comes from the table's pool `flows`, a msgblock from its pool
 * `blocks`; a msgtally comes from malloc.  When a flow ends, whoever
 * takes it gets a copy of the slot (struct flow_ended) and owns all that it
 * leads to, also in another thread; flow_ended_free frees it, and what came
 * from the pools is collected in a struct flow_spare, which goes back to the
 * table with flowtab_reuse.  The blocks of a flow that is full of messages may
 * be counted in another thread, too, before the flow is written: then that
 * thread owns them until they are spare, and it alone looks at the tallies.
 */
#ifndef FLOWSLOT_H
#define FLOWSLOT_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "flow/flow.h"
#include "base/pool.h"

/* Marks of a slot.  Ends that have sent FIN go by the order of the
 * endpoints, since a piece may begin at the other end. */
enum {
	FLOWSLOT_FIN_LOW = 1, FLOWSLOT_FIN_HIGH = 2, FLOWSLOT_FIN_BOTH = 3,
	FLOWSLOT_LISTED = 4,		/* packets can find it */
	FLOWSLOT_FULL = 8,		/* as.flow tells all */
	FLOWSLOT_LATER = 16,		/* its packet is a later fragment */
	FLOWSLOT_PASSED = 32,		/* the tuple's next flow has begun */
	FLOWSLOT_MAPPED = 64,		/* PACKET_MAPPED, … */
	FLOWSLOT_ONE_WAY = 128		/* … PACKET_ONE_WAY */
};

struct flowslot {
	struct addr src, dst;
	uint16_t sport, dport;
	uint8_t proto;
	uint8_t marks;
	uint8_t tcp_flags;		/* of one packet */
	uint8_t seen;			/* bytes of it in first[] */
	int64_t end;			/* time of the latest packet */
	uint32_t hash;			/* the table's */
	union {
		uint32_t length;	/* of one packet */
		uint32_t vlans;		/* of the key, if that has them */
	};
	union {
		struct flow *flow;
		uint8_t first[MSGSTATS_BYTES];	/* of a SYN without payload:
						   the initiator's number */
	} as;
};

_Static_assert(sizeof(struct flowslot) == 64, "a slot is a line of the cache");

/* Of more than one packet. */
struct flow_full {
	struct flow flow;
	struct flow_few few;		/* only where features are wanted */
};

/* A flow that has ended.  It owns what its slot leads to. */
struct flow_ended {
	struct flowslot slot;
	enum flow_why why;
};

/* The flow, complete with `why`; in *one if it had but one packet. */
struct flow *flow_ended_flow(struct flow_ended *, struct flow_full *one,
    bool with_features);

/* Memory that flows need no more, for others. */
struct flow_spare {
	struct pool_chain flows, blocks, more;
};

/* Adds all of the second, and empties it. */
static inline void
flow_spare_join(struct flow_spare *a, struct flow_spare *b)
{
	pool_join(&a->flows, &b->flows);
	pool_join(&a->blocks, &b->blocks);
	pool_join(&a->more, &b->more);
}

/* Frees what it owns; adds to the spare. */
void flow_ended_free(struct flow_ended *, struct flow_spare *);

/* Sets all but hash; the marks are none, or that of a later fragment. */
void flowslot_begin(struct flowslot *, const struct packet *,
    bool with_features);

/* From now on as.flow tells all. */
void flowslot_make_full(struct flowslot *, struct flow_full *,
    bool with_features);

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

static inline uint8_t
flowslot_kind(const struct flowslot *e)
{
	return e->marks >> 6;
}

_Static_assert(FLOWSLOT_MAPPED >> 6 == PACKET_MAPPED &&
    FLOWSLOT_ONE_WAY >> 6 == PACKET_ONE_WAY, "a slot's kind is the packet's");

/* Is the packet of the flow's tuple, and which side sent it?  Both sides are
 * compared, and all of each, without a branch: which it is is not foretold. */
static inline bool
flowslot_holds(const struct flowslot *e, const struct packet *p,
    enum flow_side *side)
{
	uint64_t src[2], dst[2], from[2], to[2], forward, reverse, rest;

	memcpy(src, &p->src, sizeof src);
	memcpy(dst, &p->dst, sizeof dst);
	memcpy(from, &e->src, sizeof from);
	memcpy(to, &e->dst, sizeof to);
	forward = (src[0] ^ from[0]) | (src[1] ^ from[1]) |
	    (dst[0] ^ to[0]) | (dst[1] ^ to[1]) |
	    (uint64_t)(p->sport ^ e->sport) | (uint64_t)(p->dport ^ e->dport);
	reverse = (src[0] ^ to[0]) | (src[1] ^ to[1]) |
	    (dst[0] ^ from[0]) | (dst[1] ^ from[1]) |
	    (uint64_t)(p->sport ^ e->dport) | (uint64_t)(p->dport ^ e->sport) |
	    (p->kind == PACKET_ONE_WAY);
	rest = (uint64_t)(p->proto ^ e->proto) |
	    (uint64_t)(p->kind ^ flowslot_kind(e));
	*side = (enum flow_side)(forward != 0);
	return ((forward | rest) != 0) + ((reverse | rest) != 0) < 2;
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

/* Does the packet, a SYN without ACK that comes behind a silence, begin the
 * next flow?  It does not if it is the flow's own SYN once more. */
bool flowslot_is_next(const struct flowslot *, enum flow_side,
    const struct packet *);

/* Notes the FIN or RST of the packet; the second, if it has one. */
void flowslot_tear_down(struct flowslot *, const struct packet *);

static inline void
flowslot_note_teardown(struct flowslot *e, const struct packet *p)
{
	if (p->tcp_flags & (TCP_FIN | TCP_RST))
		flowslot_tear_down(e, p);
}

/* As for qsort: end, start, tuple. */
int flowslot_compare(const struct flowslot *, const struct flowslot *);

#endif
