/*
 * fill: the columns of a row as standard elements.
 */
#ifndef FILL_H
#define FILL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/scan.h"
#include "ipfix/element.h"

/* What is known of the row so far. */
struct fill_row {
	unsigned decimals;		/* of its times: 6 or 9 */
	bool four;			/* src is an IPv4 address */
	int64_t start_ns, end_ns;	/* 0 if not known */
};

/* Sets what a column of that role says.  False: its standard element does
 * not carry the text byte for byte. */
bool fill_column(struct element_flow *, enum element_role, struct rec_span,
    struct fill_row *);

/* What follows from all columns: times in milliseconds, octets with the
 * least headers, who is the initiator. */
void fill_besides(struct element_flow *, const struct fill_row *);

#endif
