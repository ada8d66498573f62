#include "record/flowjoin.h"

#include <string.h>

#include "base/limit.h"
#include "base/num.h"

/*
 * Who spoke when: ask, reply, ask2, turn of two pieces together.
 */

/* A piece as the joined flow sees it: the sides are the flow's, but ask to
 * turn are told from the end that spoke first in the piece. */
struct piece_view {
	const struct flow *flow;
	enum flow_side opener;
};

struct moment {
	int64_t t;			/* TIME_NONE: never */
	bool certain;
};

static const struct moment never = {TIME_NONE, true};
static const struct moment unclear = {TIME_NONE, false};

static struct moment
moment_at(int64_t t)
{
	return (struct moment){t, t != TIME_NONE};
}

static struct moment
first_of(const struct piece_view *v, enum flow_side side)
{
	if (v->flow->pkts[side] == 0)
		return never;
	return moment_at(side == v->opener ? v->flow->start : v->flow->reply);
}

/* The side's last packet before the packet of the other side at t. */
static struct moment
last_before(const struct piece_view *v, enum flow_side side, int64_t t)
{
	const struct flow *f = v->flow;
	struct moment first = first_of(v, side);

	if (f->pkts[side] == 0)
		return never;
	if (t == (side == v->opener ? f->reply : f->turn))
		return moment_at(side == v->opener ? f->ask : f->ask2);
	if (f->last[side] < t)
		return moment_at(f->last[side]);
	if (first.certain && first.t > t)
		return never;
	if (side == v->opener && f->ask < t && t < f->turn)
		return moment_at(f->ask);
	/* Of two packets, the first and the last are all. */
	return f->pkts[side] == 2 ? first : unclear;
}

/* The side's first packet behind the packet of the other side at t. */
static struct moment
first_after(const struct piece_view *v, enum flow_side side, int64_t t)
{
	const struct flow *f = v->flow;
	struct moment first = first_of(v, side);

	if (f->pkts[side] == 0 || f->last[side] < t)
		return never;
	if (first.certain && first.t > t)
		return first;
	if (side == v->opener && f->turn != TIME_NONE &&
	    (f->reply == t || (f->ask < t && t < f->turn)))
		return moment_at(f->turn);
	return f->pkts[side] == 2 ? moment_at(f->last[side]) : unclear;
}

static struct moment
earlier_moment(struct moment a, struct moment b)
{
	if (!a.certain || !b.certain)
		return unclear;
	if (a.t == TIME_NONE || b.t == TIME_NONE)
		return a.t == TIME_NONE ? b : a;
	return a.t < b.t ? a : b;
}

static struct moment
later_moment(struct moment a, struct moment b)
{
	if (!a.certain || !b.certain)
		return unclear;
	return a.t > b.t ? a : b;
}

struct turns {
	int64_t ask, reply, ask2, turn;
};

/* Of pieces that overlap in time. */
static struct turns
turns_mixed(const struct piece_view *a, const struct piece_view *b)
{
	struct moment ask = never, ask2 = never, turn = never;
	struct moment reply = earlier_moment(first_of(a, REVERSE),
	    first_of(b, REVERSE));

	if (reply.t != TIME_NONE) {
		ask = later_moment(last_before(a, FORWARD, reply.t),
		    last_before(b, FORWARD, reply.t));
		turn = earlier_moment(first_after(a, FORWARD, reply.t),
		    first_after(b, FORWARD, reply.t));
	}
	if (turn.t != TIME_NONE)
		ask2 = later_moment(last_before(a, REVERSE, turn.t),
		    last_before(b, REVERSE, turn.t));
	return (struct turns){ask.t, reply.t, ask2.t, turn.t};
}

/* Of pieces of which b lies wholly behind a. */
static struct turns
turns_in_sequence(const struct piece_view *a, const struct piece_view *b)
{
	const struct flow *f = a->flow, *g = b->flow;
	struct turns t = {f->ask, f->reply, f->ask2, f->turn};
	bool same = b->opener == FORWARD;

	if (f->pkts[REVERSE] == 0) {
		if (g->pkts[REVERSE] == 0)
			return t;
		if (same)
			return (struct turns){g->ask, g->reply, g->ask2,
			    g->turn};
		return (struct turns){f->last[FORWARD], g->start, g->ask,
		    g->reply};
	}
	/* The initiator spoke behind the reply though turn is not known:
	 * then it stays so. */
	if (t.reply == TIME_NONE || t.turn != TIME_NONE ||
	    f->last[FORWARD] > t.reply || g->pkts[FORWARD] == 0)
		return t;
	t.ask2 = same ? f->last[REVERSE] : g->ask;
	t.turn = same ? g->start : g->reply;
	return t;
}

