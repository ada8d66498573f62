/*
 * pcapfile: the pcap format: a head of 24 bytes, then a record for each frame.
 *
 * Both byte orders, micro- and nanoseconds, versions 2.0 to 2.4, and the
 * longer record heads of Linux 2.2's "modified" tcpdump.  The file's snap
 * length is not believed: a frame is as long as its record says.
 * Source: draft-ietf-opsawg-pcap, pcap-savefile(5).
 */
#ifndef PCAPFILE_H
#define PCAPFILE_H

#include <stdbool.h>
#include <stddef.h>

#include "packet/bytes.h"
#include "packet/frame.h"

/* A longer frame is no frame: libpcap writes none. */
enum { FRAME_MOST = 262144 };

/* What is wrong with a file, in words. */
struct capfault {
	char text[96];		/* empty: nothing */
};

enum { PCAPFILE_HEAD = 24, PCAPFILE_RECORD = 16 };

struct pcapfile {
	int link;			/* DLT_* */
	uint32_t unit_ns;
	unsigned record;		/* bytes of a record's head */
	bool odd;			/* one of the three below */
	bool swapped;			/* bytes, against this machine */
	bool old;			/* 2.0 to 2.3: lengths change places */
};

/* Does a file that begins so have this format? */
bool pcapfile_is(const struct bytes *);

/* Reads the head, of which at least PCAPFILE_HEAD bytes must be there.  False
 * if the version is none that is known. */
bool pcapfile_begin(struct pcapfile *, const struct bytes *,
    struct capfault *);

/* Takes at most `most` records that are whole off the bytes; returns how many.
 * Stops at one that is not whole, or is at fault. */
size_t pcapfile_frames(const struct pcapfile *, struct bytes *,
    struct frame *, size_t most, struct capfault *);

#endif
