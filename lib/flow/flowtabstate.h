/*
 * flowtabstate: the flow table itself, shared by its two parts alone:
 * flowtab.c, where flows begin and end, and flowahead.c, which fetches what
 * they will need.
 */
#ifndef FLOWTABSTATE_H
#define FLOWTABSTATE_H

#include "flow/flowindex.h"
#include "flow/flowlist.h"
#include "flow/flowtab.h"

struct flowtab_turn;

enum { FLOWTAB_COMING = 8 };

struct flowtab {
	struct flowtab_want want;
	struct flowtab_taker taker;

	const struct flowclock *clock;
	int64_t due;			/* nothing expires before, unless time
					   has run backward: then … */
	uint32_t first;			/* … as long as this is the oldest … */
	int64_t first_end;		/* … with this end */
	bool ending;			/* no packet comes any more */

	struct flowlist list;		/* the flows held */
	struct flowindex index;		/* of those that packets can find */
	struct pool flows;		/* of struct flow_full */
	struct pool blocks;		/* of their message statistics */
	struct pool more;		/* of struct flowmore and its groups */
	uint32_t held;
	uint32_t ahead;			/* the scout of the oldest, at least */
	uint32_t steps;			/* of the scout */
	uint32_t coming[FLOWTAB_COMING];	/* its latest */

	struct flowtab_turn *run;		/* scratch of hand_over_run */
	size_t run_cap;
};

static inline struct flowslot *
flowtab_slot(const struct flowtab *t, uint32_t i)
{
	return flowlist_slot(&t->list, i);
}

/* Fetches what handing over the oldest flows needs. */
void flowtab_foresee_oldest(struct flowtab *);

#endif
