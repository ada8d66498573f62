/*
 * export: flow records as an IPFIX stream (RFC 7011, 5103, 5655), through
 * libfixbuf.
 */
#ifndef EXPORT_H
#define EXPORT_H

#include <stdint.h>

#include "ipfix/outlet.h"
#include "record/rec.h"

struct export_want {
	struct outlet_want outlet;
	uint32_t domain;		/* observation domain */
};

/* Sends all rows.  A row that no message holds goes without its longest
 * columns of our own, which are "-" then.  Returns the exit status: 1 if rows
 * were malformed, did not go whole, or the collector went away; each is
 * counted and told. */
int export_records(struct rec *, const struct export_want *);

#endif
