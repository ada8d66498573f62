/*
 * phone: calls, and what follows a probe that is not answered: signaling or
 * a call over TCP.
 */
#ifndef PHONE_H
#define PHONE_H

#include <stdint.h>

#include "campus/state.h"

/* Plans the calls of all clients, when they are planned otherwise: a few
 * talkers share most of them, many clients have one or two. */
void phone_plan(struct state *);

/* A client calls somebody, or is called. */
void phone_birth(struct state *, uint32_t client, int64_t now_us);

/* A probe of the pair that will not be answered, and the signaling that
 * follows it over TCP. */
void phone_unanswered(struct state *, const struct pair *, int64_t now_us);

#endif
