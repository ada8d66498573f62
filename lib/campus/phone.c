#include "campus/phone.h"

#include "campus/exchange.h"

/* Quantities of calls that are drawn evenly; numbers beyond client.c's. */
enum { CALL_HOLD = 100, CALL_FORM };

enum { FORM_RUN = 25 };

/* Seconds from a probe that is not answered to the TCP that follows it. */
enum { FALLBACK_S = 6 };

/* What passes in a call. */
struct call {
	enum payload_form form;
	double hold_s;
};

/* Talkers have calls by the time that they are on line, some more. */
static double
talker_weight(const struct state *c, uint32_t i)
{
	const struct client *k = &c->client[i];

	if (k->caller != CLIENT_TALKER)
		return 0;
	return (double)client_online_s(k) * rand_at(&model_talk,
	    rand_even(c->options->seed, CLIENT_TALKER, i,
	    c->options->clients));
}

/* All calls that are left are the talkers', each its part. */
static void
plan_talkers(struct state *c, double calls)
{
	double sum = 0, at = 0;
	uint32_t given = 0;

	for (uint32_t i = 0; i < c->options->clients; i++)
		sum += talker_weight(c, i);
	for (uint32_t i = 0; i < c->options->clients && sum > 0; i++) {
		at += talker_weight(c, i) / sum;
		c->client[i].plan[CLIENT_CALL] +=
		    (uint32_t)(at * calls + .5) - given;
		given = (uint32_t)(at * calls + .5);
	}
	c->calls[CLIENT_TALKER] = given;
}

void
phone_plan(struct state *c)
{
	double room = 0, calls;

	for (uint32_t i = 0; i < c->options->clients; i++) {
		struct client *k = &c->client[i];

		if (k->kind == MODEL_ACTIVE)
			room += k->room;
		if (k->caller != CLIENT_ONE_CALL)
			continue;
		k->plan[CLIENT_CALL] = rand_chance(&c->rand, model_second_call)
		    ? 2 : 1;
		c->calls[CLIENT_ONE_CALL] += k->plan[CLIENT_CALL];
	}
	calls = model_calls * room - c->calls[CLIENT_ONE_CALL];
	if (calls > 0)
		plan_talkers(c, calls);
}

/* Holding times are the published ones over all calls; those of who has one
 * call are from the lower part, and talkers have what is left. */
static double
call_hold_s(const struct state *c, enum client_caller caller, double u)
{
	double ones = c->calls[CLIENT_ONE_CALL];
	double part = ones / (ones + c->calls[CLIENT_TALKER]);
	double left = model_short_calls - part;

	if (caller == CLIENT_ONE_CALL)
		u *= model_short_calls;
	else if (u * (1 - part) < left)
		u *= (1 - part) * model_short_calls / left;
	else
		u = u * (1 - part) + part;
	return rand_at(&model_hold_s, u);
}

static enum payload_form
call_form(double u)
{
	if (u < model_call_out)
		return PAYLOAD_SKYPEOUT;
	if (u < model_call_out + model_call_video)
		return PAYLOAD_VIDEO;
	if (u < model_call_out + model_call_video + model_call_tcp)
		return PAYLOAD_TCPVOICE;
	return PAYLOAD_VOICE;
}

/* Of calls of about one length, or when they are few of all, each form has
 * its part. */
static double
call_form_quantile(const struct state *c, enum client_caller caller,
    uint32_t rank)
{
	uint64_t seed = c->options->seed;
	uint32_t n = c->calls[CLIENT_ONE_CALL] + c->calls[CLIENT_TALKER];

	if (n < 2 * FORM_RUN)
		return rand_even(seed, CALL_FORM, c->called[CLIENT_ONE_CALL] +
		    c->called[CLIENT_TALKER] - 1, n);
	return rand_even(seed + caller + rank / FORM_RUN, CALL_FORM,
	    rank % FORM_RUN, FORM_RUN);
}

/* The client's next call. */
static struct call
call_choose(struct state *c, uint32_t client)
{
	enum client_caller caller = c->client[client].caller;
	uint32_t n = c->calls[caller];
	double u = rand_even(c->options->seed + caller, CALL_HOLD,
	    c->called[caller]++, n);

	return (struct call){
		.hold_s = call_hold_s(c, caller, u),
		.form = call_form(call_form_quantile(c, caller,
		    (uint32_t)(u * n))),
	};
}

/* A probe was not answered: TCP to the peer's port, or 80, or 443. */
static void
phone_fallback(struct state *c, const struct pair *r, const struct peer *peer,
    const struct call *call, int64_t now_us)
{
	struct conversation t = state_conversation(c, r->client, peer, false,
	    state_epoch_us(now_us));
	size_t port = rand_pick(model_fallback_port, 3, rand_unit(&t.rand));

	t.end[0].port = (uint16_t)rand_range(&t.rand, 32768, 60999);
	if (port > 0)
		t.end[1].port = port == 1 ? 80 : 443;
	if (call == NULL)
		exchange_tcp(&t);
	else
		exchange_call(&t, call->form, call->hold_s);
	t.pair = call == NULL ? MODEL_DIALOG : MODEL_PAIRS;
	state_begin(c, &t);
}

/* call: what follows the probe; NULL: signaling. */
static void
probe_unanswered(struct state *c, const struct pair *r, const struct call *call,
    int64_t now_us)
{
	struct peer peer = peers_get(c->peers, r->space, r->number);
	struct conversation t = state_conversation(c, r->client, &peer, false,
	    state_epoch_us(now_us));

	exchange_short(&t, MODEL_PROBE, true);
	t.replies = 0;
	t.pair = MODEL_PROBE;
	state_begin(c, &t);
	phone_fallback(c, r, &peer, call, now_us + FALLBACK_S * STATE_US);
}

void
phone_unanswered(struct state *c, const struct pair *r, int64_t now_us)
{
	probe_unanswered(c, r, NULL, now_us);
}

void
phone_birth(struct state *c, uint32_t client, int64_t now_us)
{
	struct pair r = { .client = client, .space = PEER_CALL,
	    .number = c->fresh[PEER_CALL]++ };
	struct call call = call_choose(c, client);
	struct peer peer = peers_get(c->peers, r.space, r.number);
	struct conversation t;
	bool inbound;

	if (call.form == PAYLOAD_TCPVOICE) {
		probe_unanswered(c, &r, &call, now_us);
		return;
	}
	inbound = call.form != PAYLOAD_SKYPEOUT && rand_chance(&c->rand, .5);
	if (call.form == PAYLOAD_SKYPEOUT)
		peer.port = MODEL_PHONE_PORT;
	t = state_conversation(c, client, &peer, inbound,
	    state_epoch_us(now_us));
	exchange_call(&t, call.form, call.hold_s);
	t.pair = MODEL_PAIRS;
	state_begin(c, &t);
}
