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
static inline void msgwrite_few(struct out *, const struct message *,
    unsigned n, enum msgstats_column);

/* Of one message or more; not the column win. */
void msgwrite_some(struct out *, const struct message *, unsigned n,
    enum msgstats_column);

static inline void
msgwrite_few(struct out *o, const struct message *m, unsigned n,
    enum msgstats_column column)
{
	if (n == 0 || column == MSGSTATS_WIN)
		out_char(o, '-');
	else
		msgwrite_some(o, m, n, column);
}

#endif
