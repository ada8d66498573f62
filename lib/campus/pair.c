#include "campus/pair.h"

#include "base/mem.h"
#include "campus/exchange.h"
#include "campus/phone.h"
#include "campus/presence.h"

/* Two packets, the second at most CONVERSATION_SILENCE after the first, and
 * their answers take so long. */
enum { SLOWEST_S = 200 };

/* How much is relayed; the quantity's number is beyond those of client.c and
 * phone.c. */
enum { BULK_QUANTITY = 200 };

/* A peer that the client has not met: of a pool, or one of its own. */
static void
pair_choose_peer(struct state *c, struct pair *r, enum model_group group)
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
		r->space = (uint32_t)group * 4 + tier;
		r->number = rand_shuffle(c->options->seed ^
		    (uint64_t)r->client << 8 ^ p, c->pool[p], k->used[p]++);
		return;
	}
	r->space = (uint32_t)group * 4;
	r->number = c->fresh[r->space]++;
}

/* Pools are as large as the contacts planned ask for. */
void
pair_size_pools(struct state *c)
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

/* A moment after the client's next refresh; when its session has none left,
 * the session's end. */
static int64_t
pair_next_refresh(struct state *c, const struct client *k, int session,
    int64_t rested)
{
	int64_t t = presence_refresh(k, session, rested);

	if (t == INT64_MAX)
		return (int64_t)k->close_s[session] * STATE_US;
	return t + (int64_t)(rand_draw(&c->rand, &model_hour_late_s) *
	    STATE_US);
}

/* When the pair may be visited next, after a flow that ends at end_us;
 * INT64_MAX: never. */
static int64_t
pair_next_visit(struct state *c, const struct pair *r, int64_t now_us,
    int64_t end_us)
{
	const struct client *k = &c->client[r->client];
	int64_t rested = end_us + (int64_t)MODEL_REST_S * STATE_US, t;
	int i;

	t = now_us + (int64_t)(rand_draw(&c->rand, &model_return_s) * STATE_US);
	i = presence_session(k, now_us);
	if (r->hourly && i >= 0)
		t = pair_next_refresh(c, k, i, rested);
	i = presence_session(k, t);
	if (i < 0)
		return INT64_MAX;
	if (t < (int64_t)k->open_s[i] * STATE_US)
		t = (int64_t)k->open_s[i] * STATE_US +
		    rand_range(&c->rand, 0, 900) * STATE_US;
	if (t < rested)
		t = rested + rand_range(&c->rand, 0, 60) * STATE_US;
	return state_begins_in_time(c, t) ? t : INT64_MAX;
}

static bool
visit_is_long(struct state *c, const struct pair *r)
{
	if (r->kind != MODEL_MIX)
		return r->kind == MODEL_DIALOG;
	if (r->visits < 2)
		return r->long_first == (r->visits == 0);
	return rand_chance(&c->rand, model_mix_long);
}

/* Super-nodes relay now and then; where they are few or many, because a
 * small campus has a whole number of them, each more or less. */
static bool
visit_is_bulk(struct state *c, const struct pair *r)
{
	if (c->client[r->client].kind != MODEL_CORE)
		return false;
	if (r->kind == MODEL_MIX && r->visits < 2)
		return false;
	c->bulk[r->kind] += model_bulk[r->kind] * c->relaying;
	if (c->bulk[r->kind] < 1)
		return false;
	c->bulk[r->kind]--;
	return true;
}

/* How much is relayed: each ten are one of each tenth, and of each hundred
 * the ten in one tenth are one of each hundredth. */
static double
bulk_quantile(struct state *c, enum model_pair kind)
{
	uint32_t i = c->bulks[kind]++;
	uint64_t seed = c->options->seed;
	uint32_t tenth = (uint32_t)(10 * rand_even(seed + i / 10,
	    BULK_QUANTITY + kind, i % 10, 10));

	return (tenth + rand_even(seed + i / 100, BULK_QUANTITY * (tenth + 2) +
	    kind, i / 10 % 10, 10)) / 10;
}

