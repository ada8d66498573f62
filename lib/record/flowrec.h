/*
 * flowrec: flows as records, flow(5), and back.
 */
#ifndef FLOWREC_H
#define FLOWREC_H

#include <stdbool.h>
#include <stddef.h>

#include "flow/flow.h"
#include "base/out.h"
#include "record/rec.h"

/* Columns, in the order in which they are written. */
enum flowrec_column {
	COL_CID, COL_START, COL_END, COL_PROTO, COL_SRC, COL_SPORT, COL_DST,
	COL_DPORT, COL_DIR, COL_PKTS, COL_RPKTS, COL_BYTES, COL_RBYTES,
	COL_LAST, COL_RLAST, COL_ASK, COL_REPLY, COL_ASK2, COL_TURN,
	COL_FLAGS, COL_RFLAGS, COL_WHY,
	FLOWREC_BASIC,			/* all but the features */
	COL_SIZE = FLOWREC_BASIC, COL_RSIZE, COL_FUN, COL_RFUN,
	COL_NIB, COL_RNIB, COL_WIN, COL_RWIN,
	FLOWREC_COLUMNS
};

extern const struct rec_col flowrec_col[FLOWREC_COLUMNS];

/* Writes one column of the flow, and nothing around it; decimals: of times,
 * 6 or 9. */
void flowrec_write_column(struct out *, struct flow *, enum flowrec_column,
    unsigned decimals);

/* Writes the first n columns as one line. */
void flowrec_write(struct out *, struct flow *, size_t n, unsigned decimals);

/* A flow of which nothing is known. */
void flowrec_clear(struct flow *);

/* Sets what column c tells of the flow; cid and end tell nothing new.
 * Returns NULL, or what is wrong with the text. */
const char *flowrec_parse(struct flow *, enum flowrec_column,
    struct rec_span);

/* proto as records have it: udp, tcp. */
const char *flowrec_proto(uint8_t proto);
const char *flowrec_dir(enum flow_dir);

#endif
