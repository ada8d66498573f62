/*
 * decompress: the bytes of a file, from its beginning to its end, decompressed
 * on the way if it is compressed.
 *
 * gzip, zstd, xz, bzip2 and lz4 are known by their magic numbers.  The tool of
 * that name does the work in a process of its own, behind a pipe.  What comes
 * out may be compressed once more.
 */
#ifndef DECOMPRESS_H
#define DECOMPRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* So many bytes can be in memory together: a frame of FRAME_MOST bytes and
 * what is around it. */
enum { DECOMPRESS_ROOM = (1 << 18) + (1 << 12) };

struct decompress;

/* Opens the file, or stdin if path is NULL.  name is for messages; it must
 * last.  On failure gives a message and returns NULL. */
struct decompress *decompress_open(const char *path, const char *name);

/* The bytes that come next and are in memory.  Valid until the next
 * decompress_fill. */
const uint8_t *decompress_waiting(const struct decompress *, size_t *n);

/* Goes on behind the first n of them. */
void decompress_take(struct decompress *, size_t n);

/* Has more of them wait; false at the end, when there is no room, and after an
 * error. */
bool decompress_fill(struct decompress *);

/* Would decompress_fill return at once, or within so many milliseconds? */
bool decompress_ready(const struct decompress *, int wait_ms);

/* What a read has met; NULL if no read failed. */
const char *decompress_error(const struct decompress *);

/* For signal handlers: what is being read ends here, also if it is waited for;
 * that is an error of that file.  To be prepared before.  And has it been
 * called? */
void decompress_prepare_stop(void);
void decompress_stop(void);
bool decompress_is_stopped(void);

/* How far the file itself has been read. */
uint64_t decompress_bytes(const struct decompress *);

/* False, after a message, if the file was read to its end and the tool
 * reported failure. */
bool decompress_close(struct decompress *);

#endif
