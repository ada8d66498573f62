/*
 * netset: a large set of networks, for lists in files.  Memory: 32 bytes a
 * network; a look-up takes as many steps as their number has binary digits.
 */
#ifndef NETSET_H
#define NETSET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/addr.h"

/* The addresses from first to last. */
struct netset_range {
	struct addr first, last;
};

/* Zeroed, it is empty. */
struct netset {
	struct netset_range *range;
	size_t n, cap;
};

void netset_add(struct netset *, const struct net *);

/* Call once, when all have been added. */
void netset_close(struct netset *);

bool netset_holds(const struct netset *, const struct addr *);

#endif
