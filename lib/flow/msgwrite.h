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

#endif
