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

/* What a client is on the telephone. */
enum client_caller { CLIENT_SILENT, CLIENT_ONE_CALL, CLIENT_TALKER };

struct client {
	uint32_t addr;
	uint16_t port;
	uint8_t kind;			/* enum model_kind */
	uint8_t caller;			/* enum client_caller */
	uint8_t sessions;
	int32_t open_s[CLIENT_SESSIONS], close_s[CLIENT_SESSIONS];
	double room;			/* part of its sessions that the trace
					   has room for */
	uint64_t rhythm;		/* decides when it refreshes */
	uint32_t plan[CLIENT_SLOTS], done[CLIENT_SLOTS];
	double at[CLIENT_SLOTS];	/* the latest draw of when to begin */
	uint32_t used[MODEL_GROUPS * MODEL_TIERS];	/* of each pool */
};

/* How many clients of the first kinds there are of n: kinds lie one behind
 * the other. */
uint32_t client_kind_end(uint32_t n, enum model_kind);

/* Client i of n in a trace of duration_s.  Calls are not planned: phone.h. */
void client_plan(struct client *, uint32_t i, uint32_t n, int64_t duration_s,
    uint64_t seed);

/* The seconds that it is on line. */
int64_t client_online_s(const struct client *);

#endif
