/*
 * special: addresses of special purpose, which are nobody's place.
 */
#ifndef SPECIAL_H
#define SPECIAL_H

#include <stdbool.h>

#include "base/addr.h"

/* Does it lie in a range of IANA's registries of special-purpose addresses
 * (RFC 6890), or is it a group address?  Documentation networks and
 * 240.0.0.0/4, which no public base places and which this project's own
 * tables use, do not count. */
bool special_addr(const struct addr *);

/* The IPv4 address inside of a 6to4 (RFC 3056), Teredo (RFC 4380) or NAT64
 * address (RFC 6052, 64:ff9b::/96); false if it is none of these. */
bool special_embedded(const struct addr *, struct addr *inside);

#endif
