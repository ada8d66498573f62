#include "flow/flow.h"

#include <string.h>

#include "base/num.h"
#include "flow/flowmore.h"
#include "flow/flowmsg.h"

bool
flow_continues(enum flow_why why, int64_t gap_ns, bool syn, int64_t idle_ns)
{
	if (flow_why_closes(why) && (syn || gap_ns > FLOW_STRAGGLE_NS))
		return false;
	return gap_ns <= idle_ns;
}

/* Line by line: all at once GCC clears them by an instruction that takes
 * longer than the rest of flow_begin: 8 of 114 ns a record. */
static inline void
clear_flow(struct flow *f)
{
	enum { LINE = 64 };
	char *line = (char *)f;

	memset(line, 0, LINE);
	memset(line + LINE, 0, LINE);
	memset(line + 2 * LINE, 0, sizeof *f - 2 * LINE);
}

void
flow_begin(struct flow *f, const struct packet *p, struct flow_few *few)
{
	bool turned = flow_is_answer(p);

	clear_flow(f);
	f->src = turned ? p->dst : p->src;
	f->dst = turned ? p->src : p->dst;
	f->sport = turned ? p->dport : p->sport;
	f->dport = turned ? p->sport : p->dport;
	f->proto = p->proto;
	f->kind = p->kind;
	f->start = p->t_ns;
	f->last[0] = f->last[1] = TIME_NONE;
	f->ask = f->reply = f->ask2 = f->turn = TIME_NONE;
	f->few = few;
}

/* S and H take the place of the SYN bit.  The others move from where they are
 * on the wire, CWR ECE URG ACK PSH RST SYN FIN from the left, to where their
 * letters are in FLAG_LETTERS. */
static uint16_t
flags_of(unsigned tcp)
{
	unsigned flags = (tcp & (TCP_CWR | TCP_ECE | TCP_URG)) << 1 |
	    (tcp & (TCP_PSH | TCP_RST)) << 2 | (tcp & TCP_FIN) << 3 |
	    (tcp & TCP_ACK) >> 2;

	if (tcp & TCP_SYN)
		flags |= tcp & TCP_ACK ? FLAG_H : FLAG_S;
	return (uint16_t)flags;
}

_Static_assert(TCP_CWR << 1 == FLAG_C && TCP_ECE << 1 == FLAG_E &&
    TCP_URG << 1 == FLAG_U && TCP_PSH << 2 == FLAG_P &&
    TCP_RST << 2 == FLAG_R && TCP_FIN << 3 == FLAG_F &&
    TCP_ACK >> 2 == FLAG_A, "flags_of moves bits");

/* Who sent a packet is not foretold: each branch here is on a sum of what must
 * be zero, and seldom taken. */
static void
note_turns(struct flow *f, enum flow_side side, int64_t t_ns)
{
	uint64_t answered = (uint64_t)(f->reply ^ TIME_NONE);
	uint64_t turned = (uint64_t)(f->turn ^ TIME_NONE);

	if ((answered | (side ^ REVERSE)) == 0) {
		f->ask = f->last[FORWARD];
		f->reply = t_ns;
	} else if ((turned | side) == 0 && answered != 0) {
		f->ask2 = f->last[REVERSE];
		f->turn = t_ns;
	}
}

/* An answer has the number one further. */
static void
note_isn(struct flow *f, enum flow_side side, const struct packet *p)
{
	f->has_isn = true;
	f->isn = side == FORWARD ? p->seq : p->ack - 1;
}

void
flow_add(struct flow *f, enum flow_side side, const struct packet *p,
    struct pool *blocks)
{
	if (f->few != NULL && !p->later_fragment)
		flowmsg_add(f, side, p, blocks);
	if (f->more != NULL)
		flowmore_add(f->more, side, p);
	note_turns(f, side, p->t_ns);
	if (p->proto == PROTO_TCP && p->tcp_flags & TCP_SYN && !f->has_isn)
		note_isn(f, side, p);
	f->pkts[side]++;
	f->bytes[side] += p->length;
	if (p->proto == PROTO_TCP)
		f->flags[side] |= flags_of(p->tcp_flags);
	if (p->t_ns > f->last[side])
		f->last[side] = p->t_ns;
	if (p->t_ns < f->start)
		f->start = p->t_ns;
}

void
flow_clear(struct flow *f, struct pool_chain *blocks)
{
	flowmsg_free(f->block, blocks);
	f->block = NULL;
	for (unsigned side = 0; side < 2; side++) {
		msgtally_free(f->tally[side]);
		f->tally[side] = NULL;
	}
}

enum flow_dir
flow_direction(bool src_internal, bool dst_internal)
{
	if (src_internal)
		return dst_internal ? FLOW_INT : FLOW_OUT;
	return dst_internal ? FLOW_IN : FLOW_EXT;
}
