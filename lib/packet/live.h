/*
 * live: frames from an interface: of Ethernet, in place where the kernel puts
 * them (ring.h); of others, and where the kernel has no such ring, by libpcap.
 *
 *	struct live *l = live_open(&want);
 *	while ((event = live_next(l, &frame, &n)) != LIVE_END)
 *		...
 *	return live_close(l);
 *
 * Only live_open needs privileges.  Afterwards these system calls are made:
 * poll, read, pread, getsockopt and ioctl on what is open, and what memory
 * and time need.
 */
#ifndef LIVE_H
#define LIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "packet/fanout.h"
#include "packet/frame.h"

enum {
	LIVE_SNAPLEN = 512, LIVE_BUFFER_MIB = 64, LIVE_BATCH = 128,
	LIVE_WHOLE = 1 << 18		/* of payload: all */
};

struct live_want {
	const char *interface;
	const char *filter;	/* BPF expression, or NULL */
	int snaplen;		/* bytes of a frame that are captured, … */
	uint32_t payload;	/* … at most; of payload no more need be */
	int buffer_mib;		/* of the kernel, for what is not read yet */
	bool promiscuous;
	bool shared;		/* several live captures share the frames, as
				   fanout.h says: nothing comes before
				   live_begin, and failures are kept for
				   live_failure instead of told */
	int group;		/* theirs, or FANOUT_NEW */
	bool by_quote;		/* for a new one */
};

enum live_event {
	LIVE_END,		/* live_stop, or the interface failed */
	LIVE_FRAMES,		/* frames are there, until the next call */
	LIVE_IDLE		/* nothing came for a while, or a signal did */
};

/* Frames since live_open, as the kernel counts them. */
struct live_counts {
	uint64_t received;	/* passed the filter; with the dropped ones */
	uint64_t dropped;	/* the buffer was full */
	uint64_t missed;	/* the interface had no room */
};

struct live;

/* Begins to capture; on failure ends the program with status 1, with status
 * 2 for a filter that does not compile. */
struct live *live_open(const struct live_want *);

/* Of a shared one: the group, for those that join it; from now on frames
 * come. */
int live_group(const struct live *);
void live_begin(struct live *);

/* What came, up to LIVE_BATCH frames. */
enum live_event live_next(struct live *, const struct frame **, size_t *n);

/* Makes live_next return LIVE_END when all frames that came until now are
 * delivered; may be called by a signal handler. */
void live_stop(struct live *);

/* To be called every few minutes at least: the kernel's have 32 bits. */
struct live_counts live_count(struct live *);

/* Tells them on standard error. */
void live_report(const char *interface, const struct live_counts *);

/* Why the interface failed; NULL if it did not. */
const char *live_failure(const struct live *);

/* Decimals of the seconds: 9 or 6. */
unsigned live_decimals(const struct live *);

/* Frees all; 0, or 1 if the interface failed. */
int live_close(struct live *);

#endif
