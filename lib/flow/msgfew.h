/*
 * msgfew: the columns size, fun, nib and win of flow(5) of messages that are
 * held as they are, without tallies.
 */
#ifndef MSGFEW_H
#define MSGFEW_H

#include "flow/flowmsg.h"

/* Bytes that a column takes at most, and those of both sides with a tab behind
 * each. */
enum { MSGFEW_COLUMN = 2304, MSGFEW_ALL = 8 * (MSGFEW_COLUMN + 1) };

/* One column of one side's messages at p; where it ends.  t/unit/msgstats.c
 * compares it with what msgwrite_column makes of their tally. */
char *msgfew_put_column(char *p, const struct flowmsg_side *,
    enum msgstats_column);

/* size to rwin of what the flow holds. */
char *msgfew_put(char *p, const struct flow *);

#endif
