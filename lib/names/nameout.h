/*
 * nameout: the table of names that flownames writes.
 */
#ifndef NAMEOUT_H
#define NAMEOUT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/addr.h"
#include "base/out.h"
#include "names/saidname.h"

extern const char *const nameout_column[];
enum { NAMEOUT_COLUMNS = 7 };

/* A name that was said.  until_ns: TIME_NONE if the flow said it itself. */
struct nameout {
	int64_t start_ns, until_ns;
	uint8_t proto;
	struct addr client, address;
	uint16_t sport, dport;		/* of the flow, from the client */
	const struct addr *server;	/* of DNS; NULL: the address */
	const char *how;
};

void nameout_header(struct out *);
void nameout_row(struct out *, const struct nameout *,
    const struct saidname *);

#endif
