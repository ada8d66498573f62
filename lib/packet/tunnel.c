#include "packet/tunnel.h"

#include "packet/link.h"

enum {
	PROTO_IPIP = 4, PROTO_IP6 = 41, PROTO_GRE = 47, PROTO_ETHERIP = 97,
	PROTO_L2TP = 115, PROTO_MPLS = 137, PROTO_ETHERNET = 143
};

enum {
	PORT_L2TP = 1701, PORT_GTPU = 2152, PORT_TEREDO = 3544,
	PORT_LISP = 4341, PORT_GRE = 4754, PORT_VXLAN = 4789,
	PORT_VXLAN_GPE = 4790, PORT_AYIYA = 5072, PORT_CAPWAP = 5247,
	PORT_GUE = 6080, PORT_GENEVE = 6081, PORT_MPLS = 6635,
	PORT_VXLAN_LINUX = 8472, PORT_TZSP = 37008
};

const char *const tunnel_name[TUNNEL_KINDS] = {
	[TUNNEL_IP] = "IP in IP", [TUNNEL_GRE] = "GRE",
	[TUNNEL_ETHERIP] = "EtherIP", [TUNNEL_MPLS] = "MPLS",
	[TUNNEL_L2TP] = "L2TP", [TUNNEL_GTPU] = "GTP-U",
	[TUNNEL_VXLAN] = "VXLAN", [TUNNEL_GENEVE] = "Geneve",
	[TUNNEL_TEREDO] = "Teredo", [TUNNEL_CAPWAP] = "CAPWAP",
	[TUNNEL_TZSP] = "TZSP", [TUNNEL_AYIYA] = "AYIYA",
	[TUNNEL_LISP] = "LISP", [TUNNEL_GUE] = "GUE"
};

/* Is there IP below that layer? */
static bool
leads_to_ip(int layer, const struct bytes *b)
{
	struct bytes inside = *b;

	layer = link_strip(layer, &inside);
	return (layer == LINK_IP4 || layer == LINK_IP6) &&
	    link_is_ip(&inside);
}

/* The layer, if there is IP below it. */
static int
only_to_ip(int layer, const struct bytes *b)
{
	return leads_to_ip(layer, b) ? layer : TUNNEL_NONE;
}

static int
behind(struct bytes *b, size_t n, int layer)
{
	return bytes_skip(b, n) ? layer : TUNNEL_CUT;
}

/*
 * GRE.
 */

/* Version 2 of WCCP puts four bytes before the packet, version 1 none. */
static int
wccp(struct bytes *b)
{
	return link_is_ip(b) ? LINK_RAW : behind(b, 4, LINK_RAW);
}

/* ERSPAN III: the last bit says that eight bytes more follow. */
static int
erspan3(struct bytes *b)
{
	return behind(b, bytes_u8(b, 11) & 1 ? 20 : 12, LINK_ETHERNET);
}

/* What is in a GRE packet of that protocol type; sequence: it has a number. */
static int
gre_payload(uint16_t type, bool sequence, struct bytes *b)
{
	switch (type) {
	case 0x880b:
		return sequence ? LINK_PPP : TUNNEL_NONE;
	case 0x88be:
		return behind(b, sequence ? 8 : 0, LINK_ETHERNET);
	case 0x22eb:
		return erspan3(b);
	case 0x883e:
		return wccp(b);
	}
	if (type >= 0x8200 && type <= 0x8370 && (type & 15) == 0)
		return LINK_80211;
	return type > 1500 ? type : TUNNEL_NONE;
}

/* Version 1 is PPTP's, and EoIP's with a type and flags of its own. */
static int
gre(struct bytes *b)
{
	uint16_t flags = bytes_be16(b, 0), type = bytes_be16(b, 2);
	size_t n = 4;

	if (flags == 0x2001 && type == 0x6400)
		return behind(b, 8, LINK_ETHERNET);
	if (flags & 0x4000 || (flags & 7) > 1)
		return TUNNEL_NONE;
	n += flags & 0x8000 ? 4 : 0;
	n += flags & 0x2000 ? 4 : 0;
	n += flags & 0x1000 ? 4 : 0;
	n += (flags & 7) == 1 && flags & 0x80 ? 4 : 0;
	if (!bytes_skip(b, n))
		return TUNNEL_CUT;
	return gre_payload(type, flags & 0x1000, b);
}

