/*
 * pair: a client and a peer that exchange signaling: which peer it is, what
 * kind of pair (model_pair), and when they visit each other again.
 */
#ifndef PAIR_H
#define PAIR_H

#include <stdint.h>

#include "campus/state.h"

/* Makes the pools of shared peers as large as the contacts planned ask
 * for; call when all clients are planned. */
void pair_size_pools(struct state *);

/* The next pair of a client's slot meets for the first time. */
void pair_birth(struct state *, uint32_t client, unsigned slot,
    int64_t now_us);

/* Pair i meets again. */
void pair_visit(struct state *, uint32_t i, int64_t now_us);

#endif