/* Does the piece begin with an answer, SYN and ACK?  Then ask is not known, and
 * turn is the initiator's first packet. */
static bool
is_answer_first(const struct flow *f)
{
	return f->reply != TIME_NONE && f->ask == TIME_NONE;
}

/* The initiator's first packet in the piece, and the responder's last before
 * it; TIME_NONE: there is none, or it is not known. */
static struct turns
first_turn(const struct piece_view *v, int64_t before)
{
	const struct flow *f = v->flow;
	struct turns t = {TIME_NONE, TIME_NONE, TIME_NONE, TIME_NONE};

	if (v->opener == FORWARD && !is_answer_first(f)) {
		t.ask2 = before;
		t.turn = f->start;
	} else if (v->opener == FORWARD) {
		t.ask2 = f->ask2;
		t.turn = f->turn;
	} else if (!is_answer_first(f)) {
		t.ask2 = f->ask;
		t.turn = f->reply;
	}
	return t;
}

/* Of pieces one of which begins with an answer. */
static struct turns
turns_answered(const struct piece_view *a, const struct piece_view *b)
{
	const struct flow *f = a->flow, *g = b->flow;
	struct turns t = {f->ask, f->reply, f->ask2, f->turn};

	if (g->start < flow_end(f))	/* nothing is certain */
		return (struct turns){TIME_NONE, TIME_NONE, TIME_NONE,
		    TIME_NONE};
	if (f->pkts[REVERSE] == 0 && b->opener == FORWARD)
		return (struct turns){f->last[FORWARD], g->reply, g->ask2,
		    g->turn};
	if (t.turn != TIME_NONE || t.reply == TIME_NONE ||
	    f->last[FORWARD] > t.reply)
		return t;
	t.ask2 = first_turn(b, f->last[REVERSE]).ask2;
	t.turn = first_turn(b, f->last[REVERSE]).turn;
	return t;
}

/*
 * Joining.
 */

static bool
is_tuple(const struct flow *a, const struct addr *src, uint16_t sport,
    const struct addr *dst, uint16_t dport)
{
	return a->sport == sport && a->dport == dport &&
	    memcmp(&a->src, src, sizeof *src) == 0 &&
	    memcmp(&a->dst, dst, sizeof *dst) == 0;
}

static bool
is_same_way(const struct flow *a, const struct flow *b)
{
	return is_tuple(a, &b->src, b->sport, &b->dst, b->dport);
}

static bool
is_turned(const struct flow *a, const struct flow *b)
{
	return is_tuple(a, &b->dst, b->dport, &b->src, b->sport);
}

bool
flowjoin_is_turned(const struct flow *a, const struct flow *b)
{
	return !is_same_way(a, b);
}

bool
flowjoin_is_pair(const struct flow *a, const struct flow *b)
{
	return a->proto == b->proto &&
	    (is_same_way(a, b) || is_turned(a, b));
}

/* Would a sum of two counts be more than records can have? */
static bool
is_too_much(uint64_t a, uint64_t b)
{
	return a > LIMIT_COUNT || b > LIMIT_COUNT - a;
}

/* All counts of a histogram together, bit by bit: none is larger. */
static uint64_t
bits_of_bins(const struct hist *h)
{
	uint64_t n = h->more;

	for (uint32_t i = 0; i < h->cap; i++)
		n |= h->slot[i].n;
	return n;
}

/* The same of a direction. */
static uint64_t
bits_of_counts(const struct msgtally *t)
{
	uint64_t n, some[4] = {0};	/* not one waiting for the other */

	if (t == NULL)
		return 0;
	n = bits_of_bins(&t->size) | bits_of_bins(&t->win) | t->messages;
	for (unsigned i = 0; i < MSGSTATS_FUNS; i++)
		n |= t->fun[i];
	for (unsigned g = 0; g < MSGSTATS_NIBBLES; g++)
		for (unsigned v = 0; v < 16; v += 4)
			for (unsigned i = 0; i < 4; i++)
				some[i] |= t->nib[g][v + i];
	return n | some[0] | some[1] | some[2] | some[3];
}

