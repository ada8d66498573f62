/*
 * capfile: one capture file, pcap or pcapng, compressed or not.
 */
#ifndef CAPFILE_H
#define CAPFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "packet/frame.h"

struct capfile;

/* Opens the file, or stdin if path is NULL.  name is for messages; it must
 * last.  On failure gives a message and returns NULL. */
struct capfile *capfile_open(const char *path, const char *name);

/* As many frames as come without waiting, at most `most` (> 0), at least one;
 * 0 behind the last one that is whole.  Their data is valid until the next
 * call. */
size_t capfile_frames(struct capfile *, struct frame *, size_t most);

/* Do more come, or its end, within so many milliseconds? */
bool capfile_ready(const struct capfile *, int wait_ms);

/* DLT_* of its frames, or of its first interface; -1 if there is none. */
int capfile_link(const struct capfile *);

/* Can frames have other links than that? */
bool capfile_mixes_links(const struct capfile *);

/* Decimals of the seconds: 9 if it, or its first interface, has nanoseconds,
 * else 6. */
unsigned capfile_decimals(const struct capfile *);

/* Bytes of the file, as it is on disk, that were read. */
uint64_t capfile_bytes(const struct capfile *);

/* Frees all; false if it was not read to its end because of damage, which a
 * message has named with the byte at which it begins. */
bool capfile_close(struct capfile *);

#endif
