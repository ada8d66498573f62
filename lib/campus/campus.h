/*
 * campus: runs the synthetic campus: clients, their pairs, calls and the
 * traffic that is not Skype, all packets in order of time.  Memory: 350
 * bytes a client, 40 a pair that has visits to come, 160 a flow that is
 * going on; nothing grows with what has passed.
 */
#ifndef CAMPUS_H
#define CAMPUS_H

#include <stdint.h>

#include "campus/peer.h"
#include "campus/truth.h"
#include "campus/wire.h"

struct campus_options {
	uint64_t seed;
	uint32_t clients;
	int64_t duration_s;
	double noise_per_h;	/* other flows a client and hour */
};

/* step is told after each event how far it is: bytes and packets written. */
void campus_run(const struct campus_options *, const struct peers *,
    struct wire *, struct truth *,
    void (*step)(uint64_t bytes, uint64_t packets));

#endif
