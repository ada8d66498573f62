/*
 * outertunnel: the outermost tunnel that a packet came in.
 */
#ifndef OUTERTUNNEL_H
#define OUTERTUNNEL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/addr.h"
#include "packet/packet.h"

struct outertunnel {
	uint8_t proto;			/* of IP, what carries it; 0: none */
	uint16_t port;			/* for UDP, the one that names it */
	bool has_id;
	uint32_t id;			/* GRE's key, VXLAN's network, GTP-U's
					   tunnel endpoint */
	struct addr src, dst;
};

void outertunnel_read(struct outertunnel *, const struct packet *);

enum { OUTERTUNNEL_TEXT = 16 };

/* Its name at p, at most OUTERTUNNEL_TEXT bytes: gre, ipip, ip6, gtpu, vxlan
 * ..., or that of its port or protocol, as udp/3544 or ip/99.  Returns where
 * it ends. */
char *outertunnel_name(char *p, const struct outertunnel *);

#endif
