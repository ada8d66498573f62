/*
 * exchange: what happens in one flow: turns a conversation between two known
 * endpoints into a probe, a heartbeat, a longer dialog, relayed data, a
 * call, a TCP fallback.  The caller has set ends, begin, limit, inside,
 * client and rand; visit sets the rest but starts nothing.
 */
#ifndef EXCHANGE_H
#define EXCHANGE_H

#include <stdbool.h>

#include "campus/model.h"
#include "campus/conversation.h"

/* Delays from the round trip outside; call first. */
void exchange_delays(struct conversation *, uint32_t rtt_us);

/* The internal side sends one packet, or none; brief: and all is done within
 * some seconds. */
void exchange_short(struct conversation *, enum model_pair, bool brief);

/* The internal side sends at least two; brief: and is done within a
 * minute. */
void exchange_long(struct conversation *, bool brief);

/* Relayed data; u chooses how much, in [0, 1). */
void exchange_bulk(struct conversation *, double u);

/* A call of this form for hold_s seconds. */
void exchange_call(struct conversation *, enum payload_form, double hold_s);

/* Signaling over TCP. */
void exchange_tcp(struct conversation *);

#endif
