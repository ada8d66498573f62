#include "flow/flowtab.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "flow/flowmsg.h"
#include "flow/flowtabstate.h"

#define DUE_NS (NS_PER_S / 10)

/* A flow that waits for its turn among those of the same end. */
struct flowtab_turn {
	const struct flowslot *flow;
	size_t order;			/* by latest packet */
	uint32_t slot;
};

/*
 * Flows that end.
 */

static bool
is_idle(const struct flowtab *t, int64_t end, int64_t now)
{
	return t->want.idle_ns != TIME_INF && now - end > t->want.idle_ns;
}

static int64_t
oldest_end(const struct flowtab *t)
{
	return flowtab_slot(t, flowlist_oldest(&t->list))->end;
}

/* What has not ended otherwise has so now. */
static void
tell_end(const struct flowtab *t, const struct flowslot *e, enum flow_why why)
{
	enum flow_why known = flowslot_why(e);

	t->taker.ended(t->taker.arg, e, known == WHY_OPEN ? why : known);
}

/* Gives the flow away and forgets it. */
static void
hand_over_one(struct flowtab *t, uint32_t i, enum flow_why why)
{
	struct flowslot *e = flowtab_slot(t, i);

	flowtab_foresee_oldest(t);
	if (e->marks & FLOWSLOT_LISTED && !t->ending)
		flowindex_remove(&t->index, e, i);
	tell_end(t, e, is_idle(t, e->end, flowclock_latest(t->clock)) ?
	    WHY_IDLE : why);
	flowlist_give(&t->list, i);
	t->held--;
}

static int
by_expiry(const void *a, const void *b)
{
	const struct flowtab_turn *x = a, *y = b;
	int c = flowslot_compare(x->flow, y->flow);

	return c != 0 ? c : (x->order > y->order) - (x->order < y->order);
}

/* Hands over the oldest and those behind it that end by the time given, in
 * order. */
static void
hand_over_run(struct flowtab *t, int64_t end, enum flow_why why)
{
	size_t n = 0;

	for (uint32_t i = flowlist_oldest(&t->list);
	    i != FLOWLIST_NONE && flowtab_slot(t, i)->end <= end;
	    i = t->list.link[i].after) {
		t->run = mem_grow(t->run, &t->run_cap, n + 1,
		    sizeof *t->run);
		t->run[n] = (struct flowtab_turn){flowtab_slot(t, i), n, i};
		n++;
	}
	if (n > 1)
		qsort(t->run, n, sizeof *t->run, by_expiry);
	for (size_t k = 0; k < n; k++)
		hand_over_one(t, t->run[k].slot, why);
}

/* When the next flows expire: at the end of a tenth of a second, those of that
 * tenth together.  One by one, packet by packet, each takes longer.  Once time
 * has run backward, when the oldest does. */
static int64_t
next_due(const struct flowtab *t)
{
	const struct flowclock *c = t->clock;
	int64_t end = flowlist_oldest(&t->list) == FLOWLIST_NONE ? c->now :
	    oldest_end(t);

	if (end > c->now)
		end = c->now;
	if (t->want.idle_ns > INT64_MAX - DUE_NS - c->slack - end)
		return INT64_MAX;
	end += c->slack + t->want.idle_ns;
	return c->stepped ? end : end + DUE_NS - 1 - end % DUE_NS;
}

/* Was the flow's latest packet one whose clock was wrong, far ahead? */
static bool
is_ahead(const struct flowtab *t, uint32_t i)
{
	return flowtab_slot(t, i)->end > t->clock->now + FLOWCLOCK_NEAR_NS;
}

/* Its packet came before those of the flows behind it in the list, whatever
 * its clock said: it expires as if it had come with the next of them. */
static void
set_back(struct flowtab *t, uint32_t i, int64_t end)
{
	struct flowslot *e = flowtab_slot(t, i);

	if (!(e->marks & FLOWSLOT_FULL))
		flowslot_make_full(e, pool_take(&t->flows), t->want.features);
	e->end = end;
}

/* No flow whose packet's clock was wrong stands before others for good. */
static void
set_oldest_back(struct flowtab *t)
{
	uint32_t i = flowlist_oldest(&t->list), k;
	int64_t end = t->clock->now;

	if (i == FLOWLIST_NONE || !is_ahead(t, i))
		return;
	for (k = i; k != FLOWLIST_NONE && is_ahead(t, k);
	    k = t->list.link[k].after)
		continue;
	if (k == FLOWLIST_NONE)		/* it may be that time goes on there */
		return;
	if (flowtab_slot(t, k)->end < end)
		end = flowtab_slot(t, k)->end;
	for (; i != k; i = t->list.link[i].after)
		set_back(t, i, end);
}

/* Is the oldest flow the one that was found not to be due?  One that is ahead
 * of the clock waits for others to be set back by. */
