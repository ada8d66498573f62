/*
 * import: flow records out of IPFIX messages (RFC 7011, 5103, 5655), through
 * libfixbuf: of our own making, byte for byte, and of other exporters, as
 * pieces of flows that flowmerge joins (foreign.h).
 *
 *	m = import_new(out, &internal);
 *	s = import_begin();
 *	while (... import_length(bytes, n, &fault) ...)
 *		fault = import_message(m, s, bytes, length, &at);
 *	import_end(m, s);
 */
#ifndef IMPORT_H
#define IMPORT_H

#include <stddef.h>
#include <stdint.h>

#include "base/addr.h"
#include "base/out.h"

enum { IMPORT_HEADER = 16, IMPORT_MOST = 65535 };	/* bytes of a message */

struct importer;
struct import_stream;

/* Rows go to out, beneath a header, which comes again where the columns
 * differ.  internal: for dir of what others sent. */
struct importer *import_new(struct out *, const struct nets *internal);
void import_free(struct importer *);

/* A stream, which has templates of its own: a file, an exporter. */
struct import_stream *import_begin(void);
void import_end(struct importer *, struct import_stream *);

/* Length of the message of which n bytes are there; 0 if that cannot be told
 * yet, or if *fault says what is wrong with it. */
size_t import_length(const uint8_t *message, size_t n, const char **fault);

/* Writes the rows of a message; its bytes are changed.  NULL, or what is
 * wrong with it, valid until the next call, and *at, where in the message;
 * what stood before that is written. */
const char *import_message(struct importer *, struct import_stream *,
    uint8_t *message, size_t length, size_t *at);

/* Rows written, records that are no flow that can be told, and sets of
 * records whose template was not there. */
void import_counts(const struct importer *, uint64_t *rows,
    uint64_t *left_out, uint64_t *sets);

#endif
