#include "campus/exchange.h"

enum { US = 1000000, REPLY_GAP_US = 15000 };

void
exchange_delays(struct conversation *t, uint32_t rtt_us)
{
	uint32_t far = rtt_us + rand_below(&t->rand, rtt_us / 24 + 2000);
	uint32_t near = 250 + rand_below(&t->rand, 1800);

	t->delay_us[t->inside] = far;
	t->delay_us[!t->inside] = near;
	t->tcp = 0;
	t->rate = 0;
	t->id[0] = (uint16_t)rand_u64(&t->rand);
	t->id[1] = (uint16_t)rand_u64(&t->rand);
}

/* Draws are arguments nowhere: compilers differ in their order. */
static void
ladder_set(struct conversation *t, enum payload_form form, uint32_t steps,
    double gap_s)
{
	t->course = CONVERSATION_LADDER;
	t->form = (uint8_t)form;
	t->left[0] = steps;
	t->left[1] = 0;
	t->gap_us[0] = (uint32_t)(gap_s * US);
	t->gap_us[1] = REPLY_GAP_US;
	t->first = 0;
	t->replies = 1;
}

/* Packets that follow each other by a timer.  Who was asked from outside
 * repeats its reply until it hears again; it does not. */
static void
ladder_timed(struct conversation *t, uint32_t n, double gap_s)
{
	ladder_set(t, PAYLOAD_SIGNAL, t->inside == 0 ? n : 1, gap_s);
	if (t->inside == 0)
		return;
	t->replies = (uint16_t)n;
	t->gap_us[1] = t->gap_us[0];
}

/* Two packets in one go, answered likewise or by one. */
static void
ladder_twice(struct conversation *t)
{
	uint32_t gap = (uint32_t)rand_range(&t->rand, 300, 7000);

	ladder_set(t, PAYLOAD_SIGNAL, t->inside == 0 ? 2 : 1, 0);
	t->gap_us[0] = t->gap_us[1] = gap;
	t->first = t->inside == 0;
	t->replies = (uint16_t)(t->inside == 0 ?
	    rand_range(&t->rand, 1, 2) : 2);
}

/* In this part of the flows no answer comes, but after a while the other
 * side's own keep-alive; is it so here? */
static bool
keep_alive(struct conversation *t, double part)
{
	size_t k = rand_pick(model_keepalive_part, MODEL_KEEPALIVES,
	    rand_unit(&t->rand));

	if (!rand_chance(&t->rand, part))
		return false;
	t->delay_us[0] = model_keepalive_s[k][0] * US + rand_below(&t->rand,
	    (model_keepalive_s[k][1] - model_keepalive_s[k][0]) * US + 1);
	return true;
}

void
exchange_short(struct conversation *t, enum model_pair kind, bool brief)
{
	double answered = t->inside == 0 ? model_answered :
	    model_answers[kind];

	ladder_set(t, kind == MODEL_PROBE ? PAYLOAD_PROBE : PAYLOAD_SIGNAL,
	    1, 0);
	t->replies = rand_chance(&t->rand, answered);
	if (kind != MODEL_PROBE && !brief)
		keep_alive(t, model_keepalive);
}

static uint32_t
draw_steps(struct conversation *t, const struct rand_dist *d)
{
	return (uint32_t)rand_draw(&t->rand, d);
}

static void
ladder_poll(struct conversation *t)
{
	size_t k = rand_pick(model_poll_gap_part, 4, rand_unit(&t->rand));
	double gap = model_poll_gap_s[k];
	double length = rand_draw(&t->rand, &model_poll_s);

	ladder_set(t, PAYLOAD_SIGNAL, 2 + (uint32_t)(length / gap), gap);
}

/* A request is sent again; half of the time it is answered then. */
static void
ladder_retry(struct conversation *t)
{
	ladder_timed(t, 2, rand_draw(&t->rand, &model_pair_gap_s));
	if (t->inside == 1)
		return;
	t->first = 1;
	t->replies = rand_chance(&t->rand, .5);
}

