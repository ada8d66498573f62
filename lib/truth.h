/*
 * truth: what each flow of a synthetic capture is, as flow records,
 * truth file of tracegen(1).  A line is written when its flow begins, so
 * lines are in order of start and nothing is held.
 */
#ifndef TRUTH_H
#define TRUTH_H

#include <stdint.h>

#include "geobase.h"
#include "out.h"
#include "rec.h"
#include "talk.h"

/* The columns of the truth file. */
enum { TRUTH_COLUMNS = 26 };
extern const struct rec_col truth_columns[TRUTH_COLUMNS];

/* Longer payloads than one less count as that. */
enum { TRUTH_SIZES = 1501 };

/* What a monitor counts of a flow. */
struct tally {
	int64_t end_us;
	uint64_t packets[2], bytes[2];	/* of initiator, of responder */
	uint32_t sizes[2][TRUTH_SIZES];	/* packets of each payload length */
	int64_t last_us[2], reply_us;
	int64_t rtt_us;			/* -1: not to be measured */
};

/* Runs a copy of the talk to its end. */
void truth_run(const struct talk *, struct tally *);

struct truth {
	struct out *out;		/* NULL: nothing is written */
	struct geobase *base;
};

void truth_header(const struct truth *);

/* pair: the kind over all flows of the pair, "-" for what is not
 * signaling. */
void truth_write(const struct truth *, const struct talk *,
    const struct tally *, const char *pair);

#endif
