/*
 * sign: a source flow in brief: the most frequent value of each nibble and of
 * the signaling functions.  One long flow counts no more than a short one.
 */
#ifndef SIGN_H
#define SIGN_H

#include <stdint.h>

#include "skype/sentmsgs.h"

struct sign {
	uint64_t nib;			/* first nibble in the highest bits */
	uint8_t nibbles;		/* how many it has: 0 to 16 */
	uint8_t fun;			/* SIGN_NONE if not signaling */
};
enum { SIGN_NONE = 0xff };

/* Of both directions of a flow, whose row is in hand. */
void sign_both(const struct sentmsgs source[2], struct sign sign[2]);

#endif
