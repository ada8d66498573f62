/*
 * msgstats: what flow(5) tells of the messages of one direction of a flow:
 * the histograms size, fun, nib and win.
 *
 * A message is a packet with payload.  Packets without (TCP's bare ACKs)
 * count in size only; later fragments of an IP packet do not count at all.
 * What the snap length cut off a message cannot count: fun needs its third
 * byte, nib takes the nibbles that are there.
 *
 * Cost: 12 bytes for a message that is held as it is (flowmsg.h); 2.5 KiB and
 * the histograms for a direction whose messages are counted.
 */
#ifndef MSGSTATS_H
#define MSGSTATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "flow/hist.h"
#include "packet/packet.h"

enum {
	MSGSTATS_BYTES = 8,	/* of a message, that nib looks at */
	MSGSTATS_NIBBLES = 16,
	MSGSTATS_FUN_MASK = 0x8f, /* bits of byte 3 that are the function */
	MSGSTATS_FUNS = 32,	/* values that it can have */
	MSGSTATS_WINDOW = 30	/* messages in a voice window, ref. [8] */
};

enum msgstats_column {
	MSGSTATS_SIZE, MSGSTATS_FUN, MSGSTATS_NIB, MSGSTATS_WIN
};

/* Of video, reference [8]: sizes left out of voice windows. */
static inline bool
msgstats_video_size(uint32_t length)
{
	return (length >= 350 && length <= 500) ||
	    (length >= 800 && length <= 980);
}

struct message {
	uint8_t first[MSGSTATS_BYTES];
	uint32_t length;		/* payload on the wire */
	uint8_t proto;
	uint8_t seen;			/* bytes of it in first[] */
};

/* The window that is filling. */
struct msgwindow {
	unsigned n;
	int64_t span_ns;		/* from its first message to its last,
					   set before that one is added */
	uint64_t sum, squares;		/* of lengths */
};

struct msgtally {
	struct hist size, win;
	struct msgwindow window;
	uint64_t messages;		/* of which nib has something */
	uint64_t fun[MSGSTATS_FUNS];		/* by msgstats_fun_index */
	uint64_t nib[MSGSTATS_NIBBLES][16];
};

/* Function bytes lie in 00..0f and 80..8f: 0 … 31 and back. */
static inline unsigned
msgstats_fun_index(uint8_t byte3)
{
	return (byte3 & 15u) | (byte3 >> 7 & 1u) << 4;
}

static inline unsigned
msgstats_fun_value(unsigned index)
{
	return (index & 15u) | (index & 16u) << 3;
}

static inline bool
msgstats_has_fun(const struct message *m)
{
	return m->seen >= 3 && m->proto == PROTO_UDP;
}

/* A packet's message. */
static inline void
msgstats_message(struct message *m, const struct packet *p)
{
	uint32_t n = p->captured < p->length ? p->captured : p->length;

	m->length = p->length;
	m->proto = p->proto;
	m->seen = (uint8_t)(n < MSGSTATS_BYTES ? n : MSGSTATS_BYTES);
	memset(m->first, 0, sizeof m->first);
	if (m->seen == MSGSTATS_BYTES)
		memcpy(m->first, p->payload, MSGSTATS_BYTES);
	else if (m->seen > 0)
		memcpy(m->first, p->payload, m->seen);
}

/* Is a message of that length part of a window? */
static inline bool
msgwindow_takes(uint32_t length)
{
	return length != 0 && !msgstats_video_size(length);
}

/* Adds the message to the window; true if that fills it, and then *key is what
 * hist has for it, and the window is empty. */
bool msgwindow_add(struct msgwindow *, const struct message *, uint64_t *key);

/* A program of one thread that takes and frees tallies by the row: from now on
 * freed ones are used again; with false no longer, and none is kept. */
void msgtally_reuse(bool);

/* A tally of no messages; frees it and what it holds; it may be NULL. */
struct msgtally *msgtally_new(void);
void msgtally_free(struct msgtally *);

/* Asks for its memory. */
void msgtally_fetch(const struct msgtally *);

void msgtally_add(struct msgtally *, const struct message *);

/* Adds *b to *a, which is made if it is NULL; b may be NULL.  Windows that
 * are filling are lost: a cut shifts those behind it. */
void msgtally_join(struct msgtally **a, const struct msgtally *b);

#endif
