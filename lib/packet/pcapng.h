/*
 * pcapng: the pcapng format: blocks, of which some describe interfaces and
 * some hold frames.
 *
 * Sections of either byte order; each interface with its link type, snap
 * length, resolution and offset of time, wherever in the section it is
 * described; enhanced, simple and old packet blocks.  Other blocks are passed
 * over, however long.  A simple packet block has no time: it gets that of the
 * frame before it.  The snap length is believed for simple packet blocks
 * alone.  Source: draft-ietf-opsawg-pcapng.
 */
#ifndef PCAPNG_H
#define PCAPNG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "packet/bytes.h"
#include "packet/frame.h"
#include "packet/pcapfile.h"

struct pcapng_interface {
	int link;		/* DLT_* */
	uint32_t snaplen;	/* 0: no limit */
	int64_t offset_s;
	unsigned power;		/* a second has base ^ power ticks */
	bool binary;		/* base 2, else 10 */
};

struct pcapng {
	bool big;		/* byte order of the section */
	bool open;		/* a section has begun */
	size_t n, cap;
	struct pcapng_interface *interface;
	int64_t last_ns;	/* time of the last frame */
	unsigned decimals;	/* of the first interface: 6 or 9 */
	int first_link;		/* its link type; -1: none yet */
	bool at_frame;		/* stopped before a frame that there was no
				   room for */
	uint64_t skip;		/* bytes to pass over that have not come yet */
};

bool pcapng_is(const struct bytes *);

void pcapng_begin(struct pcapng *);
void pcapng_end(struct pcapng *);

/* Takes blocks that are whole off the bytes, with at most `most` frames in
 * them; returns how many.  Stops at a block that is not whole or is at fault,
 * and at one of more than `room` bytes, which can never be whole here: of that
 * the rest is still to be passed over, `skip`.  With most == 0 it stops before
 * the first frame. */
size_t pcapng_frames(struct pcapng *, struct bytes *, size_t room,
    struct frame *, size_t most, struct capfault *);

#endif
