#include "campus/campus.h"

#include <stdlib.h>

#include "campus/client.h"
#include "base/heap.h"
#include "base/mem.h"
#include "campus/noise.h"
#include "campus/active.h"
#include "campus/exchange.h"

enum { US = 1000000, BEGIN_S = 60, SLOWEST_S = 200 };

#define NOBODY UINT32_MAX

/* What stands in the heap: an event and the number of a thing. */
enum event { PACKET, VISIT, BIRTH, NOISE };
enum { EVENT_SHIFT = 30, SLOTS = 16 };

/* A pair of endpoints that has visits to come. */
struct relation {
	uint32_t client, space, number;
	uint16_t visits, left;
	uint8_t kind;			/* enum model_pair */
	bool inbound, hourly, long_first;
	uint32_t next_free;
};

struct campus {
	const struct campus_options *options;
	const struct peers *peers;
	struct active stage;
	struct heap heap;
	struct client *client;
	struct relation *relation;
	size_t relations, relation_cap;
	uint32_t free_relation;
	uint32_t pool[MODEL_GROUPS * MODEL_TIERS];	/* endpoints in it */
	uint32_t fresh[PEER_SPACES];	/* endpoints used of each space */
	double bulk[MODEL_PAIRS];	/* parts of relayed flows due */
	uint64_t bulks[MODEL_PAIRS], flows;
	int64_t limit_us;
	struct rand rand;		/* what flows do not decide */
};

static int64_t
absolute_us(int64_t us)
{
	return MODEL_EPOCH_S * US + us;
}

/* ---- flows and their packets ---- */

static void
begin(struct campus *c, struct conversation *t)
{
	uint32_t i = active_begin(&c->stage, t);

	heap_push(&c->heap, t->begin_us, (uint32_t)PACKET << EVENT_SHIFT | i);
}

/* A talk between a client and a peer. */
static struct conversation
talk_make(struct campus *c, uint32_t client, const struct peer *peer,
    bool inbound, int64_t now_us)
{
	struct client *k = &c->client[client];
	struct conversation t = {
		.begin_us = now_us, .limit_us = c->limit_us,
		.inside = inbound, .client = client,
		.rand = rand_for(c->options->seed, 2, c->flows++),
	};

	t.end[t.inside] = (struct conversation_end){ k->addr, k->port };
	t.end[!t.inside] = (struct conversation_end){ peer->addr, peer->port };
	t.mark = rand_u64(&t.rand);
	t.seq[0] = (uint32_t)rand_u64(&t.rand);
	t.seq[1] = (uint32_t)rand_u64(&t.rand);
	exchange_delays(&t, peer->rtt_us);
	return t;
}

static void
packet(struct campus *c, uint32_t i)
{
	int64_t due = active_step(&c->stage, i);

	if (due == CONVERSATION_NEVER)
		heap_pop(&c->heap);
	else
		heap_again(&c->heap, due);
}

/* ---- peers ---- */

/* A peer that the client has not met: of a pool, or one of its own. */
static void
choose_peer(struct campus *c, struct relation *r, enum model_group group)
{
	struct client *k = &c->client[r->client];
	double u = rand_unit(&c->rand);

	for (uint32_t tier = 1; tier < MODEL_TIERS + 1; tier++) {
		const struct model_tier *m = &model_tier[group][tier - 1];
		uint32_t p = (uint32_t)group * MODEL_TIERS + tier - 1;

		if (u >= m->part) {
			u -= m->part;
			continue;
		}
		if (k->used[p] >= c->pool[p])
			break;
		/* Each client goes through the pool in its own order. */
		unsigned bits = 1;

		while (UINT64_C(1) << bits < c->pool[p])
			bits++;
		r->space = (uint32_t)group * 4 + tier;
		r->number = k->used[p]++;
		do
			r->number = rand_permute(c->options->seed ^
			    (uint64_t)r->client << 8 ^ p, bits, r->number);
		while (r->number >= c->pool[p]);
		return;
	}
	r->space = (uint32_t)group * 4;
	r->number = c->fresh[r->space]++;
}

/* Pools are as large as the contacts planned ask for. */
static void
size_pools(struct campus *c)
{
	double contacts[MODEL_GROUPS] = { 0 };

	for (uint32_t i = 0; i < c->options->clients; i++)
		for (int k = 0; k < MODEL_PAIRS; k++) {
			const uint32_t *plan = c->client[i].plan;
			bool talk = k != MODEL_PROBE;

			contacts[talk ? MODEL_OUT_TALK : MODEL_OUT_PROBE] +=
			    plan[k];
			contacts[talk ? MODEL_IN_TALK : MODEL_IN_PROBE] +=
			    plan[CLIENT_IN + k];
		}
	for (int g = 0; g < MODEL_GROUPS; g++)
		for (int t = 0; t < MODEL_TIERS; t++)
			c->pool[g * MODEL_TIERS + t] = (uint32_t)(contacts[g] *
			    model_tier[g][t].part / model_tier[g][t].mean);
}

