/*
 * msgstats: what flow(5) tells of the messages of one direction of a flow:
 * the histograms size, fun, nib and win.
 *
 * A message is a packet with payload.  Packets without (TCP's bare ACKs)
 * count in size only; later fragments of an IP packet do not count at all.
 * What the snap length cut off a message cannot count: fun needs its third
 * byte, nib takes the nibbles that are there.
 *
 * Cost: 64 bytes, and 1 KiB in which 64 messages are held as they are; tables
 * of 2.5 KiB are made when there are more.
 */
#ifndef MSGSTATS_H
#define MSGSTATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "flow/hist.h"
#include "base/out.h"
#include "packet/packet.h"
#include "base/pool.h"

enum {
	MSGSTATS_BYTES = 8,	/* of a message, that nib looks at */
	MSGSTATS_NIBBLES = 16,
	MSGSTATS_FUN_MASK = 0x8f, /* bits of byte 3 that are the function */
	MSGSTATS_FUNS = 32,	/* values that it can have */
	MSGSTATS_WINDOW = 30,	/* messages in a voice window, ref. [8] */
	MSGSTATS_FEW = 64,	/* messages held as they are */
	MSGSTATS_FILLED = MSGSTATS_FEW / MSGSTATS_WINDOW + 1
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
	uint32_t length;		/* payload on the wire */
	uint8_t proto;
	uint8_t seen;			/* bytes of it in first[] */
	uint8_t first[MSGSTATS_BYTES];
};

/* The window that is filling. */
struct msgwindow {
	unsigned n;
	int64_t first_ns, last_ns;
	uint64_t sum, squares;		/* of lengths */
};

struct msgtally {
	struct hist size, win;
	uint64_t messages;		/* of which nib has something */
	uint64_t fun[MSGSTATS_FUNS];		/* by msgstats_fun_index */
	uint64_t nib[MSGSTATS_NIBBLES][16];
};

/* Messages that are not in the tally yet, and the windows that they filled:
 * their keys. */
struct msgblock {
	struct message message[MSGSTATS_FEW];
	uint64_t filled[MSGSTATS_FILLED];
	uint8_t messages, windows;
};

/* What each message changes is in one line of the cache, and what it adds in
 * another. */
struct msgstats {
	struct msgwindow window;
	struct msgblock *block;		/* NULL: no message waits */
	struct msgtally *tally;		/* NULL: all zero */
	uint8_t messages, windows;	/* of the block */
};

/* Nibble g (0 … 15, the paper's g=1 … 16) of a message. */
static inline unsigned
msgstats_nibble(const uint8_t *first, unsigned g)
{
	return g & 1 ? first[g / 2] & 15u : first[g / 2] >> 4;
}

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

/* Written where it is to stay: it is two words. */
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

/* Its block goes to the chain; that may be NULL where it has none.  f may be
 * NULL. */
void msgstats_free(struct msgstats *f, struct pool_chain *blocks);

/* A packet's message, or one at some time.  *f is made if it is NULL.  There
 * has to be room: a full block is to be counted, or taken, at once. */
void msgstats_add(struct msgstats **f, const struct packet *,
    struct pool *blocks);
void msgstats_add_message(struct msgstats **f, const struct message *,
    int64_t t_ns, struct pool *blocks);

static inline bool
msgstats_is_full(const struct msgstats *f)
{
	return f->messages == MSGSTATS_FEW;
}

/* Adds what waits to the tally. */
void msgstats_count(struct msgstats *);

/* The same in two steps, of which the second may be another thread's: it
 * alone looks at the tally. */
struct msgblock *msgstats_take_block(struct msgstats *);
void msgstats_count_block(struct msgstats *, const struct msgblock *);

/* The messages of a direction that has had but a few, at most MSGSTATS_FEW;
 * NULL if there are tables to look at, or for NULL. */
static inline const struct message *
msgstats_few(const struct msgstats *f, unsigned *n)
{
	if (f == NULL || f->tally != NULL || f->windows > 0)
		return NULL;
	*n = f->messages;
	return f->block->message;
}

/* The tally, to add to; *f and the tally are made if they are NULL. */
struct msgtally *msgstats_own_tally(struct msgstats **f);

/* All of f's messages: NULL for NULL.  Valid until f changes. */
const struct msgtally *msgstats_tally(struct msgstats *);
void msgtally_free(struct msgtally *);	/* frees what it holds, not itself */

/* Adds *b to *a; either may be NULL.  Windows that are filling are lost:
 * a cut shifts those behind it. */
void msgstats_join(struct msgstats **a, struct msgstats *b);

#endif
