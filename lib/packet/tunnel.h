/*
 * tunnel: what a tunnel's packet carries.
 *
 * Over IP: IP in IP (RFC 2003, 2473), 6in4 (RFC 4213), GRE (RFC 2784, 2890)
 * with all that has an Ethernet type, ERSPAN I to III, PPTP (RFC 2637), WCCP,
 * Aruba's 802.11 and MikroTik's EoIP, EtherIP (RFC 3378), Ethernet (RFC
 * 8986), MPLS (RFC 4023) and L2TPv3 (RFC 3931).  Over UDP, on the ports of
 * their registration: GTP-U, VXLAN (RFC 7348), VXLAN-GPE, Geneve (RFC 8926),
 * L2TPv2 (RFC 2661) and v3, MPLS (RFC 7510), GRE (RFC 8086), Teredo (RFC
 * 4380), CAPWAP data (RFC 5415), TZSP, AYIYA, LISP (RFC 9300) and GUE.
 */
#ifndef TUNNEL_H
#define TUNNEL_H

#include <stdbool.h>
#include <stdint.h>

#include "packet/bytes.h"
#include "packet/packet.h"

enum tunnel_kind {
	TUNNEL_IP, TUNNEL_GRE, TUNNEL_ETHERIP, TUNNEL_MPLS, TUNNEL_L2TP,
	TUNNEL_GTPU, TUNNEL_VXLAN, TUNNEL_GENEVE, TUNNEL_TEREDO,
	TUNNEL_CAPWAP, TUNNEL_TZSP, TUNNEL_AYIYA, TUNNEL_LISP,
	TUNNEL_GUE,
	TUNNEL_KINDS
};

extern const char *const tunnel_name[TUNNEL_KINDS];

/* Instead of a layer of link.h. */
enum {
	TUNNEL_NONE = -1,	/* no packet in it, or no tunnel */
	TUNNEL_CUT = -2		/* ends within the tunnel's header */
};

/* What IP protocol `proto` carries: takes the header off and returns the layer
 * that comes first in it. */
int tunnel_over_ip(uint32_t proto, struct bytes *, enum tunnel_kind *);

/* The same of a UDP packet whose payload the bytes are. */
int tunnel_over_udp(const struct packet *, struct bytes *,
    enum tunnel_kind *);

/* Is one of the packet's ports a tunnel's? */
bool tunnel_has_port(const struct packet *);

#endif
