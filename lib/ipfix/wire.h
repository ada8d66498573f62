/*
 * wire: where IPFIX messages go: a file, or a collector over TCP or UDP.
 */
#ifndef WIRE_H
#define WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum wire_to { WIRE_FILE, WIRE_TCP, WIRE_UDP };

enum { WIRE_LEAST = 128, WIRE_MOST = 65535 };	/* bytes of a message */

struct wire_want {
	enum wire_to to;
	const char *file;		/* NULL: standard output */
	const char *host, *port;	/* of the collector */
	size_t longest;			/* bytes of a message; 0: over UDP what
					   the way there carries in one packet
					   (RFC 7011 10.3.3), else WIRE_MOST */
	uint64_t rate;			/* records a second; 0: no limit */
};

struct wire;

/* The name of that for messages. */
const char *wire_name(const struct wire_want *);

/* Ends the program, status 1, if it cannot be opened. */
struct wire *wire_open(const struct wire_want *);

/* Bytes of a message at most. */
size_t wire_longest(const struct wire *);

/* Sends a message of so many records.  False: errno says why not. */
bool wire_send(struct wire *, const uint8_t *message, size_t n,
    uint64_t records);

/* The same for the end: the file is whole, the collector has taken all, as
 * far as it can be known.  Frees it. */
bool wire_close(struct wire *);

#endif
