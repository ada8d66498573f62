/*
 * truth: what each flow of a synthetic capture is, as flow records,
 * truth file of tracegen(1).  A line is written when its flow begins, so
 * lines are in order of start and nothing is held.
 */
#ifndef TRUTH_H
#define TRUTH_H

#include <stdint.h>

#include "geo/geobase.h"
#include "base/out.h"
#include "record/rec.h"
#include "campus/conversation.h"

/* The columns of the truth file. */
enum { TRUTH_COLUMNS = 26 };
extern const char *const truth_columns[TRUTH_COLUMNS];

/* Longer payloads than that count as that. */
enum { TRUTH_LONGEST = 1500 };

/* Packets of each payload length, of one side of a flow. */
struct truth_sizes {
	uint32_t packets[TRUTH_LONGEST + 1];
	uint32_t least, most;
};

struct truth {
	struct out *out;
	struct geobase *base;
	struct truth_sizes sizes[2];
};

/* Writes the header; out NULL: nothing is ever written. */
void truth_open(struct truth *, struct geobase *, struct out *);

/* Writes the line of a conversation that has not begun.  pair: the kind over
 * all flows of the pair, "-" for what is not signaling. */
void truth_tell(struct truth *, const struct conversation *, const char *pair);

#endif
