/*
 * sentmsgs: what a record tells of the messages of one source flow, that is
 * of one direction of a flow: its columns read, checked against each other,
 * and summed up as the classifier needs them.
 */
#ifndef SENTMSGS_H
#define SENTMSGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/scan.h"
#include "flow/msgread.h"
#include "skype/bayes.h"
#include "skype/chi2.h"
#include "skype/skypemsg.h"

/* All zero before the first row. */
struct sentmsgs {
	bool tcp;
	bool one;		/* nib is a single message's, or none's */
	uint8_t nibbles;		/* … so many of them … */
	uint8_t first_fun;		/* … by msgstats_fun_index … */
	uint64_t first;			/* … the last in the lowest bits */
	struct rec_span text;		/* else the column nib, as it stands */
	uint64_t pkts, bytes;
	uint64_t sized;			/* messages by the size column … */
	uint64_t video;			/* … of them of video size in [8] */
	uint64_t video_later;		/* … or since */
	uint64_t big;			/* … from the least of these on */
	uint64_t big_alike;		/* … most that have one length */
	uint64_t messages;		/* messages by the nib column */
	uint64_t windows;		/* by the win column, … */
	uint64_t fast;			/* … with gaps below SENTMSGS_FAST_MS */
	uint64_t fast_ms;		/* … and how long these are */
	uint64_t fun_n;			/* by the fun column */
	uint64_t fun[32];		/* by msgstats_fun_index */
	struct bayes voice;
	uint64_t nib[MSGSTATS_NIBBLES][16];	/* not set where `one`, nor
						   below CHI2_LEAST messages */
	struct msgread_top top[MSGSTATS_NIBBLES];	/* not where `one` */
};

/* Five messages a second make a stream. */
enum { SENTMSGS_FAST_MS = 200 };

/* Reads the columns of a source flow, by enum msgstats_column.  Returns NULL,
 * or what is wrong with column *at. */
enum { SENTMSGS_COLUMNS = MSGSTATS_WIN + 1 };
const char *sentmsgs_read(struct sentmsgs *, bool tcp, uint64_t pkts,
    uint64_t bytes, const struct rec_span column[SENTMSGS_COLUMNS],
    enum msgstats_column *at);

/* Messages with a signaling function, and with that of voice. */
uint64_t sentmsgs_signaling(const struct sentmsgs *);
uint64_t sentmsgs_voice(const struct sentmsgs *);

/* Does it look like signaling: > 90 % of its messages have a signaling
 * function, and no nibble of 7 to 16 is nearly constant? */
bool sentmsgs_looks_signaling(const struct sentmsgs *);

#endif
