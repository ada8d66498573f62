/*
 * decompress: a file to be read from its beginning to its end, decompressed on
 * the way if it is compressed.
 *
 * gzip, zstd and xz are known by their magic numbers.  The tool of that name
 * does the work in a process of its own, behind a pipe.
 */
#ifndef DECOMPRESS_H
#define DECOMPRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { DECOMPRESS_HEAD = 4096 };

struct decompress;

/* Opens the file, or stdin if path is NULL.  name is for messages; it must
 * last.  On failure gives a message and returns NULL. */
struct decompress *decompress_open(const char *path, const char *name);

/* The stream of (decompressed) bytes; ftello tells the place in it.  To be
 * closed by whom it is handed to. */
FILE *decompress_stream(struct decompress *);

/* Before the first read from the stream, which has no buffer else: gives it
 * one.  Then what it holds does not wait here any more. */
void decompress_read_ahead(struct decompress *);

/* What waits to be read from the stream and is in memory already: those who
 * take it see to it that the stream goes on behind it.  Valid until the next
 * decompress_fill or the stream's next read. */
const uint8_t *decompress_waiting(const struct decompress *, size_t *n);
void decompress_take(struct decompress *, size_t n);

/* Has more of it wait; false at the end, when there is no room, and for an
 * error, which the stream will meet too. */
bool decompress_fill(struct decompress *);

/* The first of the bytes that were read from the stream so far. */
const uint8_t *decompress_head(const struct decompress *, size_t *n);

/* How far the file itself has been read. */
uint64_t decompress_bytes(const struct decompress *);

/* After the stream was closed.  False, after a message, if the file was read
 * to its end and the tool reported failure. */
bool decompress_close(struct decompress *);

#endif
