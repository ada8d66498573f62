/*
 * flowmodel: what the table should make of packets, by way of lists of lists
 * of packets: each column is worked out when all is over.
 */
#ifndef FLOWMODEL_H
#define FLOWMODEL_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "flow/flowtab.h"

enum { MODEL_PACKETS = 3000, MODEL_LINES = 2 * MODEL_PACKETS };

extern struct packet model_packet[MODEL_PACKETS];

/* A record without its first column, and by what such are ordered. */
struct model_line {
	int64_t end, start;
	const struct packet *first;
	struct packet tuple;		/* as if the initiator had sent it */
	char *text;			/* the caller's to free */
};

extern struct model_line model_line[MODEL_LINES];

/* Makes the lines of the packets; returns how many. */
int model_run(const struct flowtab_want *);

/* A flow is the list of its packets. */
struct model {
	int n, packet[MODEL_PACKETS];
	int64_t end;
	bool listed, written, inherits;
	const char *why;
	bool fin[2];			/* by src < dst or not */
	bool has_isn;
	uint32_t isn;			/* the initiator's first number */
};

/* Did the responder send the flow's first packet? */
bool model_is_turned(const struct model *);

/* Has packet i the source of the flow's first?  Did the initiator send it? */
bool model_is_like_first(const struct model *, int i);
bool model_is_forward(const struct model *, int i);

/* Writes the columns from pkts to rwin. */
void model_put_columns(FILE *, const struct model *, bool features);

void model_put_time(FILE *, int64_t);

#endif
