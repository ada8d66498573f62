#include "flow/flowslot.h"

#include <string.h>

#include "flow/flowmore.h"

/* What is held of the packet's message, or of a SYN without one. */
static void
hold_message(struct flowslot *e, const struct packet *p, bool with_features)
{
	struct message m;
	uint32_t isn;

	e->seen = p->captured > 0 && p->length > 0;
	if (e->seen > 0 && with_features) {
		msgstats_message(&m, p);
		memcpy(e->as.first, m.first, sizeof e->as.first);
		e->seen = m.seen;
	} else if (e->seen == 0 && p->tcp_flags & TCP_SYN) {
		isn = flow_is_answer(p) ? p->ack - 1 : p->seq;
		memcpy(e->as.first, &isn, sizeof isn);
	}
}

void
flowslot_begin(struct flowslot *e, const struct packet *p, bool with_features)
{
	bool turned = flow_is_answer(p);

	e->src = turned ? p->dst : p->src;
	e->dst = turned ? p->src : p->dst;
	e->sport = turned ? p->dport : p->sport;
	e->dport = turned ? p->sport : p->dport;
	e->proto = p->proto;
	e->marks = (uint8_t)(p->kind << 6 |
	    (p->later_fragment ? FLOWSLOT_LATER : 0));
	e->length = p->length;
	e->tcp_flags = p->tcp_flags;
	e->end = p->t_ns;
	hold_message(e, p, with_features);
}

/* The packet again: what a flow needs of it. */
static inline void
set_held_packet(struct packet *p, const struct flowslot *e)
{
	packet_clear(p);
	p->t_ns = e->end;
	p->src = e->src;
	p->dst = e->dst;
	p->sport = e->sport;
	p->dport = e->dport;
	p->proto = e->proto;
	p->tcp_flags = e->tcp_flags;
	p->kind = flowslot_kind(e);
	p->later_fragment = e->marks & FLOWSLOT_LATER;
	p->length = e->length;
	p->payload = e->as.first;
	p->captured = e->seen;
	if (p->tcp_flags & TCP_SYN && e->seen == 0)
		memcpy(&p->seq, e->as.first, sizeof p->seq);
	if (!flow_is_answer(p))
		return;
	p->src = e->dst;
	p->dst = e->src;
	p->sport = e->dport;
	p->dport = e->sport;
	p->ack = p->seq + 1;
}

/* Sets the flow to what is held of one of one packet. */
static void
unfold_packet(const struct flowslot *e, struct flow_full *full,
    bool with_features)
{
	struct packet p;

	set_held_packet(&p, e);
	flow_begin(&full->flow, &p, with_features ? &full->few : NULL);
	flow_add(&full->flow, flow_first_side(&p), &p, NULL);
	full->flow.why = (uint8_t)flowslot_why(e);
}

void
flowslot_make_full(struct flowslot *e, struct flow_full *full,
    bool with_features)
{
	unfold_packet(e, full, with_features);
	e->as.flow = &full->flow;
	e->marks |= FLOWSLOT_FULL;
}

struct flow *
flow_ended_flow(struct flow_ended *d, struct flow_full *one, bool with_features)
{
	struct flow *f = &one->flow;

	if (d->slot.marks & FLOWSLOT_FULL)
		f = d->slot.as.flow;
	else
		unfold_packet(&d->slot, one, with_features);
	f->why = (uint8_t)d->why;
	return f;
}

/* A flow is the first member of its struct flow_full. */
void
flow_ended_free(struct flow_ended *d, struct flow_spare *spare)
{
	if (!(d->slot.marks & FLOWSLOT_FULL))
		return;
	if (d->slot.as.flow->more != NULL) {
		flowmore_free(d->slot.as.flow->more);
		pool_collect(&spare->more, d->slot.as.flow->more);
	}
	flow_clear(d->slot.as.flow, &spare->blocks);
	pool_collect(&spare->flows, d->slot.as.flow);
}

bool
flowslot_is_next(const struct flowslot *e, enum flow_side side,
    const struct packet *p)
{
	uint32_t isn;

	if (e->marks & FLOWSLOT_FULL)
		return !e->as.flow->has_isn || side == REVERSE ||
		    e->as.flow->isn != p->seq;
	if (side == REVERSE || !(e->tcp_flags & TCP_SYN))
		return true;
	memcpy(&isn, e->as.first, sizeof isn);
	return isn != p->seq;
}

void
flowslot_tear_down(struct flowslot *e, const struct packet *p)
{
	if (p->tcp_flags & TCP_FIN && !(e->marks & FLOWSLOT_FULL &&
	    flow_closed(e->as.flow)))
		e->marks |= flowslot_sender_is_low(p) ? FLOWSLOT_FIN_LOW :
		    FLOWSLOT_FIN_HIGH;
	if (!(e->marks & FLOWSLOT_FULL) || flow_closed(e->as.flow))
		return;
	if (p->tcp_flags & TCP_RST)
		e->as.flow->why = WHY_RST;
	else if ((e->marks & FLOWSLOT_FIN_BOTH) == FLOWSLOT_FIN_BOTH)
		e->as.flow->why = WHY_FIN;
}

static int
compare_numbers(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

int
flowslot_compare(const struct flowslot *a, const struct flowslot *b)
{
	int c = compare_numbers(a->end, b->end);

	if (c == 0)
		c = compare_numbers(flowslot_start(a), flowslot_start(b));
	if (c == 0)
		c = compare_numbers(a->proto, b->proto);
	if (c == 0)
		c = memcmp(&a->src, &b->src, sizeof a->src);
	if (c == 0)
		c = compare_numbers(a->sport, b->sport);
	if (c == 0)
		c = memcmp(&a->dst, &b->dst, sizeof a->dst);
	if (c == 0)
		c = compare_numbers(a->dport, b->dport);
	return c;
}
