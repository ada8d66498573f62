/*
 * logflow: a flow, or a piece of one, as a log tells it, and the record
 * that is written of it.
 */
#ifndef LOGFLOW_H
#define LOGFLOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/addr.h"
#include "base/out.h"
#include "flow/flow.h"
#include "log/logrow.h"

/* Columns that a tool's records have. */
enum log_layout {
	LOG_LAYOUT_APP,		/* flows; app, flags */
	LOG_LAYOUT_NAME,	/* flows; app, name */
	LOG_LAYOUT_SETUP,	/* flows; the handshake's times, flags */
	LOG_LAYOUT_PIECE,	/* pieces for flowmerge */
	LOG_LAYOUT_MESSAGE,	/* pieces of one packet, with features */
	LOG_LAYOUTS
};

#define LOG_UNKNOWN UINT64_MAX	/* of a count */

struct log_flow {
	int64_t start, end;
	int64_t last[2];		/* TIME_NONE: unknown, as these */
	int64_t ask, reply, ask2, turn;
	uint8_t proto;
	struct addr src, dst;
	uint16_t sport, dport;
	uint64_t pkts[2], bytes[2];	/* LOG_UNKNOWN */
	uint16_t flags[2];
	enum flow_dir dir;		/* FLOW_UNKNOWN: by the addresses */
	struct rec_span app, name;	/* n is 0: unknown */
	struct rec_span payload;	/* of LOG_LAYOUT_MESSAGE, in hex */
};

/* A flow of which nothing is known. */
void log_flow_clear(struct log_flow *);

/* Turns it round: what was the responder is the initiator. */
void log_flow_turn(struct log_flow *);

void log_flow_header(struct out *, enum log_layout);
void log_flow_write(struct out *, const struct log_flow *, enum log_layout,
    const struct nets *internal);

#endif
