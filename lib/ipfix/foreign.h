/*
 * foreign: a record of another exporter as a piece of a flow, with the
 * columns of pcap2flows -b, and those of its own counts: octets, roctets
 * (with IP headers), sampled.
 */
#ifndef FOREIGN_H
#define FOREIGN_H

#include <stdbool.h>

#include "base/addr.h"
#include "base/out.h"
#include "ipfix/element.h"

/* What a template has. */
struct foreign_has {
	bool us, ns, ms, s, uptime, ago;	/* times, by their kind */
	bool four, payload, octets, totals, reverse, sampled, skipped, reason;
};

/* The header line, without LF; the caller frees it. */
char *foreign_header(void);

/* init_ms: when the exporter's clock of uptime began, 0 if not told;
 * export_s: of the message.  NULL, or why it is no flow that can be told. */
const char *foreign_row(struct out *, const struct element_flow *,
    const struct foreign_has *, uint64_t init_ms, uint32_t export_s,
    const struct nets *internal);

#endif
