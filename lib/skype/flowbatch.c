#include "skype/flowbatch.h"

#include <string.h>

void
flowbatch_hold(struct flowbatch *b, const struct endpoints *e,
    const struct skypeflow *f, size_t row)
{
	struct flowbatch_flow *held = &b->flow[b->n++];

	held->row = row;
	held->call = f->call;
	for (int d = 0; d < 2; d++) {
		held->end[d].addr = f->end[d];
		held->end[d].port = f->port[d];
		endpoints_foresee_key(e, &f->end[d], f->port[d]);
		held->pkts[d] = f->source[d].pkts;
	}
	if (f->call.alone == CALL_NONE)
		sign_both(f->source, held->sign);
}

/* Adds what end d sent to what is known of it.  What may be a call to a
 * telephone tells nothing: not that it is one, and not that its four bytes
 * are a header of another protocol. */
static void
add_sent(struct endpoints *e, const struct flowbatch_flow *f, int d)
{
	struct sent_flow sent = {
		.to = f->end[1 - d].id, .msgs = f->pkts[d],
		.is_call = f->call.alone != CALL_NONE,
		.is_answered = f->pkts[1 - d] > 0,
		.sign = f->sign[d], .answer = f->sign[1 - d]
	};

	if (sent.msgs == 0 || addr_is_group(&f->end[d].addr))
		return;
	if (f->call.alone == CALL_NONE && f->call.known == CALL_SKYPEOUT)
		endpoints_add_link(e, f->end[d].id, sent.to);
	else
		endpoints_add_flow(e, f->end[d].id, &sent);
}

void
flowbatch_add(struct flowbatch *b, struct endpoints *e)
{
	for (size_t i = 0; i < b->n; i++)
		for (int d = 0; d < 2; d++) {
			struct flowbatch_end *end = &b->flow[i].end[d];

			end->id = endpoints_add(e, &end->addr, end->port);
			endpoints_foresee(e, end->id);
		}
	for (size_t i = 0; i < b->n; i++)
		for (int d = 0; d < 2; d++)
			add_sent(e, &b->flow[i], d);
}