/* ---- pairs ---- */

/* When the pair may be visited next, after a flow that ends at end_us;
 * INT64_MAX: never. */
static int64_t
next_visit(struct campus *c, const struct relation *r, int64_t now_us,
    int64_t end_us)
{
	const struct client *k = &c->client[r->client];
	int64_t rested = end_us + (int64_t)MODEL_REST_S * US, t;
	int i;

	t = now_us + (int64_t)(rand_draw(&c->rand, &model_return_s) * US);
	if (t < rested)
		t = rested;
	i = client_session(k, now_us);
	if (r->hourly && i >= 0) {
		int64_t hour = (int64_t)3600 * US;
		int64_t open = (int64_t)k->open_s[i] * US;

		t = open + (rested - open + hour - 1) / hour * hour +
		    (int64_t)(rand_draw(&c->rand, &model_hour_late_s) * US);
	}
	i = client_session(k, t);
	if (i < 0)
		return INT64_MAX;
	if (t < (int64_t)k->open_s[i] * US)
		t = (int64_t)k->open_s[i] * US +
		    rand_range(&c->rand, 0, 900) * US;
	if (t < rested)
		t = rested;
	return absolute_us(t) + (int64_t)BEGIN_S * US < c->limit_us ? t :
	    INT64_MAX;
}

static bool
is_long(struct campus *c, const struct relation *r)
{
	if (r->kind != MODEL_MIX)
		return r->kind == MODEL_DIALOG;
	if (r->visits < 2)
		return r->long_first == (r->visits == 0);
	return rand_chance(&c->rand, model_mix_long);
}

/* Super-nodes relay now and then. */
static bool
is_bulk(struct campus *c, const struct relation *r)
{
	if (c->client[r->client].kind != MODEL_CORE)
		return false;
	if (r->kind == MODEL_MIX && r->visits < 2)
		return false;
	c->bulk[r->kind] += model_bulk[r->kind];
	if (c->bulk[r->kind] < 1)
		return false;
	c->bulk[r->kind]--;
	return true;
}

/* One flow of the pair; returns its end, from the trace's begin. */
static int64_t
flow(struct campus *c, struct relation *r, int64_t now_us)
{
	struct peer peer = peers_get(c->peers, r->space, r->number);
	struct conversation t = talk_make(c, r->client, &peer, r->inbound,
	    absolute_us(now_us));
	/* The first of a mixed pair must leave time for the second, and all
	 * must send two packets before the trace ends. */
	bool brief = (r->kind == MODEL_MIX && r->visits == 0) ||
	    t.begin_us + (int64_t)SLOWEST_S * US > c->limit_us;

	if (!is_long(c, r))
		exchange_short(&t, r->kind);
	else if (is_bulk(c, r))
		exchange_bulk(&t, rand_even(c->options->seed,
		    c->bulks[r->kind]++, r->kind));
	else
		exchange_long(&t, brief);
	t.pair = r->kind;
	begin(c, &t);
	return conversation_end(&t) - absolute_us(0);
}

static void
relation_drop(struct campus *c, uint32_t i)
{
	c->relation[i].next_free = c->free_relation;
	c->free_relation = i;
}

static uint32_t
relation_place(struct campus *c)
{
	uint32_t i = c->free_relation;

	if (i != NOBODY) {
		c->free_relation = c->relation[i].next_free;
		return i;
	}
	c->relation = mem_grow(c->relation, &c->relation_cap,
	    c->relations + 1, sizeof *c->relation);
	return (uint32_t)c->relations++;
}

/* After a visit: the next, or the end of the pair. */
static void
schedule_visit(struct campus *c, uint32_t i, int64_t next_us)
{
	struct relation *r = &c->relation[i];

	r->visits++;
	if (--r->left == 0 || next_us == INT64_MAX)
		relation_drop(c, i);
	else
		heap_push(&c->heap, absolute_us(next_us),
		    (uint32_t)VISIT << EVENT_SHIFT | i);
}

static void
visit(struct campus *c, uint32_t i, int64_t now_us)
{
	struct relation *r = &c->relation[i];
	int64_t end = flow(c, r, now_us);

	schedule_visit(c, i, next_visit(c, r, now_us, end));
}