static uint64_t
larger(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

static uint64_t
largest_bin(const struct hist *h)
{
	uint64_t n = h->more;

	for (uint32_t i = 0; i < h->cap; i++)
		n = larger(n, h->slot[i].n);
	return n;
}

/* The largest count of a direction's histograms. */
static uint64_t
largest_count(const struct msgtally *t)
{
	uint64_t n;

	if (t == NULL)
		return 0;
	n = larger(largest_bin(&t->size), largest_bin(&t->win));
	n = larger(n, t->messages);
	for (unsigned i = 0; i < MSGSTATS_FUNS; i++)
		n = larger(n, t->fun[i]);
	for (unsigned g = 0; g < MSGSTATS_NIBBLES; g++)
		for (unsigned v = 0; v < 16; v++)
			n = larger(n, t->nib[g][v]);
	return n;
}

/* The bits say it soon of all that are less than half as many. */
static bool
are_too_many(const struct msgtally *a, const struct msgtally *b)
{
	return (bits_of_counts(a) | bits_of_counts(b)) > LIMIT_COUNT / 2 &&
	    is_too_much(largest_count(a), largest_count(b));
}

int
flowjoin_overflows(const struct flow *a, const struct flow *b)
{
	bool turned = !is_same_way(a, b);

	for (int side = FORWARD; side <= REVERSE; side++) {
		int other = turned ? !side : side;

		if (is_too_much(a->pkts[side], b->pkts[other]) ||
		    is_too_much(a->bytes[side], b->bytes[other]) ||
		    is_too_much(a->unreach, b->unreach) ||
		    are_too_many(a->tally[side], b->tally[other]))
			return other;
	}
	return -1;
}

#define SWAP(type, pair) do { \
	type swap = (pair)[0]; \
	(pair)[0] = (pair)[1]; \
	(pair)[1] = swap; \
} while (0)

/* Sides change places; ask to turn stay what they are. */
static void
turn_round(struct flow *f)
{
	struct addr src = f->src;
	uint16_t sport = f->sport;

	f->src = f->dst;
	f->sport = f->dport;
	f->dst = src;
	f->dport = sport;
	SWAP(uint16_t, f->flags);
	SWAP(int64_t, f->last);
	SWAP(uint64_t, f->pkts);
	SWAP(uint64_t, f->bytes);
	SWAP(struct msgtally *, f->tally);
	if (f->dir == FLOW_OUT || f->dir == FLOW_IN)
		f->dir = f->dir == FLOW_OUT ? FLOW_IN : FLOW_OUT;
}

/* FIN both ways or the first tear-down, else the reason of the later end. */
static uint8_t
joined_why(const struct flow *a, const struct flow *b)
{
	if (flow_closed(a))
		return a->why;
	if ((a->flags[0] | b->flags[0]) & (a->flags[1] | b->flags[1]) &
	    FLAG_F)
		return WHY_FIN;
	if (flow_closed(b))
		return b->why;
	return flow_end(b) >= flow_end(a) ? b->why : a->why;
}

/* Adds b, which begins no sooner than a, to a. */
void
flowjoin(struct flow *a, struct flow *b)
{
	struct piece_view va = {a, FORWARD}, vb = {b, FORWARD};
	struct turns t;

	if (!is_same_way(a, b)) {
		turn_round(b);
		vb.opener = REVERSE;
	}
	if (is_answer_first(a) || is_answer_first(b))
		t = turns_answered(&va, &vb);
	else
		t = b->start >= flow_end(a) ? turns_in_sequence(&va, &vb) :
		    turns_mixed(&va, &vb);
	a->why = joined_why(a, b);
	a->ask = t.ask;
	a->reply = t.reply;
	a->ask2 = t.ask2;
	a->turn = t.turn;
	a->unreach += b->unreach;
	for (int side = FORWARD; side <= REVERSE; side++) {
		a->flags[side] |= b->flags[side];
		a->pkts[side] += b->pkts[side];
		a->bytes[side] += b->bytes[side];
		if (b->last[side] > a->last[side])
			a->last[side] = b->last[side];
		msgtally_join(&a->tally[side], b->tally[side]);
	}
}
