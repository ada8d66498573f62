/*
 * presence: when a client does what it has planned.  At its login it looks
 * for many peers at once; an hour after that, and after each event since,
 * it refreshes what it knows: it meets known peers again and new ones; what
 * lies between comes at random, as a Poisson process.
 */
#ifndef PRESENCE_H
#define PRESENCE_H

#include <stdint.h>

#include "base/rand.h"
#include "campus/client.h"

/* Times are us from the trace's begin. */

/* The next beginning of a slot; INT64_MAX when all are done.  To be called
 * once for each: it draws. */
int64_t presence_birth(struct client *, unsigned slot, struct rand *);

/* The session open at or next after the time; -1: none. */
int presence_session(const struct client *, int64_t t_us);

/* The client's first refresh at or after the time, in that session;
 * INT64_MAX: none. */
int64_t presence_refresh(const struct client *, int session, int64_t t_us);

#endif