/*
 * L2TP.
 */

/* Behind the session's number there may be a cookie and a sublayer, of which
 * both ends know, but not the packet. */
static int
l2tp_session(struct bytes *b)
{
	static const int layer[] = { LINK_ETHERNET, LINK_PPP, LINK_RAW };
	struct bytes rest;

	for (size_t n = 0; n <= 12; n += 4) {
		for (size_t i = 0; i < sizeof layer / sizeof *layer; i++) {
			rest = *b;
			if (!bytes_skip(&rest, n))
				return TUNNEL_NONE;
			if (leads_to_ip(layer[i], &rest)) {
				*b = rest;
				return layer[i];
			}
		}
	}
	return TUNNEL_NONE;
}

/* Over UDP the first bit tells control messages from data; version 2 has
 * optional fields. */
static int
l2tp(struct bytes *b)
{
	uint16_t flags = bytes_be16(b, 0);
	size_t n = 6;

	if (flags & 0x8000)
		return TUNNEL_NONE;
	if ((flags & 15) == 3)
		return bytes_skip(b, 8) ? l2tp_session(b) : TUNNEL_NONE;
	if ((flags & 15) != 2)
		return TUNNEL_NONE;
	n += flags & 0x4000 ? 2 : 0;
	n += flags & 0x0800 ? 4 : 0;
	if (flags & 0x0200)
		n += 2 + (size_t)bytes_be16(b, n);
	return bytes_skip(b, n) ? only_to_ip(LINK_PPP, b) : TUNNEL_NONE;
}

/*
 * Over UDP.
 */

/* 3GPP TS 29.281: version 1, a G-PDU, optional fields if one of their flags
 * is set, extension headers whose last byte says what comes next; IP in it,
 * for Ethernet and others are not told apart here. */
static int
gtpu(struct bytes *b)
{
	uint8_t flags = bytes_u8(b, 0), next = 0, version;
	uint16_t length = bytes_be16(b, 2);
	unsigned n;

	if ((flags & 0xf0) != 0x30 || bytes_u8(b, 1) != 255 ||
	    !bytes_skip(b, 8))
		return TUNNEL_NONE;
	bytes_clip(b, length);
	if (flags & 7) {
		next = flags & 4 ? bytes_u8(b, 3) : 0;
		if (!bytes_skip(b, 4))
			return TUNNEL_NONE;
	}
	while (next != 0) {
		n = bytes_u8(b, 0) * 4U;
		next = n > 0 ? bytes_u8(b, n - 1) : 0;
		if (n == 0 || !bytes_skip(b, n))
			return TUNNEL_NONE;
	}
	version = bytes_u8(b, 0) >> 4;
	return version == 4 || version == 6 ? LINK_RAW : TUNNEL_NONE;
}

/* draft-ietf-nvo3-vxlan-gpe: with the P flag the fourth byte tells the
 * layer. */
static int
vxlan_gpe(struct bytes *b)
{
	static const int layers[] = { LINK_ETHERNET, LINK_IP4, LINK_IP6,
	    LINK_ETHERNET, LINK_NSH, LINK_MPLS };
	uint8_t next = bytes_u8(b, 0) & 4 ? bytes_u8(b, 3) : 0;

	if (next >= sizeof layers / sizeof *layers || !bytes_skip(b, 8))
		return TUNNEL_NONE;
	return only_to_ip(layers[next], b);
}

/* RFC 7348: the I flag; all others and the reserved bytes are ignored, but
 * where the P flag is set and no frame comes, the layer it tells. */
