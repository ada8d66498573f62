/*
 * msgwrite: message statistics as text, the columns size, fun, nib and win of
 * flow(5).
 */
#ifndef MSGWRITE_H
#define MSGWRITE_H

#include "base/out.h"
#include "flow/msgstats.h"

/* One column; the tally may be NULL. */
void msgwrite_column(struct out *, const struct msgtally *,
    enum msgstats_column);

/* The same of a direction that has but these messages, MSGSTATS_FEW at most
 * and too few for a window.  What msgwrite_column would write of their tally
 * is written without making one: t/unit/msgstats.c compares the two. */
void msgwrite_few(struct out *, const struct message *, unsigned n,
    enum msgstats_column);

#endif
