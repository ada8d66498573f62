/*
 * outlet: where IPFIX messages go: a file, or a collector over TCP or UDP.
 */
#ifndef OUTLET_H
#define OUTLET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum outlet_to { OUTLET_FILE, OUTLET_TCP, OUTLET_UDP };

enum { OUTLET_LEAST = 128, OUTLET_MOST = 65535 };	/* bytes of a message */

struct outlet_want {
	enum outlet_to to;
	const char *file;		/* NULL: standard output */
	const char *host, *port;	/* of the collector */
	size_t longest;			/* bytes of a message; 0: over UDP what
					   the way there carries in one packet
					   (RFC 7011 10.3.3), else
					   OUTLET_MOST */
	uint64_t rate;			/* records a second; 0: no limit */
};

struct outlet;

/* The name of that for messages. */
const char *outlet_name(const struct outlet_want *);

/* Ends the program, status 1, if it cannot be opened. */
struct outlet *outlet_open(const struct outlet_want *);

/* Bytes of a message at most. */
size_t outlet_longest(const struct outlet *);

/* Sends a message of so many records.  False: errno says why not. */
bool outlet_send(struct outlet *, const uint8_t *message, size_t n,
    uint64_t records);

/* The same for the end: the file is whole, the collector has taken all, as
 * far as it can be known.  Frees it. */
bool outlet_close(struct outlet *);

#endif
