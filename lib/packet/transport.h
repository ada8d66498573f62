/*
 * transport: UDP, TCP and ICMP behind an IP header, or a tunnel.
 */
#ifndef TRANSPORT_H
#define TRANSPORT_H

#include "packet/ip.h"
#include "packet/walk.h"

/* Sets what the IP header tells of a packet; the rest is 0. */
void transport_begin(struct packet *, const struct ip *, int64_t t_ns);

/* The walk stands behind the IP header of a packet that is no later fragment.
 * Returns a verdict, or WALK_INSIDE. */
int transport_read(struct walk *, const struct ip *);

#endif
