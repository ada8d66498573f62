/*
 * nametable: which name an address, or a flow, had when, for records to be
 * joined with.
 */
#ifndef NAMETABLE_H
#define NAMETABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/addr.h"

struct nametable;

/* Text that lasts as long as the table. */
struct nametable_name {
	const char *name, *how;
	size_t name_n, how_n;
};

/* Reads a table as flownames writes it; "-" is standard input.  What is
 * malformed ends the program with status 1 and a message.  grace_ns: an
 * answer of DNS counts for so much longer than it says. */
struct nametable *nametable_read(const char *path, int64_t grace_ns);
void nametable_free(struct nametable *);

/* The name that the flow of that Community ID itself said between start and
 * end; else the one that the client was last told for the address, no later
 * than start.  False if there is none. */
bool nametable_find(const struct nametable *, const char *cid, size_t cid_n,
    int64_t start_ns, int64_t end_ns, const struct addr *client,
    const struct addr *address, struct nametable_name *);

#endif
