/*
 * tunnel: what a tunnel's packet carries.  Each function returns a verdict of
 * decode.h, or WALK_INSIDE when the walk goes on with walk.inside.
 */
#ifndef TUNNEL_H
#define TUNNEL_H

#include "packet/walk.h"

/* A tunnel with a packet in it, of which `layer` (link.h) comes first. */
int tunnel_enter(struct walk *, int layer);

/* The walk stands at a GRE header. */
int tunnel_gre(struct walk *);

/* walk.packet is a UDP packet; when its payload is a tunnel's it is entered,
 * else the packet is a flow's. */
int tunnel_udp(struct walk *);

#endif
