/*
 * noise: traffic of the campus that is not Skype, model_noise.
 */
#ifndef NOISE_H
#define NOISE_H

#include "campus/model.h"
#include "campus/conversation.h"

/* One of the applications, in proportion, by u in [0, 1); and whether
 * outsiders begin it this time. */
const struct model_noise *noise_choose(double u);
bool noise_inbound(const struct model_noise *, struct rand *);

/* Makes flow k of the campus' other traffic of the talk, of which ends,
 * begin, limit and rand are set and that has its delays.  The inside end
 * keeps clear of the port taken. */
void noise_set(struct conversation *, const struct model_noise *, uint64_t k,
    uint16_t taken);

#endif
