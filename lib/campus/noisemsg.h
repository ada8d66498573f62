/*
 * noisemsg: the messages of protocols that are not Skype: the forms of
 * payload.h from PAYLOAD_DNS on.
 */
#ifndef NOISEMSG_H
#define NOISEMSG_H

#include <stdint.h>

#include "base/rand.h"
#include "campus/payload.h"

/* Chooses the length of a message whose other fields are set. */
void noisemsg_choose(struct payload *, struct rand *);

/* Writes its bytes; as payload_write. */
void noisemsg_write(const struct payload *, uint64_t flow, struct rand *,
    uint8_t *);

#endif
