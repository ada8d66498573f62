/*
 * meter: from frames to records.
 *
 * Decodes frames, drops copies and other shards, keeps the flow table and
 * writes the records of flows that end (or of packets), by turns of files if
 * that is asked for.  Every frame is accounted for.  Where the frames come
 * from is the caller's business.
 */
#ifndef METER_H
#define METER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/addr.h"
#include "flow/flowtab.h"
#include "packet/decode.h"
#include "packet/frame.h"
#include "packet/pktcount.h"
#include "packet/sift.h"
#include "record/rotate.h"

struct meter_want {
	struct flowtab_want flows;
	struct rotate_want output;	/* header and arg are the meter's */
	struct nets internal;
	int64_t duplicate_ns;		/* drop copies this near; below 0:
					   keep them */
	bool verbose;			/* count what looks like a copy, and
					   what lies in tunnels */
	uint64_t shard, shards;		/* shard of 0 … shards - 1; shards 0:
					   all */
	bool packets;			/* records of packets, not flows */
	bool tunnels;			/* look inside */
	bool all_protocols;		/* flows of other than UDP and TCP */
	bool one_thread;		/* else, of many packets, one decodes,
					   one keeps the table, one writes */
	bool part;			/* its records are part of a stream: no
					   header, no warnings */
	unsigned decimals;		/* of times: 6 or 9 */
};

/* Sets shard and shards from "k/n", k from 1; ends the program with status 2
 * where it is no such thing. */
void meter_want_shard(struct meter_want *, const char *text);

struct meter;

enum { METER_FRAMES = SIFT_FRAMES };

/* Opens the output; the input should be open before, so that a capture that
 * is not there leaves no output. */
struct meter *meter_new(const struct meter_want *);

/* The output's directory, or -1 for standard output. */
int meter_dir(const struct meter *);

/* n <= METER_FRAMES frames, in order. */
void meter_frames(struct meter *, const struct frame *, size_t n);

/* It is t_ns now, and no frame has come. */
void meter_tick(struct meter *, int64_t t_ns);

/* The records of what has come leave now; where there are threads, soon. */
void meter_flush(struct meter *);

/* What has become of all until now. */
struct meter_counts {
	struct pktcount packets;
	struct decode_counts decoded;
	uint64_t records;		/* written */
	uint64_t held;			/* flows */
};

/* Where there are other threads, after meter_end only. */
struct meter_counts meter_count(const struct meter *);

/* To the former. */
void meter_add(struct meter_counts *, const struct meter_counts *);

/* Reports on standard error what became of all frames; warns there if most
 * were cut too short. */
void meter_report(const struct meter_counts *);
void meter_warn(const struct meter_counts *);

/* The header of its records. */
void meter_header(const struct meter_want *, struct out *);

/* No frame comes any more: all flows are written. */
void meter_end(struct meter *);

/* Closes the output. */
void meter_close(struct meter *);
void meter_free(struct meter *);

#endif
