#include "campus/active.h"

#include <stdlib.h>

#include "base/mem.h"
#include "campus/model.h"
#include "packet/packet.h"

void
active_open(struct active *s, struct wire *wire, struct truth *truth,
    uint32_t clients, uint64_t seed)
{
	*s = (struct active){ .wire = wire, .truth = truth,
	    .bytes = rand_for(seed, 4, 0) };
	s->number = mem_alloc(clients, sizeof *s->number);
	for (uint32_t i = 0; i < clients; i++)
		s->number[i] = (uint16_t)rand_u64(&s->bytes);
}

void
active_close(struct active *s)
{
	free(s->number);
	free(s->conversation);
	free(s->free);
}

uint32_t
active_begin(struct active *s, struct conversation *t)
{
	uint32_t i;

	conversation_start(t);
	if (s->frees > 0) {
		i = s->free[--s->frees];
	} else {
		s->conversation = mem_grow(s->conversation,
		    &s->conversation_cap, s->conversations + 1,
		    sizeof *s->conversation);
		i = (uint32_t)s->conversations++;
	}
	s->conversation[i] = *t;
	return i;
}

static void
active_leave(struct active *s, uint32_t i)
{
	s->free = mem_grow(s->free, &s->free_cap, s->frees + 1,
	    sizeof *s->free);
	s->free[s->frees++] = i;
}

/* Skype's message number: requests count on by one or two, a request sent
 * again has its old one, replies of function 05 and 07 repeat the
 * request's. */
static uint16_t
message_number(struct active *s, struct conversation *t,
    const struct conversation_packet *p)
{
	uint16_t *id = &t->id[p->side];
	uint16_t step = (uint16_t)(1 + (rand_u64(&s->bytes) >> 63));

	if (p->look.again)
		return *id;
	if (p->look.reply && (p->look.fun == 5 || p->look.fun == 7))
		return *id = t->id[!p->side];
	if (p->side == t->inside)
		return *id = s->number[t->client] += step;
	return *id += step;
}

static uint8_t
hops_left(uint32_t addr, bool inside)
{
	uint64_t h = rand_mix(addr);

	if (inside)
		return h & 3 ? 127 : 63;
	return (uint8_t)((h & 3 ? 120 : 56) - (h >> 8) % 12);
}

static void
active_payload(struct active *s, struct conversation *t,
    const struct conversation_packet *p)
{
	bool numbered = payload_names[t->form].class[0] != '-' && !t->tcp;

	if (p->look.n > 0)
		payload_write(&p->look, numbered ? message_number(s, t, p) : 0,
		    t->mark, &s->bytes, wire_payload(s->wire),
		    s->wire->snaplen > WIRE_UNSUMMED);
}

static void
tcp_sequence(struct conversation *t, const struct conversation_packet *p,
    struct wire_packet *w)
{
	w->seq = t->seq[p->side];
	if (p->flags & TCP_ACK)
		w->ack = t->seq[!p->side];
	t->seq[p->side] += p->look.n;
	if (p->flags & (TCP_SYN | TCP_FIN))
		t->seq[p->side]++;
}

static void
active_transmit(struct active *s, struct conversation *t,
    const struct conversation_packet *p)
{
	const struct conversation_end *from = &t->end[p->side];
	const struct conversation_end *to = &t->end[!p->side];
	struct wire_packet w = {
		.t_us = p->t_us, .src = from->addr, .dst = to->addr,
		.sport = from->port, .dport = to->port,
		.ip_id = (uint16_t)rand_u64(&s->bytes),
		.proto = t->tcp ? PROTO_TCP : PROTO_UDP,
		.ttl = hops_left(from->addr, p->side == t->inside),
		.flags = p->flags, .n = p->look.n,
	};

	active_payload(s, t, p);
	if (t->tcp)
		tcp_sequence(t, p, &w);
	wire_send(s->wire, &w);
}

int64_t
active_step(struct active *s, uint32_t place)
{
	struct conversation *t = &s->conversation[place];
	struct conversation_packet p;
	int64_t due;

	if (!t->begun)
		truth_tell(s->truth, t, t->pair == MODEL_PAIRS ? "-" :
		    model_pair_name[t->pair]);
	t->begun = true;
	conversation_next(t, &p);
	active_transmit(s, t, &p);
	due = conversation_due(t);
	if (due == CONVERSATION_NEVER)
		active_leave(s, place);
	return due;
}