static void
ladder_burst(struct conversation *t)
{
	ladder_set(t, PAYLOAD_BURST, 1, 0);
	t->replies = (uint16_t)draw_steps(t, &model_burst);
	if (t->inside == 0)
		t->left[0] = 2;
	else if (t->replies < 2)
		t->replies = 2;
}

void
exchange_long(struct conversation *t, bool brief)
{
	size_t pace = rand_pick(model_pace, MODEL_PACES, rand_unit(&t->rand));
	uint32_t n;

	if (brief && (pace == MODEL_PACE_POLL || pace == MODEL_PACE_MORE))
		pace = MODEL_PACE_PAIR;
	switch (pace) {
	case MODEL_PACE_RTT:
		n = draw_steps(t, &model_rtt_steps);
		ladder_set(t, PAYLOAD_SIGNAL, n, 0);
		return;
	case MODEL_PACE_PING:
		ladder_set(t, PAYLOAD_PING, 5, 0);
		return;
	case MODEL_PACE_RETRY:
		ladder_retry(t);
		return;
	case MODEL_PACE_MORE:
		n = draw_steps(t, &model_more_steps);
		ladder_timed(t, n, rand_draw(&t->rand, &model_more_gap_s));
		return;
	case MODEL_PACE_POLL:
		ladder_poll(t);
		return;
	case MODEL_PACE_NAT:
		ladder_set(t, PAYLOAD_NAT, 2, 0);
		return;
	case MODEL_PACE_BURST:
		ladder_burst(t);
		return;
	case MODEL_PACE_DOUBLE:
		ladder_twice(t);
		return;
	default:
		n = draw_steps(t, &model_pair_steps);
		ladder_timed(t, n, rand_draw(&t->rand, &model_pair_gap_s));
		if (!brief && t->inside == 0 && keep_alive(t, model_return))
			t->first = (uint16_t)(n - 1);
	}
}

static void
stream_set(struct conversation *t, enum payload_form form, uint32_t n0,
    uint32_t n1, double gap_ms)
{
	t->course = CONVERSATION_STREAM;
	t->form = (uint8_t)form;
	t->left[0] = n0;
	t->left[1] = n1;
	t->gap_us[0] = t->gap_us[1] = (uint32_t)(gap_ms * 1000);
	t->first = 0;
	t->replies = 1;
}

void
exchange_bulk(struct conversation *t, double u)
{
	double most = rand_at(&model_bulk_packets, u);
	double less = most * rand_draw(&t->rand, &model_bulk_back);
	double gap = rand_draw(&t->rand, &model_bulk_gap_ms);
	uint32_t n[2];

	/* The internal side is the one that sends more (Table I: 18.3 of 33
	 * million packets). */
	n[t->inside] = (uint32_t)most;
	n[!t->inside] = (uint32_t)less;
	stream_set(t, PAYLOAD_BULK, n[0], n[1], gap);
}

void
exchange_call(struct conversation *t, enum payload_form form, double hold_s)
{
	uint32_t gap = form == PAYLOAD_SKYPEOUT ? 20 : 30;
	uint32_t n = (uint32_t)(hold_s * 1000 / gap);

	/* Two pictures with each three messages of voice. */
	if (form == PAYLOAD_VIDEO)
		n = n * 5 / 3;
	stream_set(t, form, n, n, gap);
	t->rate = (uint8_t)rand_range(&t->rand, 26, 31);
	t->tcp = form == PAYLOAD_TCPVOICE;
}

void
exchange_tcp(struct conversation *t)
{
	uint32_t n = (uint32_t)rand_range(&t->rand, 2, 6);

	ladder_set(t, PAYLOAD_TCP, n, .5 + 2 * rand_unit(&t->rand));
	t->tcp = 1;
}
