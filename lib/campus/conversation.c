#include "campus/conversation.h"

#include "packet/packet.h"

enum { SETTLE_US = 20000, ACK_US = 700 };

enum phase { SYN, SYNACK, ACK, DATA, FIN, FINACK, LAST, CLOSED };

/* Times of a stream's packet k, counted from its side's first: voice at its
 * pace, video as a frame of voice, two of picture, two of voice. */
static int64_t
stream_beat(const struct conversation *t, int side, uint32_t k)
{
	static const uint8_t voice[] = { 0, 0, 0, 1, 2 };

	if (t->form != PAYLOAD_VIDEO)
		return (int64_t)k * t->gap_us[side];
	return ((int64_t)(k / 5) * 3 + voice[k % 5]) * t->gap_us[side] +
	    (k % 5 < 3 ? (int64_t)(k % 5) * 2000 : 0);
}

static int64_t
stream_time(struct conversation *t, int side)
{
	uint32_t k = t->sent[side];
	uint32_t shake = t->gap_us[side] / (side == t->inside ? 20 : 6);

	if (k == 0)
		return t->begin_us + (side == 1 ? t->delay_us[0] : 0);
	if (t->form == PAYLOAD_VIDEO)
		shake = 900;
	return t->begin_us + t->delay_us[0] +
	    (side == 0 ? SETTLE_US : 0) + stream_beat(t, side, k) +
	    rand_below(&t->rand, shake + 1);
}

static void
stream_step(struct conversation *t, int side)
{
	t->at_us[side] = --t->left[side] > 0 ? stream_time(t, side) :
	    CONVERSATION_NEVER;
}

static int64_t
request_gap(struct conversation *t)
{
	uint32_t g = t->gap_us[0];

	/* Timers fire late, never early. */
	return g == 0 ? 0 : (int64_t)g + rand_below(&t->rand, g / 64 + 1);
}

static void
request_step(struct conversation *t)
{
	int64_t now = t->at_us[0], next = now + request_gap(t);
	bool answered = t->sent[0] > t->first && t->replies > 0;

	if (answered) {
		int64_t reply = now + t->delay_us[0];
		int64_t last = reply + (int64_t)(t->replies - 1) * t->gap_us[1];

		t->at_us[1] = reply;
		t->burst = t->replies;
		if (next < last + t->delay_us[1])
			next = last + t->delay_us[1];
	} else if (t->gap_us[0] == 0) {
		next = now + 1000000;
	}
	t->at_us[0] = --t->left[0] > 0 ? next : CONVERSATION_NEVER;
}

static void
reply_step(struct conversation *t)
{
	if (t->tcp && (t->burst % 2 == 0 || t->burst == 1))
		t->ack_us = t->at_us[1] + ACK_US;
	t->at_us[1] = --t->burst > 0 ? t->at_us[1] + t->gap_us[1] :
	    CONVERSATION_NEVER;
}

static int
earlier_side(const struct conversation *t)
{
	return t->at_us[1] < t->at_us[0];
}

void
conversation_start(struct conversation *t)
{
	t->at_us[0] = t->begin_us;
	t->at_us[1] = CONVERSATION_NEVER;
	t->ack_us = CONVERSATION_NEVER;
	t->sent[0] = t->sent[1] = 0;
	t->burst = 0;
	t->phase = t->tcp ? SYN : DATA;
	if (t->course == CONVERSATION_STREAM && !t->tcp && t->left[1] > 0)
		t->at_us[1] = stream_time(t, 1);
}

int64_t
conversation_due(const struct conversation *t)
{
	int64_t due = t->at_us[earlier_side(t)];

	if (t->ack_us < due)
		due = t->ack_us;
	return due < t->limit_us ? due : CONVERSATION_NEVER;
}

/* A packet of data: which side's, what it looks like; takes the step. */
static void
data_packet(struct conversation *t, struct conversation_packet *p)
{
	int side = earlier_side(t);

	p->side = (uint8_t)side;
	p->look = (struct payload){
		.form = t->form, .reply = side == 1, .step = t->sent[side],
		.rate = t->rate, .age_us = p->t_us - t->begin_us,
		.again = side == 0 && t->course == CONVERSATION_LADDER &&
		    t->sent[0] > 0 && t->sent[0] <= t->first,
	};
	payload_choose(&p->look, &t->rand);
	t->sent[side]++;
	if (t->course == CONVERSATION_STREAM)
		stream_step(t, side);
	else if (side == 0)
		request_step(t);
	else
		reply_step(t);
}

/* After the handshake the first request follows, and in a stream the other
 * side's. */
static void
open_data(struct conversation *t)
{
	t->begin_us = t->at_us[0] + ACK_US;
	t->at_us[0] = t->begin_us;
	t->phase = DATA;
	if (t->course == CONVERSATION_STREAM && t->left[1] > 0)
		t->at_us[1] = stream_time(t, 1);
}

static void
control_packet(struct conversation *t, struct conversation_packet *p)
{
	static const uint8_t flags[] = {
		[SYN] = TCP_SYN, [SYNACK] = TCP_SYN | TCP_ACK, [ACK] = TCP_ACK,
		[FIN] = TCP_FIN | TCP_ACK, [FINACK] = TCP_FIN | TCP_ACK,
		[LAST] = TCP_ACK,
	};
	int side = t->phase == SYNACK || t->phase == FINACK;

	p->side = (uint8_t)side;
	p->flags = flags[t->phase];
	t->at_us[side] = CONVERSATION_NEVER;
	if (t->phase == SYN && t->replies == 0) {
		t->phase = CLOSED;
		return;
	}
	if (t->phase == ACK) {
		t->at_us[0] = p->t_us;
		open_data(t);
		return;
	}
	if (++t->phase < CLOSED)
		t->at_us[!side] = p->t_us + t->delay_us[side];
}

static void
ack_packet(struct conversation *t, struct conversation_packet *p)
{
	p->side = 0;
	p->flags = TCP_ACK;
	t->ack_us = CONVERSATION_NEVER;
}

void
conversation_next(struct conversation *t, struct conversation_packet *p)
{
	p->t_us = conversation_due(t);
	p->look = (struct payload){ .form = t->form };
	if (t->ack_us == p->t_us) {
		ack_packet(t, p);
	} else if (t->phase != DATA) {
		control_packet(t, p);
	} else {
		p->flags = TCP_PSH | TCP_ACK;
		data_packet(t, p);
	}
	if (t->tcp && t->phase == DATA &&
	    conversation_due(t) == CONVERSATION_NEVER &&
	    p->t_us < t->limit_us) {
		t->phase = FIN;
		t->at_us[0] = p->t_us + SETTLE_US;
	}
}

int64_t
conversation_end(const struct conversation *whole)
{
	struct conversation t = *whole;
	struct conversation_packet p = { .t_us = t.begin_us };

	while (conversation_due(&t) != CONVERSATION_NEVER)
		conversation_next(&t, &p);
	return p.t_us;
}
