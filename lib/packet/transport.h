/*
 * transport: what is behind an IP header: UDP, TCP and ICMP, other protocols,
 * or a tunnel.
 */
#ifndef TRANSPORT_H
#define TRANSPORT_H

#include "packet/ip.h"
#include "packet/walk.h"

/* The walk stands behind the IP header of a packet that is no later fragment.
 * Returns a verdict, or WALK_INSIDE. */
int transport_read(struct walk *, const struct ip *);

#endif