/* Kinds of pairs that take two flows need time for them: what does not
 * have it is another kind. */
static void
first_visit(struct campus *c, uint32_t i, int64_t now_us)
{
	struct relation *r = &c->relation[i];
	int64_t next;

	if (r->kind == MODEL_PROBE || r->kind == MODEL_DIALOG) {
		visit(c, i, now_us);
		return;
	}
	next = next_visit(c, r, now_us, now_us + (int64_t)BEGIN_S * US);
	if (next == INT64_MAX)
		r->kind = r->kind == MODEL_MIX ? MODEL_DIALOG : MODEL_PROBE;
	flow(c, r, now_us);
	schedule_visit(c, i, next);
}

/* Turn k of a wheel with the step, times 2^64: kinds of calls follow each
 * other evenly, so that also a small campus has each. */
static double
turn(uint64_t k, uint64_t step)
{
	return (double)(k * step >> 11) * 0x1p-53;
}

/* Holding times take turns too: of 3,000 independent ones the curve would be
 * as far from the paper's as what is allowed. */
static double
hold_s(uint64_t call)
{
	return rand_at(&model_hold_s, turn(call, UINT64_C(0x6a09e667f3bcc909)));
}

/* A probe was not answered: TCP to the peer's port, or 80, or 443. */
static void
fallback(struct campus *c, const struct relation *r, const struct peer *peer,
    enum payload_form form, int64_t now_us)
{
	struct conversation t = talk_make(c, r->client, peer, false,
	    absolute_us(now_us));
	size_t port = rand_pick(model_fallback_port, 3, rand_unit(&t.rand));

	t.end[0].port = (uint16_t)rand_range(&t.rand, 32768, 60999);
	if (port > 0)
		t.end[1].port = port == 1 ? 80 : 443;
	if (form == PAYLOAD_TCP)
		exchange_tcp(&t);
	else
		exchange_call(&t, form, hold_s(r->number));
	t.pair = form == PAYLOAD_TCP ? MODEL_DIALOG : MODEL_PAIRS;
	begin(c, &t);
}

/* A probe that will not be answered and what follows it over TCP. */
static void
unanswered(struct campus *c, const struct relation *r, enum payload_form form,
    int64_t now_us)
{
	struct peer peer = peers_get(c->peers, r->space, r->number);
	struct conversation t = talk_make(c, r->client, &peer, false,
	    absolute_us(now_us));

	exchange_short(&t, MODEL_PROBE);
	t.replies = 0;
	t.pair = MODEL_PROBE;
	begin(c, &t);
	fallback(c, r, &peer, form, now_us + 6 * US);
}

static void
birth_pair(struct campus *c, uint32_t client, unsigned slot, int64_t now_us)
{
	enum model_pair kind = slot % MODEL_PAIRS;
	struct relation r = {
		.client = client, .kind = (uint8_t)kind,
		.inbound = slot >= CLIENT_IN,
	};
	bool talk = kind != MODEL_PROBE;
	uint32_t i;

	choose_peer(c, &r, r.inbound ? talk ? MODEL_IN_TALK : MODEL_IN_PROBE :
	    talk ? MODEL_OUT_TALK : MODEL_OUT_PROBE);
	if (kind == MODEL_PROBE && !r.inbound &&
	    rand_chance(&c->rand, (1 - model_answered) * model_fallback)) {
		unanswered(c, &r, PAYLOAD_TCP, now_us);
		return;
	}
	r.left = (uint16_t)rand_draw(&c->rand, &model_visits[kind]);
	r.hourly = rand_chance(&c->rand, model_hourly[kind]);
	r.long_first = rand_chance(&c->rand, .5);
	i = relation_place(c);
	c->relation[i] = r;
	first_visit(c, i, now_us);
}

static enum payload_form
call_form(uint64_t k)
{
	double u = turn(k, UINT64_C(0x9e3779b97f4a7c15));

	if (u < model_call_out)
		return PAYLOAD_SKYPEOUT;
	return u > .2 && u < .2 + model_call_video ? PAYLOAD_VIDEO : PAYLOAD_VOICE;
}

