/*
 * visit: what happens in one flow: turns a talk between two known
 * endpoints into a probe, a heartbeat, a longer dialog, relayed data, a
 * call, a TCP fallback.  The caller has set ends, begin, limit, inside,
 * client and rand; visit sets the rest but starts nothing.
 */
#ifndef VISIT_H
#define VISIT_H

#include <stdbool.h>

#include "campus/model.h"
#include "campus/conversation.h"

/* Delays from the round trip outside; call first. */
void visit_delays(struct talk *, uint32_t rtt_us);

/* The internal side sends one packet, or none. */
void visit_short(struct talk *, enum model_pair);

/* The internal side sends at least two; brief: and is done within a
 * minute. */
void visit_long(struct talk *, bool brief);

/* Relayed data; u chooses how much, in [0, 1). */
void visit_bulk(struct talk *, double u);

/* A call of this form for hold_s seconds. */
void visit_call(struct talk *, enum look_form, double hold_s);

/* Signaling over TCP. */
void visit_tcp(struct talk *);

#endif
