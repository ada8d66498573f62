/*
 * ring: frames where the kernel puts them: a ring of blocks that it shares
 * with the program (TPACKET_V3 of Linux).
 *
 * libpcap hands over one frame at a time out of such blocks, and gives a block
 * back as soon as its last was handed over, so that batches have to be copied.
 * Here frames of Ethernet are read in place.  VLAN tags that the interface took
 * off are put back as libpcap does.
 */
#ifndef RING_H
#define RING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "packet/frame.h"

struct bpf_program;

struct ring_want {
	const char *interface;		/* of Ethernet, or the loopback */
	int link;			/* what frames say they are of */
	size_t snaplen;			/* bytes of a frame that are captured */
	size_t bytes;			/* of the ring; less if the kernel has
					   less */
	unsigned wait_ms;		/* a frame comes no later than this */
	bool promiscuous;
};

struct ring;

/* Frames that pass the filter come from now on.  NULL if there can be no such
 * ring. */
struct ring *ring_open(const struct ring_want *, const struct bpf_program *);

/* Another filter; false with errno. */
bool ring_filter(struct ring *, const struct bpf_program *);

/* Becomes readable when frames are there. */
int ring_fd(const struct ring *);

/* Frames that are there, no more than so many, until the next call; 0: none.
 * All of a block are there before the next block. */
size_t ring_take(struct ring *, struct frame *, size_t most);

/* Adds what came, and what found no room, since the last time. */
void ring_count(struct ring *, uint64_t *received, uint64_t *dropped);

/* The error number of an interface that failed since the last time, or 0. */
int ring_error(struct ring *);

void ring_close(struct ring *);

#endif
