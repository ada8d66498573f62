#include "campus/campus.h"

#include <stdlib.h>

#include "base/mem.h"
#include "campus/noise.h"
#include "campus/pair.h"
#include "campus/phone.h"
#include "campus/presence.h"
#include "campus/state.h"

/* So many flows that are not Skype have each application in its part; the
 * number of the quantity is beyond those of client.c, phone.c, pair.c. */
enum { NOISE_RUN = 200, NOISE_QUANTITY = 10000 };

static void
send_packet(struct state *c, uint32_t i)
{
	int64_t due = active_step(&c->active, i);

	if (due == CONVERSATION_NEVER)
		heap_pop(&c->heap);
	else
		heap_again(&c->heap, due);
}

static void
birth_schedule(struct state *c, uint32_t client, unsigned slot)
{
	int64_t t = presence_birth(&c->client[client], slot, &c->rand);

	if (t != INT64_MAX)
		heap_push(&c->heap, state_epoch_us(t), (uint32_t)STATE_BIRTH <<
		    STATE_SHIFT | client * STATE_SLOTS | slot);
}

static void
birth_happens(struct state *c, uint32_t what, int64_t now_us)
{
	uint32_t client = what / STATE_SLOTS;
	unsigned slot = what % STATE_SLOTS;

	c->client[client].done[slot]++;
	if (state_begins_in_time(c, now_us)) {
		if (slot == CLIENT_CALL)
			phone_birth(c, client, now_us);
		else
			pair_birth(c, client, slot, now_us);
	}
	birth_schedule(c, client, slot);
}

static void
noise_happens(struct state *c, int64_t now_us)
{
	uint32_t client = rand_below(&c->noise, c->options->clients);
	uint32_t k = c->fresh[PEER_NOISE]++;
	const struct model_noise *m = noise_choose(rand_even(c->options->seed +
	    k / NOISE_RUN, NOISE_QUANTITY, k % NOISE_RUN, NOISE_RUN));
	/* Every other one: no two behind one address. */
	struct peer peer = peers_get(c->peers, PEER_NOISE, k * 2);
	struct conversation t = state_noise(c, client, &peer,
	    noise_inbound(m, &c->noise), state_epoch_us(now_us), k);

	noise_set(&t, m, k, c->client[client].port);
	state_begin(c, &t);
}

static void
noise_schedule(struct state *c, int64_t now_us)
{
	double mean_us = 3600e6 / (c->options->noise_per_h *
	    c->options->clients);
	int64_t t = now_us + (int64_t)(mean_us *
	    rand_draw(&c->noise, &rand_exponential));

	if (state_begins_in_time(c, t))
		heap_push(&c->heap, state_epoch_us(t),
		    (uint32_t)STATE_NOISE << STATE_SHIFT);
}

static void
campus_prepare(struct state *c)
{
	const struct campus_options *o = c->options;

	c->limit_us = state_epoch_us(o->duration_s * STATE_US);
	c->free_pair = STATE_NONE;
	c->rand = rand_for(o->seed, 3, 0);
	c->noise = rand_for(o->seed, 6, 0);
	c->client = mem_alloc(o->clients, sizeof *c->client);
	for (uint32_t i = 0; i < o->clients; i++)
		client_plan(&c->client[i], i, o->clients, o->duration_s,
		    o->seed);
	c->relaying = o->clients * model_kind_share[MODEL_CORE] /
	    (client_kind_end(o->clients, MODEL_CORE) + 1e-9);
	pair_size_pools(c);
	phone_plan(c);
	for (uint32_t i = 0; i < o->clients; i++)
		for (unsigned slot = 0; slot < CLIENT_SLOTS; slot++)
			birth_schedule(c, i, slot);
	if (o->noise_per_h > 0)
		noise_schedule(c, 0);
}

/* Does what stands first in the heap. */
static void
campus_happen(struct state *c)
{
	struct heap_item e = *heap_top(&c->heap);
	uint32_t i = e.what & ((UINT32_C(1) << STATE_SHIFT) - 1);
	int64_t now_us = e.t_us - state_epoch_us(0);

	if (e.what >> STATE_SHIFT == STATE_PACKET) {
		send_packet(c, i);
		return;
	}
	heap_pop(&c->heap);
	switch (e.what >> STATE_SHIFT) {
	case STATE_VISIT:
		pair_visit(c, i, now_us);
		break;
	case STATE_BIRTH:
		birth_happens(c, i, now_us);
		break;
	default:
		noise_happens(c, now_us);
		noise_schedule(c, now_us);
	}
}

void
campus_run(const struct campus_options *o, const struct peers *peers,
    struct wire *wire, struct truth *truth,
    void (*step)(uint64_t, uint64_t))
{
	struct state c = { .options = o, .peers = peers };

	active_open(&c.active, wire, truth, o->clients, o->seed);
	campus_prepare(&c);
	while (c.heap.n > 0) {
		campus_happen(&c);
		step(wire->bytes, wire->packets);
	}
	free(c.client);
	free(c.pair);
	free(c.heap.item);
	active_close(&c.active);
}
