/*
 * export: flow records as an IPFIX stream (RFC 7011, 5103, 5655), through
 * libfixbuf.
 */
#ifndef EXPORT_H
#define EXPORT_H

#include <stdint.h>

#include "record/rec.h"

enum export_to { EXPORT_FILE, EXPORT_TCP, EXPORT_UDP };

struct export_want {
	enum export_to to;
	const char *file;		/* NULL: standard output */
	const char *host, *port;	/* of the collector */
	uint32_t domain;		/* observation domain */
};

/* Sends all rows.  Counts in *sent what has left for certain: messages are
 * full before they leave.  Returns the exit status: 1 if the collector went
 * away or rows were malformed; what was sent is told then. */
int export_records(struct rec *, const struct export_want *);

#endif