static int
vxlan(struct bytes *b)
{
	uint8_t flags = bytes_u8(b, 0);
	struct bytes frame = *b;

	if (!(flags & 8) || !bytes_skip(&frame, 8))
		return TUNNEL_NONE;
	if (flags & 4 && !leads_to_ip(LINK_ETHERNET, &frame))
		return vxlan_gpe(b);
	*b = frame;
	return LINK_ETHERNET;
}

/* Options in words of four bytes, an Ethernet type. */
static int
geneve(struct bytes *b)
{
	size_t options = (bytes_u8(b, 0) & 0x3fU) * 4;
	uint16_t type = bytes_be16(b, 2);

	if (bytes_u8(b, 0) >> 6 != 0 || type <= 1500 ||
	    !bytes_skip(b, 8 + options))
		return TUNNEL_NONE;
	return only_to_ip(type, b);
}

/* Authentication and origin may precede the packet. */
static int
teredo(struct bytes *b)
{
	if (bytes_be16(b, 0) == 1 && !bytes_skip(b, 13U + bytes_u8(b, 2) +
	    bytes_u8(b, 3)))
		return TUNNEL_NONE;
	if (bytes_be16(b, 0) == 0)
		bytes_skip(b, 8);
	return bytes_u8(b, 0) >> 4 == 6 ? only_to_ip(LINK_IP6, b) :
	    TUNNEL_NONE;
}

/* Frame control with its bytes exchanged, as some access points send it: the
 * frame is read as if the flags were none. */
static int
swapped_80211(struct bytes *b)
{
	size_t n = bytes_u8(b, 1) & 0x80 ? 26 : 24;

	if ((bytes_u8(b, 1) & 0x4c) != 0x08 || bytes_u8(b, 0) & 0x40 ||
	    !bytes_skip(b, n))
		return TUNNEL_NONE;
	return only_to_ip(LINK_LLC, b);
}

/* Length of the header in words, T: a frame of its radio, F: a fragment, K:
 * nothing. */
static int
capwap(struct bytes *b)
{
	uint32_t head = bytes_be32(b, 0);
	size_t n = (head >> 19 & 0x1f) * 4;
	bool later = head & 0x80 && bytes_be16(b, 6) >> 3 != 0;

	if (head >> 24 != 0 || head & 8 || later || n < 8 ||
	    !bytes_skip(b, n))
		return TUNNEL_NONE;
	if (!(head & 0x100))
		return only_to_ip(LINK_ETHERNET, b);
	if ((head >> 9 & 0x1f) != 1)
		return TUNNEL_NONE;
	return leads_to_ip(LINK_80211, b) ? LINK_80211 : swapped_80211(b);
}

/* draft-massar-v6ops-ayiya: identity of 2^n bytes, signature in words, what
 * comes next. */
static int
ayiya(struct bytes *b)
{
	size_t n = 8 + ((size_t)1 << (bytes_u8(b, 0) >> 4)) +
	    (bytes_u8(b, 1) >> 4) * 4U;
	bool forward = (bytes_u8(b, 2) & 15) == 1;
	uint8_t next = bytes_u8(b, 3);

	if (!forward || (next != PROTO_IP6 && next != PROTO_IPIP) ||
	    !bytes_skip(b, n))
		return TUNNEL_NONE;
	return only_to_ip(LINK_RAW, b);
}

/* RFC 9300, 5.1: flags, nonce, locator bits. */
static int
lisp(struct bytes *b)
{
	return bytes_skip(b, 8) ? only_to_ip(LINK_RAW, b) : TUNNEL_NONE;
}

static int
gre_over_udp(struct bytes *b)
{
	int layer = gre(b);

	return layer < 0 ? TUNNEL_NONE : only_to_ip(layer, b);
}

