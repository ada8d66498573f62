/*
 * flowtab: the flows that packets belong to, until they end.
 *
 * A packet belongs to the flow of its 5-tuple, either way round, if it comes
 * not more than idle_ns behind that flow's latest packet; if the flow was
 * closed by FIN both ways or RST, only if it has no S and comes within 60 s.
 * Otherwise it begins the tuple's next flow.
 *
 * Flows are handed over in order of expiry: end, start, tuple.  A flow that
 * ended otherwise (TCP) waits for its turn.  Pieces cut by the active timeout
 * and flows evicted from a full table are handed over at once.
 *
 * Time that runs backward: only the gap to the flow's own latest packet
 * counts, and that is never below zero.  A flow is handed over no sooner than
 * idle_ns and the clock's slack behind its end, so that such packets find their
 * flows, and with the others of the same tenth of a second.  They may blur the
 * order.  A packet whose clock is wrong (flowclock.h) is counted with its own
 * time; its flow, if that has an end far ahead of the clock, expires with those
 * that came next.
 *
 * Memory: 64 bytes for a flow of one packet, 8 for the list, 13 to 26 for the
 * hash table; from its second packet on 192 more, or with features 384, and
 * what msgstats.h says for each direction that has more than 4 messages.
 */
#ifndef FLOWTAB_H
#define FLOWTAB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "flow/flowclock.h"
#include "flow/flowindex.h"
#include "flow/flowmore.h"
#include "flow/flowslot.h"

struct flowtab_want {
	int64_t idle_ns;	/* TIME_INF: no limit */
	int64_t active_ns;	/* a flow is cut when it lasts longer;
				   TIME_INF: never */
	uint32_t most;		/* flows held; 0: no limit */
	bool features;		/* size, fun, nib, win are wanted */
	bool vlans;		/* VLANs are part of the key */
	struct flowmore_want more;
};

struct flowtab;

/* Who gets the flows.  What they free goes back to the table, at once or
 * later. */
struct flowtab_taker {
	/* A flow has ended, and why.  What the slot leads to is the taker's,
	 * not the slot. */
	void (*ended)(void *arg, const struct flowslot *, enum flow_why);
	/* A flow is full of messages: they are to be counted, or to be taken,
	 * and then counted before the flow is looked at. */
	void (*full)(void *arg, struct flow *);
	void *arg;
};

/* The clock is the caller's; flows expire by it. */
struct flowtab *flowtab_new(const struct flowtab_want *,
    const struct flowtab_taker *, const struct flowclock *);
void flowtab_free(struct flowtab *);

/* Empties the spare. */
void flowtab_reuse(struct flowtab *, struct flow_spare *);

/* Hands over what has expired.  To be called for every packet in the input,
 * whose time the clock has been told, so that a part of them meets the same
 * expiries. */
void flowtab_tick(struct flowtab *);

/* An ICMP error quotes the packet: if it is of a flow, that counts it. */
void flowtab_refuse(struct flowtab *, const struct packet *);

/* Packets are counted in three steps, so that nobody waits for memory: the
 * first, for some to come, works out their hashes, which another thread may do
 * that has the table's key; the second, to be called before each of them, in
 * order, works out where flows of later ones are likely to be, and asks for
 * these; the third is to be called for each when the clock has been told its
 * time. */
struct flowtab_hint {
	uint32_t hash;
	uint32_t slot;
};

struct flowindex_key flowtab_key(const struct flowtab *);
void flowtab_hash(const struct flowindex_key *, const struct packet *,
    size_t n, struct flowtab_hint *);
void flowtab_foresee(const struct flowtab *, struct flowtab_hint *, size_t n,
    size_t at);
void flowtab_put(struct flowtab *, const struct packet *,
    const struct flowtab_hint *);

/* Hands over all flows; the clock may have been told its end.  Then the table
 * can be freed, and take no packet. */
void flowtab_end(struct flowtab *);

uint32_t flowtab_held(const struct flowtab *);

#endif
