/*
 * peer: the external endpoints of the synthetic campus.  A peer is a
 * number; its address, port and distance follow from the number, so that
 * any number of peers costs no memory.  Different numbers are different
 * endpoints.  Addresses are drawn from a base of places so that each
 * continent, country and city has its part (model_place), and unknown ones
 * from what the base leaves free.
 */
#ifndef PEER_H
#define PEER_H

#include <stdint.h>

#include "geo/geobase.h"

/* A peer is a space and a number within it; spaces below 16 are those of
 * model_group and tier: 4 * group + tier, tier 0 for peers with one contact. */
enum { PEER_CALL = 16, PEER_NOISE, PEER_SPACES = 32 };

struct peer {
	uint32_t addr;
	uint16_t port;
	uint32_t rtt_us;	/* from the monitor there and back */
};

struct peers;

/* name: of the base, for messages.  A base without a range of any kind ends
 * the program with status 1. */
struct peers *peers_open(const struct geobase *, const char *name,
    uint64_t seed);
void peers_close(struct peers *);

struct peer peers_get(const struct peers *, uint32_t space, uint32_t number);

#endif