/* One flow of the pair; returns its end, from the trace's begin. */
static int64_t
visit_flow(struct state *c, struct pair *r, int64_t now_us)
{
	struct peer peer = peers_get(c->peers, r->space, r->number);
	struct conversation t = state_conversation(c, r->client, &peer,
	    r->inbound, state_epoch_us(now_us));
	/* The first of several must leave time for the second, and all must
	 * send two packets before the trace ends. */
	bool brief = (r->kind != MODEL_DIALOG && r->visits == 0) ||
	    t.begin_us + (int64_t)SLOWEST_S * STATE_US > c->limit_us;

	if (!visit_is_long(c, r))
		exchange_short(&t, r->kind, brief);
	else if (visit_is_bulk(c, r))
		exchange_bulk(&t, bulk_quantile(c, r->kind));
	else
		exchange_long(&t, brief);
	t.pair = r->kind;
	state_begin(c, &t);
	return conversation_end(&t) - state_epoch_us(0);
}

static void
pair_drop(struct state *c, uint32_t i)
{
	c->pair[i].next_free = c->free_pair;
	c->free_pair = i;
}

static uint32_t
pair_place(struct state *c)
{
	uint32_t i = c->free_pair;

	if (i != STATE_NONE) {
		c->free_pair = c->pair[i].next_free;
		return i;
	}
	c->pair = mem_grow(c->pair, &c->pair_cap,
	    c->pairs + 1, sizeof *c->pair);
	return (uint32_t)c->pairs++;
}

/* After a visit: the next, or the end of the pair. */
static void
pair_schedule(struct state *c, uint32_t i, int64_t next_us)
{
	struct pair *r = &c->pair[i];

	r->visits++;
	if (--r->left == 0 || next_us == INT64_MAX)
		pair_drop(c, i);
	else
		heap_push(&c->heap, state_epoch_us(next_us),
		    (uint32_t)STATE_VISIT << STATE_SHIFT | i);
}

void
pair_visit(struct state *c, uint32_t i, int64_t now_us)
{
	struct pair *r = &c->pair[i];
	int64_t end = visit_flow(c, r, now_us);

	pair_schedule(c, i, pair_next_visit(c, r, now_us, end));
}

/* Kinds of pairs that take two flows need time for them: what does not
 * have it is another kind. */
static void
pair_first_visit(struct state *c, uint32_t i, int64_t now_us)
{
	struct pair *r = &c->pair[i];
	int64_t next;

	if (r->kind == MODEL_PROBE || r->kind == MODEL_DIALOG) {
		pair_visit(c, i, now_us);
		return;
	}
	next = pair_next_visit(c, r, now_us,
	    now_us + (int64_t)STATE_BEGIN_S * STATE_US);
	if (next == INT64_MAX)
		r->kind = r->kind == MODEL_MIX ? MODEL_DIALOG : MODEL_PROBE;
	visit_flow(c, r, now_us);
	pair_schedule(c, i, next);
}

void
pair_birth(struct state *c, uint32_t client, unsigned slot, int64_t now_us)
{
	enum model_pair kind = slot % MODEL_PAIRS;
	struct pair r = {
		.client = client, .kind = (uint8_t)kind,
		.inbound = slot >= CLIENT_IN,
	};
	bool talk = kind != MODEL_PROBE;
	uint32_t i;

	pair_choose_peer(c, &r, r.inbound ?
	    (talk ? MODEL_IN_TALK : MODEL_IN_PROBE) :
	    (talk ? MODEL_OUT_TALK : MODEL_OUT_PROBE));
	if (kind == MODEL_PROBE && !r.inbound &&
	    rand_chance(&c->rand, (1 - model_answered) * model_fallback)) {
		phone_unanswered(c, &r, now_us);
		return;
	}
	r.left = (uint16_t)rand_draw(&c->rand, &model_visits[kind]);
	r.hourly = rand_chance(&c->rand, model_hourly[kind]);
	r.long_first = rand_chance(&c->rand, .5);
	i = pair_place(c);
	c->pair[i] = r;
	pair_first_visit(c, i, now_us);
}