static void
birth_call(struct campus *c, uint32_t client, int64_t now_us)
{
	struct relation r = { .client = client, .space = PEER_CALL,
	    .number = c->fresh[PEER_CALL]++ };
	enum payload_form form = call_form(r.number);
	struct peer peer = peers_get(c->peers, r.space, r.number);
	struct conversation t;

	if (form != PAYLOAD_SKYPEOUT &&
	    turn(r.number, UINT64_C(0xc13fa9a902a6328f)) < model_call_tcp) {
		unanswered(c, &r, PAYLOAD_TCPVOICE, now_us);
		return;
	}
	if (form == PAYLOAD_SKYPEOUT)
		peer.port = 12340;
	t = talk_make(c, client, &peer, form != PAYLOAD_SKYPEOUT &&
	    rand_chance(&c->rand, .5), absolute_us(now_us));
	exchange_call(&t, form, hold_s(r.number));
	t.pair = MODEL_PAIRS;
	begin(c, &t);
}

static void
schedule_birth(struct campus *c, uint32_t client, unsigned slot)
{
	int64_t t = client_birth(&c->client[client], slot, &c->rand);

	if (t != INT64_MAX)
		heap_push(&c->heap, absolute_us(t), (uint32_t)BIRTH <<
		    EVENT_SHIFT | client * SLOTS | slot);
}

static void
birth(struct campus *c, uint32_t what, int64_t now_us)
{
	uint32_t client = what / SLOTS;
	unsigned slot = what % SLOTS;

	c->client[client].done[slot]++;
	if (absolute_us(now_us) + (int64_t)BEGIN_S * US < c->limit_us) {
		if (slot == CLIENT_CALL)
			birth_call(c, client, now_us);
		else
			birth_pair(c, client, slot, now_us);
	}
	schedule_birth(c, client, slot);
}

/* ---- traffic that is not Skype ---- */

static void
noise(struct campus *c, int64_t now_us)
{
	const struct model_noise *m = noise_choose(&c->rand);
	uint32_t client = rand_below(&c->rand, c->options->clients);
	uint32_t k = c->fresh[PEER_NOISE]++;
	/* Every other one: no two behind one address. */
	struct peer peer = peers_get(c->peers, PEER_NOISE, k * 2);
	struct conversation t = talk_make(c, client, &peer,
	    noise_inbound(m, &c->rand), absolute_us(now_us));

	noise_set(&t, m, k, c->client[client].port);
	begin(c, &t);
}

static void
schedule_noise(struct campus *c, int64_t now_us)
{
	double mean_us = 3600e6 / (c->options->noise_per_h *
	    c->options->clients);
	int64_t t = now_us + (int64_t)(mean_us *
	    rand_draw(&c->rand, &model_exponential));

	if (absolute_us(t) + (int64_t)BEGIN_S * US < c->limit_us)
		heap_push(&c->heap, absolute_us(t),
		    (uint32_t)NOISE << EVENT_SHIFT);
}

/* ---- the loop ---- */

static void
prepare(struct campus *c)
{
	const struct campus_options *o = c->options;

	c->limit_us = absolute_us(o->duration_s * US);
	c->free_relation = NOBODY;
	c->rand = rand_for(o->seed, 3, 0);
	c->client = mem_alloc(o->clients, sizeof *c->client);
	for (uint32_t i = 0; i < o->clients; i++)
		client_plan(&c->client[i], i, o->clients, o->duration_s,
		    o->seed);
	size_pools(c);
	for (uint32_t i = 0; i < o->clients; i++)
		for (unsigned slot = 0; slot < CLIENT_SLOTS; slot++)
			schedule_birth(c, i, slot);
	if (o->noise_per_h > 0)
		schedule_noise(c, 0);
}

/* Does what stands first in the heap. */
static void
happen(struct campus *c)
{
	struct heap_item e = *heap_top(&c->heap);
	uint32_t i = e.what & ((UINT32_C(1) << EVENT_SHIFT) - 1);
	int64_t now_us = e.t_us - absolute_us(0);

	if (e.what >> EVENT_SHIFT == PACKET) {
		packet(c, i);
		return;
	}
	heap_pop(&c->heap);
	switch (e.what >> EVENT_SHIFT) {
	case VISIT:
		visit(c, i, now_us);
		break;
	case BIRTH:
		birth(c, i, now_us);
		break;
	default:
		noise(c, now_us);
		schedule_noise(c, now_us);
	}
}

void
campus_run(const struct campus_options *o, const struct peers *peers,
    struct wire *wire, struct truth *truth,
    void (*step)(uint64_t, uint64_t))
{
	struct campus c = { .options = o, .peers = peers };

	active_open(&c.stage, wire, truth, o->clients, o->seed);
	prepare(&c);
	while (c.heap.n > 0) {
		happen(&c);
		step(wire->bytes, wire->packets);
	}
	free(c.client);
	free(c.relation);
	free(c.heap.item);
	active_close(&c.stage);
}
