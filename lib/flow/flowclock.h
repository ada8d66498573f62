/*
 * flowclock: what time it is, told by packets of which one may be wrong.
 *
 * The clock shows the latest time that two packets in succession have
 * reached, and never goes back: one packet with a time of its own, far ahead
 * or back, moves nothing.  In a capture whose times rise it is one packet
 * late.
 *
 * Time may run backward, as in captures that were put together.  `slack` is
 * the longest step back so far, at least 1 s: who keeps a thing for that much
 * longer still has it when packets from before the step come.  A step of more
 * than a minute counts when the next packet is as far back.
 */
#ifndef FLOWCLOCK_H
#define FLOWCLOCK_H

#include <stdbool.h>
#include <stdint.h>

/* So far a single packet is believed. */
#define FLOWCLOCK_NEAR_NS INT64_C(60000000000)

/* So far the last packet of the input is believed. */
#define FLOWCLOCK_DAY_NS INT64_C(86400000000000)

struct flowclock {
	int64_t now;
	int64_t before;			/* the time told last */
	int64_t slack;
	bool stepped;			/* time has run backward */
};

static inline void
flowclock_init(struct flowclock *c)
{
	*c = (struct flowclock){.slack = INT64_C(1000000000)};
}

/* The times of the first two packets are known together: the clock need not
 * wait for the second.  Before the first flowclock_tell. */
static inline void
flowclock_begin(struct flowclock *c, int64_t first, int64_t second)
{
	c->now = c->before = first < second ? first : second;
}

/* A packet, or somebody who knows, says that it is t_ns >= 0. */
static inline void
flowclock_tell(struct flowclock *c, int64_t t_ns)
{
	int64_t least = t_ns < c->before ? t_ns : c->before;
	int64_t most = t_ns < c->before ? c->before : t_ns;

	if (t_ns < c->before)
		c->stepped = true;
	if (least > c->now)
		c->now = least;
	else if (c->now - t_ns > c->slack &&
	    (c->now - t_ns <= FLOWCLOCK_NEAR_NS ||
	    c->now - most > FLOWCLOCK_NEAR_NS))
		c->slack = c->now - t_ns;
	c->before = t_ns;
}

/* What it may be if the last packet is right. */
static inline int64_t
flowclock_latest(const struct flowclock *c)
{
	if (c->before > c->now && c->before - c->now <= FLOWCLOCK_DAY_NS)
		return c->before;
	return c->now;
}

/* No packet comes any more: the last one may be believed. */
static inline void
flowclock_end(struct flowclock *c)
{
	c->now = flowclock_latest(c);
}

#endif
