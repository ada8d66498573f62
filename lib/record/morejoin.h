/*
 * morejoin: the further columns of pcap2flows -e of two pieces of a flow made
 * one, as text, where that is exact; else they become "-".
 *
 * flowmerge(1) says what becomes of each.
 */
#ifndef MOREJOIN_H
#define MOREJOIN_H

#include <stdbool.h>

#include "base/scan.h"
#include "flow/flow.h"
#include "record/flowrec.h"

/* Two pieces, b begins no sooner than a; as they were read. */
struct morejoin {
	const struct flow *a, *b;
	unsigned decimals;
	bool turned;			/* b's initiator is a's responder */
	bool lost;			/* what was written last is "-" because
					   the pieces do not tell it */
};

/* Is it one of these columns? */
static inline bool
morejoin_knows(enum flowrec_column c)
{
	return c >= COL_VLAN && c < FLOWREC_COLUMNS;
}

/* The column of b that tells of the direction that c of a does. */
enum flowrec_column morejoin_twin(enum flowrec_column c, bool turned);

/* Writes column c of the joined flow from a's text and that of b's twin. */
void morejoin_write(struct out *, struct morejoin *,
    enum flowrec_column c, struct rec_span a, struct rec_span b);

#endif