int
tunnel_over_ip(uint32_t proto, struct bytes *b, enum tunnel_kind *kind)
{
	switch (proto) {
	case PROTO_IPIP:
		*kind = TUNNEL_IP;
		return LINK_IP4;
	case PROTO_IP6:
		*kind = TUNNEL_IP;
		return LINK_IP6;
	case PROTO_GRE:
		*kind = TUNNEL_GRE;
		return gre(b);
	case PROTO_ETHERIP:
		*kind = TUNNEL_ETHERIP;
		return behind(b, 2, LINK_ETHERNET);
	case PROTO_ETHERNET:		/* RFC 8986, 4.9 */
		*kind = TUNNEL_ETHERIP;
		return LINK_ETHERNET;
	case PROTO_MPLS:
		*kind = TUNNEL_MPLS;
		return only_to_ip(LINK_MPLS, b);
	case PROTO_L2TP:
		*kind = TUNNEL_L2TP;
		if (bytes_be32(b, 0) == 0 || !bytes_skip(b, 4))
			return TUNNEL_NONE;
		return l2tp_session(b);
	}
	return TUNNEL_NONE;
}

/* draft-ietf-intarea-gue: variant 1 is IP itself; variant 0 has a control
 * flag, the words of its options, an IP protocol. */
static int
gue(struct bytes *b)
{
	uint8_t head = bytes_u8(b, 0), proto = bytes_u8(b, 1);
	enum tunnel_kind inside;
	int layer;

	if (head >> 6 == 1)
		return only_to_ip(LINK_RAW, b);
	if (head >> 5 != 0 || !bytes_skip(b, 4 + (head & 0x1fU) * 4))
		return TUNNEL_NONE;
	layer = tunnel_over_ip(proto, b, &inside);
	return layer < 0 ? TUNNEL_NONE : only_to_ip(layer, b);
}

/* By one of the ports: tunnels that are sent to it alone, or from it too. */
static const struct udp_tunnel {
	uint16_t port;
	bool both;
	enum tunnel_kind kind;
	int (*open)(struct bytes *);
} over_udp[] = {
	{ PORT_GTPU, true, TUNNEL_GTPU, gtpu },
	{ PORT_VXLAN, false, TUNNEL_VXLAN, vxlan },
	{ PORT_VXLAN_LINUX, false, TUNNEL_VXLAN, vxlan },
	{ PORT_VXLAN_GPE, false, TUNNEL_VXLAN, vxlan_gpe },
	{ PORT_GENEVE, false, TUNNEL_GENEVE, geneve },
	{ PORT_L2TP, true, TUNNEL_L2TP, l2tp },
	{ PORT_MPLS, false, TUNNEL_MPLS, NULL },
	{ PORT_GRE, false, TUNNEL_GRE, gre_over_udp },
	{ PORT_TEREDO, true, TUNNEL_TEREDO, teredo },
	{ PORT_CAPWAP, true, TUNNEL_CAPWAP, capwap },
	{ PORT_TZSP, false, TUNNEL_TZSP, NULL },
	{ PORT_AYIYA, true, TUNNEL_AYIYA, ayiya },
	{ PORT_LISP, false, TUNNEL_LISP, lisp },
	{ PORT_GUE, false, TUNNEL_GUE, gue },
};

static const struct udp_tunnel *
tunnel_of_ports(const struct packet *p)
{
	const struct udp_tunnel *t = over_udp;

	for (size_t i = 0; i < sizeof over_udp / sizeof *over_udp; i++, t++)
		if (p->dport == t->port || (t->both && p->sport == t->port))
			return t;
	return NULL;
}

bool
tunnel_has_port(const struct packet *p)
{
	return tunnel_of_ports(p) != NULL;
}

int
tunnel_over_udp(const struct packet *p, struct bytes *b,
    enum tunnel_kind *kind)
{
	const struct udp_tunnel *t = tunnel_of_ports(p);

	if (t == NULL)
		return TUNNEL_NONE;
	*kind = t->kind;
	if (t->open != NULL)
		return t->open(b);
	return only_to_ip(t->kind == TUNNEL_MPLS ? LINK_MPLS : LINK_TZSP, b);
}
