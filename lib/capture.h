/*
 * capture: frames from capture files, in order, or from an interface.
 *
 * Files are whatever libpcap opens (pcap, pcapng, with nanoseconds), also
 * compressed: gzip, zstd and xz are known by their magic number and read
 * through the tool of that name.
 *
 *	struct capture *c = capture_open(&want);
 *	while ((event = capture_next(c, &frame)) != CAPTURE_END)
 *		if (event == CAPTURE_FRAME)
 *			...
 *	return capture_close(c);
 *
 * A file that cannot be read (absent, a directory, no capture, a link type
 * that decode does not know) is named in a message, the others are read all
 * the same, and capture_close returns 1.  So it is with a damaged file: the
 * whole frames before the damage are delivered, the message names the byte
 * at which the first frame that is not whole begins.
 */
#ifndef CAPTURE_H
#define CAPTURE_H

#include <stdbool.h>
#include <stdint.h>

#include "frame.h"

struct capture_want {
	char *const *files;	/* NULL-terminated; "-", NULL, none: stdin */
	bool list;		/* file names are read from stdin, one a line,
				   instead */
	const char *interface;	/* or frames from this interface */
	const char *filter;	/* BPF expression, or NULL */
};

enum capture_event {
	CAPTURE_END,		/* the last file ended, or capture_stop */
	CAPTURE_FRAME,		/* *frame is set, its data until the next call */
	CAPTURE_IDLE		/* live only: nothing came for a while */
};

struct capture;

/* Opens the first file that can be opened; when none can be, ends the
 * program with status 1.  A filter that does not compile for it ends it with
 * status 2.  The strings must last until capture_close. */
struct capture *capture_open(const struct capture_want *);

enum capture_event capture_next(struct capture *, struct frame *);

/* Makes capture_next return CAPTURE_END soon; may be called by a signal
 * handler. */
void capture_stop(struct capture *);

/* Decimals of the seconds in the first capture: 9 if it has nanoseconds,
 * else 6. */
unsigned capture_decimals(const struct capture *);

/* For progress: bytes read so far, of compressed files the compressed ones,
 * and of how many (0: not known). */
uint64_t capture_bytes(const struct capture *);
uint64_t capture_size(const struct capture *);

/* Frees all; 0, or 1 if some file was not read to its end. */
int capture_close(struct capture *);

#endif
