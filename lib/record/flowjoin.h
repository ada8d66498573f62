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

/* A count of the two together would be larger than records can have: the
 * direction, 0 or 1; or -1. */
int flowjoin_overflows(const struct flow *a, const struct flow *b);

/* Adds b, which begins no sooner than a, to a.  A b that is turned round (its
 * initiator is a's responder) is swapped; its histograms are spoilt. */
void flowjoin(struct flow *a, struct flow *b);

#endif
