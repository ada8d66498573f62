#include "campus/state.h"

#include "campus/exchange.h"

void
state_begin(struct state *c, struct conversation *t)
{
	uint32_t i = active_begin(&c->active, t);

	heap_push(&c->heap, t->begin_us,
	    (uint32_t)STATE_PACKET << STATE_SHIFT | i);
}

static struct conversation
make_conversation(const struct state *c, uint32_t client,
    const struct peer *peer, bool inbound, int64_t now_us, struct rand rand)
{
	const struct client *k = &c->client[client];
	struct conversation t = {
		.begin_us = now_us, .limit_us = c->limit_us,
		.inside = inbound, .client = client,
		.rand = rand,
	};

	t.end[t.inside] = (struct conversation_end){ k->addr, k->port };
	t.end[!t.inside] = (struct conversation_end){ peer->addr, peer->port };
	t.mark = rand_u64(&t.rand);
	t.seq[0] = (uint32_t)rand_u64(&t.rand);
	t.seq[1] = (uint32_t)rand_u64(&t.rand);
	exchange_delays(&t, peer->rtt_us);
	return t;
}

struct conversation
state_conversation(struct state *c, uint32_t client, const struct peer *peer,
    bool inbound, int64_t now_us)
{
	return make_conversation(c, client, peer, inbound, now_us,
	    rand_for(c->options->seed, 2, c->flows++));
}

struct conversation
state_noise(const struct state *c, uint32_t client, const struct peer *peer,
    bool inbound, int64_t now_us, uint64_t number)
{
	return make_conversation(c, client, peer, inbound, now_us,
	    rand_for(c->options->seed, 5, number));
}