static bool
is_as_before(const struct flowtab *t)
{
	uint32_t i = flowlist_oldest(&t->list);

	return i != FLOWLIST_NONE && i == t->first &&
	    flowtab_slot(t, i)->end == t->first_end && !is_ahead(t, i);
}

void
flowtab_tick(struct flowtab *t)
{
	const struct flowclock *c = t->clock;

	if (c->now <= t->due && (!c->stepped || is_as_before(t)))
		return;
	set_oldest_back(t);
	while (flowlist_oldest(&t->list) != FLOWLIST_NONE &&
	    is_idle(t, oldest_end(t), c->now - c->slack)) {
		hand_over_run(t, oldest_end(t), WHY_IDLE);
		set_oldest_back(t);
	}
	t->due = next_due(t);
	t->first = c->stepped ? flowlist_oldest(&t->list) : FLOWLIST_NONE;
	if (t->first != FLOWLIST_NONE)
		t->first_end = flowtab_slot(t, t->first)->end;
}

/* The index is not asked any more.  Behind a step back the list is not in order
 * of the ends: then all wait for one sorting. */
void
flowtab_end(struct flowtab *t)
{
	t->ending = true;
	flowindex_free(&t->index);
	while (flowlist_oldest(&t->list) != FLOWLIST_NONE)
		hand_over_run(t, t->clock->stepped ? INT64_MAX :
		    oldest_end(t), WHY_EOF);
}

/*
 * Packets.
 */

/* What more the flow can tell begins with the packet. */
static void
begin_more(struct flowtab *t, struct flow *f, const struct packet *p)
{
	if (t->want.more.groups != 0)
		f->more = flowmore_begin(pool_take(&t->more), &t->want.more,
		    p->proto == PROTO_TCP);
}

/* A flow that a slot alone cannot hold. */
static void
begin_full(struct flowtab *t, struct flowslot *e, const struct packet *p)
{
	struct flow_full *full = pool_take(&t->flows);

	flow_begin(&full->flow, p, t->want.features ? &full->few : NULL);
	begin_more(t, &full->flow, p);
	flow_add(&full->flow, flow_first_side(p), p, &t->blocks);
	full->flow.why = (uint8_t)flowslot_why(e);
	e->as.flow = &full->flow;
	e->marks |= FLOWSLOT_FULL;
	if (t->want.vlans)
		e->vlans = p->vlans;
}

static uint32_t
begin_flow(struct flowtab *t, const struct packet *p, uint32_t hash)
{
	struct flowslot *e;
	uint32_t i;

	if (t->held == t->want.most && t->want.most > 0)
		hand_over_one(t, flowlist_oldest(&t->list), WHY_EVICT);
	i = flowlist_take(&t->list);
	e = flowtab_slot(t, i);
	flowslot_begin(e, p, t->want.features);
	if (t->want.more.groups != 0 || t->want.vlans ||
	    (p->tcp_flags & TCP_SYN && p->captured > 0))
		begin_full(t, e, p);
	e->hash = hash;
	flowindex_add(&t->index, e, i);
	t->held++;
	return i;
}

/* The piece so far is handed over, the flow goes on with what is known of
 * its tear-down. */
static void
cut_flow(struct flowtab *t, struct flowslot *e, const struct packet *p)
{
	struct flow_full *full = pool_take(&t->flows);
	struct flow *f = &full->flow;

	flow_begin(f, p, t->want.features ? &full->few : NULL);
	f->why = e->as.flow->why;
	f->has_isn = e->as.flow->has_isn && f->sport == e->sport &&
	    memcmp(&f->src, &e->src, sizeof f->src) == 0;
	f->isn = e->as.flow->isn;
	begin_more(t, f, p);
	if (f->more != NULL)
		flowmore_continue(f->more, e->as.flow->more,
		    flow_is_answer(p) == flow_has_ends(e->as.flow, p));
	tell_end(t, e, WHY_ACTIVE);
	e->as.flow = f;
	e->src = f->src;
	e->dst = f->dst;
	e->sport = f->sport;
	e->dport = f->dport;
}

static bool
has_syn(const struct packet *p)
{
	return p->proto == PROTO_TCP &&
	    (p->tcp_flags & (TCP_SYN | TCP_ACK)) == TCP_SYN;
}

/* The tuple's next flow begins with the packet. */
static void
retire_flow(struct flowtab *t, uint32_t i, const struct packet *p)
{
	struct flowslot *e = flowtab_slot(t, i);
	bool idle = p->t_ns - e->end > t->want.idle_ns;

	if (!idle && !(e->marks & FLOWSLOT_FULL))
		flowslot_make_full(e, pool_take(&t->flows), t->want.features);
	if (!(e->marks & FLOWSLOT_FULL))
		e->marks |= FLOWSLOT_PASSED;
	else if (e->as.flow->why == WHY_OPEN)
		e->as.flow->why = idle ? WHY_IDLE : WHY_SYN;
	flowindex_remove(&t->index, e, i);
}

