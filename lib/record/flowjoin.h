/*
 * flowjoin: two pieces of a flow made one: times, counters and histograms are
 * put together; ask, reply, ask2 and turn where the pieces leave no doubt.
 */
#ifndef FLOWJOIN_H
#define FLOWJOIN_H

#include <stdbool.h>

#include "flow/flow.h"

/* Are they of one 5-tuple, either way round? */
bool flowjoin_is_pair(const struct flow *, const struct flow *);

/* Of such a pair, is b turned round: its initiator is a's responder? */
bool flowjoin_is_turned(const struct flow *a, const struct flow *b);

/* Would some count of the two together be more than records can have?
 * The side of b that they are of, or -1. */
int flowjoin_overflows(const struct flow *a, const struct flow *b);

/* Adds b, which begins no sooner than a, to a.  A b that is turned round (its
 * initiator is a's responder) is swapped; its histograms are spoilt. */
void flowjoin(struct flow *a, struct flow *b);

#endif
