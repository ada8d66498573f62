/*
 * flow: what is known of one flow, or of one piece of it.
 *
 * Arrays of two are by side: FORWARD is the initiator's direction, REVERSE
 * the responder's.  A time that is not known is TIME_NONE, which is less
 * than every time.
 */
#ifndef FLOW_H
#define FLOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/addr.h"
#include "base/pool.h"
#include "flow/msgstats.h"
#include "packet/packet.h"

enum flow_side { FORWARD, REVERSE };

struct flowmore;
struct msgblock;

enum flow_why {
	WHY_OPEN, WHY_IDLE, WHY_FIN, WHY_RST, WHY_ACTIVE, WHY_EVICT, WHY_EOF,
	WHY_SYN,		/* the tuple's next flow began with one */
	WHY_VALUES
};

enum flow_dir {
	FLOW_UNKNOWN, FLOW_OUT, FLOW_IN, FLOW_INT, FLOW_EXT, FLOW_DIRS
};

/* TCP flags of a direction, in the order of their letters, SHAFRPUEC. */
enum {
	FLAG_S = 1, FLAG_H = 2, FLAG_A = 4, FLAG_F = 8, FLAG_R = 16,
	FLAG_P = 32, FLAG_U = 64, FLAG_E = 128, FLAG_C = 256
};
#define FLAG_LETTERS "SHAFRPUEC"

/* Behind its tear-down packets without S belong to a TCP flow for this
 * long. */
#define FLOW_STRAGGLE_NS INT64_C(60000000000)

/* A message that is held, flowmsg.h, in 12 bytes. */
enum { HELDMSG_LENGTH = (1 << 20) - 1 };

struct heldmsg {
	uint8_t first[MSGSTATS_BYTES];
	unsigned length : 20;
	unsigned seen : 4;		/* bytes of it in first[] */
	unsigned side : 1;		/* its sender's */
	unsigned is_span : 1;		/* no message: a window's, ns */
};

/* A line of the cache: the first messages, of both directions, and when the
 * windows began that are filling. */
enum { FLOW_FEW = 4 };

struct flow_few {
	int64_t window_ns[2];
	struct heldmsg entry[FLOW_FEW];
};

/* What every packet changes stands first. */
struct flow {
	int64_t start;			/* of the earliest packet */
	int64_t last[2];
	uint64_t pkts[2], bytes[2];
	int64_t reply, turn;
	struct msgblock *block;		/* its latest; NULL: few has all */
	struct flow_few *few;		/* the caller's; NULL: none are held */
	struct flowmore *more;		/* the caller's; NULL: none */
	uint8_t held;			/* entries, flowmsg.h */
	bool has_isn;			/* `isn` is known */
	uint16_t flags[2];
	uint8_t why;			/* enum flow_why */
	uint8_t dir;			/* enum flow_dir */
	uint8_t proto;
	uint8_t kind;			/* enum packet_kind */
	uint8_t in_window[2];		/* messages of those that fill */
	uint32_t isn;			/* the initiator's first number */
	uint64_t unreach;		/* ICMP errors that quote it */
	uint16_t sport, dport;
	struct addr src, dst;		/* initiator, responder */
	int64_t ask, ask2;
	struct msgtally *tally[2];	/* NULL: none are counted */
};

_Static_assert(sizeof(struct flow) <= 192 && sizeof(struct flow_few) == 64,
    "lines of the cache");

enum { FLOW_HEAD = offsetof(struct flow, sport) };	/* what changes */

/* Time of the latest packet. */
static inline int64_t
flow_end(const struct flow *f)
{
	return f->last[0] > f->last[1] ? f->last[0] : f->last[1];
}

/* Is the packet from the initiator to the responder? */
static inline bool
flow_has_ends(const struct flow *f, const struct packet *p)
{
	return f->sport == p->sport && f->dport == p->dport &&
	    memcmp(&f->src, &p->src, sizeof f->src) == 0 &&
	    memcmp(&f->dst, &p->dst, sizeof f->dst) == 0;
}

/* FIN and RST end a flow, and so does another one's SYN; only stragglers can
 * follow. */
static inline bool
flow_why_closes(enum flow_why why)
{
	return why == WHY_FIN || why == WHY_RST || why == WHY_SYN;
}

static inline bool
flow_closed(const struct flow *f)
{
	return flow_why_closes((enum flow_why)f->why);
}

/* May what comes gap_ns behind the end of a flow, which `why` has ended or
 * not, be part of it?  syn: it has a SYN without ACK.  A gap below zero is
 * none. */
bool flow_continues(enum flow_why, int64_t gap_ns, bool syn,
    int64_t idle_ns);

/* A SYN in a flow that was silent for longer may begin the next flow. */
#define FLOW_SYN_GAP_NS INT64_C(1000000000)

/* The sender of a SYN with ACK is the responder; that of any other packet with
 * which a flow begins, the initiator. */
static inline bool
flow_is_answer(const struct packet *p)
{
	return p->proto == PROTO_TCP && (p->tcp_flags & (TCP_SYN |
	    TCP_ACK)) == (TCP_SYN | TCP_ACK);
}

/* The side of the packet with which a flow begins. */
static inline enum flow_side
flow_first_side(const struct packet *p)
{
	return flow_is_answer(p) ? REVERSE : FORWARD;
}

/* An empty flow that begins with the packet.  few: room for the first messages;
 * NULL: no features are wanted. */
void flow_begin(struct flow *, const struct packet *, struct flow_few *);

/* Counts a packet that the side sent; then the flow's messages may be full
 * (flowmsg.h).  blocks: where they are held, or NULL for a flow of FLOW_FEW
 * packets at most. */
void flow_add(struct flow *, enum flow_side, const struct packet *,
    struct pool *blocks);

/* Frees its tallies, not itself; its blocks go to the chain. */
void flow_clear(struct flow *, struct pool_chain *blocks);

/* Where a packet from src to dst goes, of two that are internal or not. */
enum flow_dir flow_direction(bool src_internal, bool dst_internal);

#endif
