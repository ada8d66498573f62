/*
 * frag: which flow the later fragments of an IP datagram belong to.
 */
#ifndef FRAG_H
#define FRAG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/addr.h"

/* A first fragment is remembered for 30 s (what Linux waits for the rest),
 * and when more than FRAG_MOST came after it, no longer.  100 bytes each. */
#define FRAG_SPAN_NS INT64_C(30000000000)
enum { FRAG_MOST = 1 << 18 };

/* What all fragments of a datagram have in common (RFC 791; RFC 8200 4.5,
 * where proto is 0, for later fragments need not repeat it). */
struct frag_key {
	struct addr src, dst;
	uint32_t id;
	uint32_t proto;
};

struct frag_flow {
	struct addr src, dst;
	uint16_t sport, dport;
	uint8_t proto;
	bool whole;		/* the first told the length of the whole */
};

struct expiring;

struct expiring *frag_new(void);
void frag_free(struct expiring *);

void frag_put(struct expiring *, const struct frag_key *,
    const struct frag_flow *, int64_t t_ns);

/* False if no first fragment is remembered. */
bool frag_find(const struct expiring *, const struct frag_key *, int64_t t_ns,
    struct frag_flow *);

#endif