/* One packet more of a flow that is there. */
static void
add_packet(struct flowtab *t, struct flowslot *e, enum flow_side side,
    const struct packet *p)
{
	if (!(e->marks & FLOWSLOT_FULL))
		flowslot_make_full(e, pool_take(&t->flows), t->want.features);
	if (p->t_ns - e->as.flow->start > t->want.active_ns) {
		side = flow_first_side(p);
		cut_flow(t, e, p);
	}
	flow_add(e->as.flow, side, p, &t->blocks);
	if (flowmsg_is_full(e->as.flow))
		t->taker.full(t->taker.arg, e->as.flow);
	if (p->t_ns > e->end)
		e->end = p->t_ns;
}

/* The listed flow that the packet may belong to, or FLOWLIST_NONE; mostly it
 * is where the hint says. */
static inline uint32_t
find_flow(const struct flowtab *t, const struct packet *p,
    const struct flowtab_hint *hint, enum flow_side *side)
{
	const struct flowslot *e = flowtab_slot(t, hint->slot);

	if (e->marks & FLOWSLOT_LISTED &&
	    flowindex_holds(&t->index, e, p, side))
		return hint->slot;
	return flowindex_find(&t->index, &t->list, p, hint->hash, side);
}

static bool
continues(const struct flowtab *t, const struct flowslot *e,
    enum flow_side side, const struct packet *p)
{
	int64_t gap = p->t_ns - e->end;
	bool syn = has_syn(p);

	if (syn && gap > FLOW_SYN_GAP_NS && flowslot_is_next(e, side, p))
		return false;
	return flow_continues(flowslot_why(e), gap, syn, t->want.idle_ns);
}

void
flowtab_put(struct flowtab *t, const struct packet *p,
    const struct flowtab_hint *hint)
{
	enum flow_side side = FORWARD;
	uint32_t i = find_flow(t, p, hint, &side);

	if (i != FLOWLIST_NONE && !continues(t, flowtab_slot(t, i), side, p)) {
		retire_flow(t, i, p);
		i = FLOWLIST_NONE;
	}
	if (i == FLOWLIST_NONE) {
		i = begin_flow(t, p, hint->hash);
	} else {
		add_packet(t, flowtab_slot(t, i), side, p);
		flowlist_touch(&t->list, i);
	}
	flowslot_note_teardown(flowtab_slot(t, i), p);
}

void
flowtab_refuse(struct flowtab *t, const struct packet *p)
{
	struct flowtab_hint hint = {
		flowindex_hash(&t->index.key, p), FLOWLIST_NONE
	};
	enum flow_side side;
	uint32_t i = find_flow(t, p, &hint, &side);
	struct flowslot *e;

	if (i == FLOWLIST_NONE)
		return;
	e = flowtab_slot(t, i);
	if (p->t_ns - e->end > t->want.idle_ns)
		return;
	if (!(e->marks & FLOWSLOT_FULL))
		flowslot_make_full(e, pool_take(&t->flows), t->want.features);
	e->as.flow->unreach++;
}

struct flowindex_key
flowtab_key(const struct flowtab *t)
{
	return t->index.key;
}

uint32_t
flowtab_held(const struct flowtab *t)
{
	return t->held;
}

struct flowtab *
flowtab_new(const struct flowtab_want *want,
    const struct flowtab_taker *taker, const struct flowclock *clock)
{
	struct flowtab *t = mem_alloc(1, sizeof *t);

	t->want = *want;
	t->taker = *taker;
	t->clock = clock;
	t->due = INT64_MIN;
	for (int i = 0; i < FLOWTAB_COMING; i++)
		t->coming[i] = FLOWLIST_NONE;
	flowlist_init(&t->list);
	flowindex_init(&t->index, t->want.vlans);
	pool_init(&t->flows, t->want.features ? sizeof(struct flow_full) :
	    sizeof(struct flow));
	pool_init(&t->blocks, sizeof(struct msgblock));
	pool_init(&t->more, flowmore_size(&t->want.more));
	return t;
}

void
flowtab_reuse(struct flowtab *t, struct flow_spare *spare)
{
	pool_give(&t->flows, &spare->flows);
	pool_give(&t->blocks, &spare->blocks);
	pool_give(&t->more, &spare->more);
}

void
flowtab_free(struct flowtab *t)
{
	flowlist_free(&t->list);
	flowindex_free(&t->index);
	pool_free(&t->flows);
	pool_free(&t->blocks);
	pool_free(&t->more);
	free(t->run);
	free(t);
}
