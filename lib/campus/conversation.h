/*
 * conversation: one flow as it will pass the monitor, packet by packet.  A
 * conversation is a plain value: its copy runs the same course, so a flow's
 * truth is known when it begins, by running a copy to its end.
 *
 * Three courses: a ladder (requests and their replies, each a step), a
 * stream (both sides send at their own pace), and over TCP either of them
 * between a handshake and a tear-down.  Silence inside a flow never lasts
 * more than CONVERSATION_SILENCE, so the 200 s rule never cuts one.
 */
#ifndef CONVERSATION_H
#define CONVERSATION_H

#include <stdbool.h>
#include <stdint.h>

#include "campus/payload.h"
#include "base/rand.h"

#define CONVERSATION_NEVER INT64_MAX
#define CONVERSATION_SILENCE 185000000	/* us */

enum conversation_course { CONVERSATION_LADDER, CONVERSATION_STREAM };

struct conversation_end {
	uint32_t addr;
	uint16_t port;
};

/* Side 0 is the initiator. */
struct conversation {
	/* Set by the caller: what will happen. */
	int64_t begin_us;
	int64_t limit_us;	/* nothing passes then or later */
	struct rand rand;
	uint64_t mark;		/* the flow's own number, for its payloads */
	struct conversation_end end[2];
	uint32_t delay_us[2];	/* from a packet of this side passing the
				   monitor to the answer passing it */
	uint32_t gap_us[2];	/* ladder: between requests (0: at the pace
				   of the replies), between replies to one;
				   stream: of each side */
	uint32_t left[2];	/* packets still to send; [1]: stream only */
	uint16_t id[2];		/* message number of either side */
	uint16_t first;		/* the first request that is answered */
	uint16_t replies;	/* to each request answered */
	uint8_t course;
	uint8_t tcp;
	uint8_t inside;		/* which side is the internal one */
	uint8_t form;		/* enum payload_form */
	uint8_t rate;		/* of a call's codec, kb/s */
	uint8_t pair;		/* enum model_pair, MODEL_PAIRS: none */
	uint32_t client;	/* whose message numbers */

	/* Kept by this module: how far it is. */
	int64_t at_us[2];	/* when either side sends next */
	int64_t ack_us;		/* TCP: side 0 acknowledges a segment */
	uint32_t sent[2];
	uint32_t seq[2];
	uint16_t burst;		/* replies left of this request's */
	uint8_t phase;		/* of TCP */
	bool begun;
};

struct conversation_packet {
	int64_t t_us;
	uint8_t side;
	uint8_t flags;		/* TCP */
	struct payload look;
};

/* Takes the first step's time. */
void conversation_start(struct conversation *);

/* The time of the next packet; CONVERSATION_NEVER at the end. */
int64_t conversation_due(const struct conversation *);

/* The next packet; call while conversation_due is not CONVERSATION_NEVER. */
void conversation_next(struct conversation *, struct conversation_packet *);

/* The time of the last packet of a conversation that has started: runs a
 * copy to its end. */
int64_t conversation_end(const struct conversation *);

#endif
