#include "packet/tunnel.h"

#include "packet/link.h"

enum { PORT_GTPU = 2152, PORT_VXLAN = 4789, PORT_VXLAN_LINUX = 8472 };

/* A tunnel with a packet in it, of which `layer` comes first. */
int
tunnel_enter(struct walk *w, int layer)
{
	if (w->tunnels >= TUNNELS_MOST)
		return DECODE_OTHER;
	w->tunnels++;
	w->inside = layer;
	return WALK_INSIDE;
}

/* RFC 2784, 2890; version 1 is PPTP's (RFC 2637).  ERSPAN II and III have
 * types and headers of their own. */
int
tunnel_gre(struct walk *w)
{
	struct bytes *b = &w->b;
	uint16_t flags = bytes_be16(b, 0), type = bytes_be16(b, 2);
	bool sequence = flags & 0x1000;
	size_t n = 4;

	if (flags & 0x4000 || (flags & 7) > 1)
		return DECODE_OTHER;
	n += flags & 0x8000 ? 4 : 0;
	n += flags & 0x2000 ? 4 : 0;
	n += sequence ? 4 : 0;
	n += (flags & 7) == 1 && flags & 0x80 ? 4 : 0;
	if (!bytes_skip(b, n))
		return DECODE_MALFORMED;
	switch (type) {
	case 0x880b:
		return sequence ? tunnel_enter(w, LINK_PPP) :
		    DECODE_OTHER;
	case 0x88be:
		n = sequence ? 8 : 0;
		break;
	case 0x22eb:
		n = bytes_u8(b, 11) & 1 ? 20 : 12;
		break;
	default:
		return type > 1500 ? tunnel_enter(w, type) :
		    DECODE_OTHER;
	}
	return bytes_skip(b, n) ? tunnel_enter(w, LINK_ETHERNET) :
	    DECODE_MALFORMED;
}

/* 3GPP TS 29.281: version 1, a G-PDU, optional fields if one of their flags
 * is set, extension headers whose last byte says what comes next; IP in it,
 * for Ethernet and others are not told apart here. */
static bool
tunnel_gtpu(struct bytes *b)
{
	uint8_t flags = bytes_u8(b, 0), next = 0, version;
	uint16_t length = bytes_be16(b, 2);
	unsigned n;

	if ((flags & 0xf0) != 0x30 || bytes_u8(b, 1) != 255 ||
	    !bytes_skip(b, 8))
		return false;
	bytes_clip(b, length);
	if (flags & 7) {
		next = flags & 4 ? bytes_u8(b, 3) : 0;
		if (!bytes_skip(b, 4))
			return false;
	}
	while (next != 0) {
		n = bytes_u8(b, 0) * 4U;
		next = n > 0 ? bytes_u8(b, n - 1) : 0;
		if (n == 0 || !bytes_skip(b, n))
			return false;
	}
	version = bytes_u8(b, 0) >> 4;
	return version == 4 || version == 6;
}

/* RFC 7348: the I flag (and G of group policies), a network, a zero. */
static bool
tunnel_vxlan(struct bytes *b)
{
	return (bytes_u8(b, 0) & 0x7f) == 8 && bytes_u8(b, 7) == 0 &&
	    bytes_skip(b, 8);
}

/* The payload of a UDP packet, when it is a tunnel's. */
int
tunnel_udp(struct walk *w)
{
	const struct packet *p = w->packet;
	struct bytes b = { p->payload, p->captured };
	int layer;

	if ((p->dport == PORT_GTPU || p->sport == PORT_GTPU) && tunnel_gtpu(&b))
		layer = LINK_RAW;
	else if ((p->dport == PORT_VXLAN || p->dport == PORT_VXLAN_LINUX) &&
	    tunnel_vxlan(&b))
		layer = LINK_ETHERNET;
	else
		return DECODE_FLOW;
	if (w->tunnels >= TUNNELS_MOST)
		return DECODE_FLOW;
	w->outer = *p;
	w->outer_ip = w->ip;
	w->outer_l4 = w->l4;
	w->maybe = true;
	w->b = b;
	return tunnel_enter(w, layer);
}
