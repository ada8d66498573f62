#include "campus/phone.h"

#include "campus/exchange.h"

/* Turn k of a wheel with the step, times 2^64: kinds of calls follow each
 * other evenly, so that also a small campus has each. */
static double
phone_turn(uint64_t k, uint64_t step)
{
	return (double)(k * step >> 11) * 0x1p-53;
}

/* Holding times take turns too: of 3,000 independent ones the curve would be
 * as far from the paper's as what is allowed. */
static double
phone_hold_s(uint64_t call)
{
	return rand_at(&model_hold_s,
	    phone_turn(call, UINT64_C(0x6a09e667f3bcc909)));
}

/* A probe was not answered: TCP to the peer's port, or 80, or 443. */
static void
phone_fallback(struct state *c, const struct pair *r, const struct peer *peer,
    enum payload_form form, int64_t now_us)
{
	struct conversation t = state_conversation(c, r->client, peer, false,
	    state_epoch_us(now_us));
	size_t port = rand_pick(model_fallback_port, 3, rand_unit(&t.rand));

	t.end[0].port = (uint16_t)rand_range(&t.rand, 32768, 60999);
	if (port > 0)
		t.end[1].port = port == 1 ? 80 : 443;
	if (form == PAYLOAD_TCP)
		exchange_tcp(&t);
	else
		exchange_call(&t, form, phone_hold_s(r->number));
	t.pair = form == PAYLOAD_TCP ? MODEL_DIALOG : MODEL_PAIRS;
	state_begin(c, &t);
}

/* A probe that will not be answered and what follows it over TCP. */
void
phone_unanswered(struct state *c, const struct pair *r, enum payload_form form,
    int64_t now_us)
{
	struct peer peer = peers_get(c->peers, r->space, r->number);
	struct conversation t = state_conversation(c, r->client, &peer, false,
	    state_epoch_us(now_us));

	exchange_short(&t, MODEL_PROBE);
	t.replies = 0;
	t.pair = MODEL_PROBE;
	state_begin(c, &t);
	phone_fallback(c, r, &peer, form, now_us + 6 * STATE_US);
}

static enum payload_form
phone_form(uint64_t k)
{
	double u = phone_turn(k, UINT64_C(0x9e3779b97f4a7c15));

	if (u < model_call_out)
		return PAYLOAD_SKYPEOUT;
	return u > .2 && u < .2 + model_call_video ? PAYLOAD_VIDEO :
	    PAYLOAD_VOICE;
}

void
phone_birth(struct state *c, uint32_t client, int64_t now_us)
{
	struct pair r = { .client = client, .space = PEER_CALL,
	    .number = c->fresh[PEER_CALL]++ };
	enum payload_form form = phone_form(r.number);
	struct peer peer = peers_get(c->peers, r.space, r.number);
	struct conversation t;

	if (form != PAYLOAD_SKYPEOUT &&
	    phone_turn(r.number, UINT64_C(0xc13fa9a902a6328f)) <
	    model_call_tcp) {
		phone_unanswered(c, &r, PAYLOAD_TCPVOICE, now_us);
		return;
	}
	if (form == PAYLOAD_SKYPEOUT)
		peer.port = 12340;
	t = state_conversation(c, client, &peer, form != PAYLOAD_SKYPEOUT &&
	    rand_chance(&c->rand, .5), state_epoch_us(now_us));
	exchange_call(&t, form, phone_hold_s(r.number));
	t.pair = MODEL_PAIRS;
	state_begin(c, &t);
}
