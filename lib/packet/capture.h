/*
 * capture: frames from capture files, in order.
 *
 * Files are pcap and pcapng of every kind, pcapfile.h and pcapng.h, also
 * compressed, decompress.h.
 *
 *	struct capture *c = capture_open(&want);
 *	while (capture_next(c, &frame))
 *		...
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
#include <stddef.h>
#include <stdint.h>

#include "packet/frame.h"

struct capture_want {
	char *const *files;	/* NULL-terminated; "-", NULL, none: stdin */
	bool list;		/* file names are read from stdin, one a line,
				   instead */
	const char *filter;	/* BPF expression, or NULL */
};

struct capture;

/* Opens the first file that can be opened; when none can be, ends the
 * program with status 1.  A filter that does not compile for it ends it with
 * status 2.  The strings must last until capture_close. */
struct capture *capture_open(const struct capture_want *);

/* The next frame, its data valid until the next call; false behind the last
 * of the last file. */
bool capture_next(struct capture *, struct frame *);

/* As many as come without waiting, at most `most`, at least one; 0 behind the
 * last.  All are valid until the next call. */
size_t capture_frames(struct capture *, struct frame *, size_t most);

/* Do more come, or the end of a file, within so many milliseconds?  Of files
 * on disk they do. */
bool capture_ready(const struct capture *, int wait_ms);

/* For signal handlers: the input ends where it has been read to, which
 * capture_close returns 1 for. */
void capture_stop(void);

/* The capture that the latest frames came from. */
const char *capture_name(const struct capture *);

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
