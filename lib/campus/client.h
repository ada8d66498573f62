/*
 * client: a Skype client of the synthetic campus: its sessions, and how
 * many pairs of each kind it will begin, or others begin with it, all drawn
 * before the first packet.
 */
#ifndef CLIENT_H
#define CLIENT_H

#include <stdint.h>

#include "campus/model.h"

/* Kinds of beginnings: 0..3 pairs that it begins, 4..7 that others begin,
 * in the order of model_pair; calls. */
enum { CLIENT_IN = MODEL_PAIRS, CLIENT_CALL = 2 * MODEL_PAIRS,
	CLIENT_SLOTS, CLIENT_SESSIONS = 3 };

struct client {
	uint32_t addr;
	uint16_t port;
	uint8_t kind;			/* enum model_kind */
	uint8_t sessions;
	int32_t open_s[CLIENT_SESSIONS], close_s[CLIENT_SESSIONS];
	uint32_t plan[CLIENT_SLOTS], done[CLIENT_SLOTS];
	uint32_t used[MODEL_GROUPS * MODEL_TIERS];	/* of each pool */
};

/* How many clients of the first kinds there are of n: kinds lie one behind
 * the other. */
uint32_t client_kind_end(uint32_t n, enum model_kind);

/* Client i of n in a trace of duration_s. */
void client_plan(struct client *, uint32_t i, uint32_t n, int64_t duration_s,
    uint64_t seed);

/* The time, in us from the trace's begin, of the next beginning of a slot;
 * INT64_MAX when all are done. */
int64_t client_birth(const struct client *, unsigned slot, struct rand *);

/* The session open at or next after the time (us); -1: none. */
int client_session(const struct client *, int64_t t_us);

#endif
