#include "packet/decode.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "packet/bytes.h"
#include "packet/frag.h"
#include "packet/link.h"
#include "base/mem.h"

enum { TUNNELS_MOST = 8 };	/* one in the other */

enum {
	PROTO_HOPS = 0, PROTO_ICMP = 1, PROTO_IPIP = 4, PROTO_IP6 = 41,
	PROTO_ROUTING = 43, PROTO_FRAGMENT = 44, PROTO_GRE = 47,
	PROTO_AH = 51, PROTO_ICMP6 = 58, PROTO_OPTIONS = 60,
	PROTO_MOBILITY = 135, PROTO_HIP = 139, PROTO_SHIM6 = 140
};

enum { PORT_GTPU = 2152, PORT_VXLAN = 4789, PORT_VXLAN_LINUX = 8472 };

struct decode {
	bool tunnels;
	struct expiring *frags;
};

struct ip {
	struct addr src, dst;
	uint32_t id;
	uint32_t length;	/* bytes behind the headers, on the wire */
	uint32_t proto;		/* of what is behind the headers */
	uint32_t offset;	/* of a fragment, in units of 8 bytes */
	bool more;		/* more fragments follow */
	bool is4;
};

/* One frame on its way down. */
struct walk {
	struct decode *d;
	const struct frame *frame;
	struct packet *packet;
	struct bytes b;		/* captured and not yet looked at */
	unsigned tunnels;	/* entered */
	int inside;		/* layer that a tunnel just entered carries */
	struct packet outer;	/* UDP packet that may be no tunnel … */
	bool maybe;		/* … if this is set */
	unsigned firsts;	/* first fragments met on the way */
	struct frag_key first[TUNNELS_MOST + 1];
	bool whole[TUNNELS_MOST + 1];
};

/* Verdict of a step that has entered a tunnel: go on with walk.inside. */
enum { INSIDE = DECODE_VERDICTS };

struct decode *
decode_new(bool tunnels)
{
	struct decode *d = mem_alloc(1, sizeof(*d));

	d->tunnels = tunnels;
	d->frags = frag_new();
	return d;
}

void
decode_free(struct decode *d)
{
	if (d == NULL)
		return;
	frag_free(d->frags);
	free(d);
}

bool
decode_knows(int dlt)
{
	return link_of_dlt(dlt) >= 0;
}

/* Skips an extension header of n bytes. */
static bool
extension(struct ip *ip, struct bytes *b, size_t n)
{
	if (n > ip->length || !bytes_skip(b, n))
		return false;
	ip->length -= (uint32_t)n;
	return true;
}

/* RFC 8200, 4; AH (RFC 4302) stands behind IPv4 headers too.  Stops at the
 * fragment header of a later fragment. */
static bool
extensions(struct ip *ip, struct bytes *b)
{
	uint8_t next;
	size_t n;

	for (;;) {
		next = bytes_u8(b, 0);
		switch (ip->proto) {
		case PROTO_HOPS:
		case PROTO_ROUTING:
		case PROTO_OPTIONS:
		case PROTO_MOBILITY:
		case PROTO_HIP:
		case PROTO_SHIM6:
			if (ip->is4)
				return true;
			n = ((size_t)bytes_u8(b, 1) + 1) * 8;
			break;
		case PROTO_FRAGMENT:
			if (ip->is4)
				return true;
			ip->offset = bytes_be16(b, 2) >> 3;
			ip->more = bytes_be16(b, 2) & 1;
			ip->id = bytes_be32(b, 4);
			n = 8;
			break;
		case PROTO_AH:
			n = ((size_t)bytes_u8(b, 1) + 2) * 4;
			break;
		default:
			return true;
		}
		if (!extension(ip, b, n))
			return false;
		ip->proto = next;
		if (ip->offset != 0)
			return true;
	}
}

/* RFC 791.  wire: bytes on the wire from here to the end of the frame. */
static bool
ip4(struct ip *ip, struct bytes *b, uint32_t wire)
{
	uint32_t header = (bytes_u8(b, 0) & 15U) * 4;
	uint32_t total = bytes_be16(b, 2);
	uint16_t fragment = bytes_be16(b, 6);

	if (total == 0)
		total = wire;
	if (header < 20 || total < header || b->n < header ||
	    bytes_u8(b, 0) >> 4 != 4)
		return false;
	ip->is4 = true;
	ip->src = addr_from4(b->p + 12);
	ip->dst = addr_from4(b->p + 16);
	ip->id = bytes_be16(b, 4);
	ip->offset = fragment & 0x1fff;
	ip->more = fragment & 0x2000;
	ip->proto = bytes_u8(b, 9);
	ip->length = total - header;
	bytes_clip(b, total);
	bytes_skip(b, header);
	if (ip->proto != PROTO_AH || ip->offset != 0)
		return true;
	return extensions(ip, b);
}

/* RFC 8200.  A length of 0 is a jumbogram or segmentation offload. */
static bool
ip6(struct ip *ip, struct bytes *b, uint32_t wire)
{
	uint32_t length = bytes_be16(b, 4);

	if (b->n < 40 || bytes_u8(b, 0) >> 4 != 6)
		return false;
	ip->is4 = false;
	ip->src = addr_from6(b->p + 8);
	ip->dst = addr_from6(b->p + 24);
	ip->id = 0;
	ip->offset = 0;
	ip->more = false;
	ip->proto = bytes_u8(b, 6);
	ip->length = length ? length : wire - 40;
	bytes_skip(b, 40);
	bytes_clip(b, ip->length);
	return extensions(ip, b);
}

static struct frag_key
key_of(const struct ip *ip)
{
	struct frag_key key = {
		ip->src, ip->dst, ip->id, ip->is4 ? ip->proto : 0
	};

	return key;
}

static void
set_flow(struct packet *p, const struct ip *ip, int64_t t_ns)
{
	memset(p, 0, sizeof(*p));
	p->t_ns = t_ns;
	p->src = ip->src;
	p->dst = ip->dst;
	p->proto = (uint8_t)ip->proto;
	p->ip_id = ip->is4 ? (uint16_t)ip->id : 0;
}

static int
later_fragment(struct walk *w, const struct ip *ip)
{
	struct frag_key key = key_of(ip);
	struct packet *p = w->packet;
	struct frag_flow flow;

	if (!frag_find(w->d->frags, &key, w->frame->t_ns, &flow)) {
		if (ip->proto == PROTO_TCP || ip->proto == PROTO_UDP)
			return DECODE_ORPHAN;
		return DECODE_OTHER;
	}
	set_flow(p, ip, w->frame->t_ns);
	p->src = flow.src;
	p->dst = flow.dst;
	p->sport = flow.sport;
	p->dport = flow.dport;
	p->proto = flow.proto;
	p->later_fragment = true;
	p->checksum = (uint16_t)ip->offset;
	p->length = flow.whole ? 0 : ip->length;
	return DECODE_FLOW;
}

static void
first_fragment(struct walk *w, const struct ip *ip)
{
	w->first[w->firsts] = key_of(ip);
	w->whole[w->firsts] = ip->proto != PROTO_TCP;
	w->firsts++;
}

/* Now that the flow is known, so it is for later fragments. */
static void
remember_firsts(struct walk *w)
{
	const struct packet *p = w->packet;
	struct frag_flow flow = {
		p->src, p->dst, p->sport, p->dport, p->proto, true
	};

	for (unsigned i = 0; i < w->firsts; i++) {
		flow.whole = w->whole[i];
		frag_put(w->d->frags, &w->first[i], &flow, p->t_ns);
	}
}

/* A tunnel with a packet in it, of which `layer` comes first. */
static int
enter(struct walk *w, int layer)
{
	if (w->tunnels >= TUNNELS_MOST)
		return DECODE_OTHER;
	w->tunnels++;
	w->inside = layer;
	return INSIDE;
}

/* RFC 2784, 2890; version 1 is PPTP's (RFC 2637).  ERSPAN II and III have
 * types and headers of their own. */
static int
gre(struct walk *w)
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
		return sequence ? enter(w, LINK_PPP) : DECODE_OTHER;
	case 0x88be:
		n = sequence ? 8 : 0;
		break;
	case 0x22eb:
		n = bytes_u8(b, 11) & 1 ? 20 : 12;
		break;
	default:
		return type > 1500 ? enter(w, type) : DECODE_OTHER;
	}
	return bytes_skip(b, n) ? enter(w, LINK_ETHERNET) : DECODE_MALFORMED;
}

/* 3GPP TS 29.281: version 1, a G-PDU, optional fields if one of their flags
 * is set, extension headers whose last byte says what comes next; IP in it,
 * for Ethernet and others are not told apart here. */
static bool
gtpu(struct bytes *b)
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
vxlan(struct bytes *b)
{
	return (bytes_u8(b, 0) & 0x7f) == 8 && bytes_u8(b, 7) == 0 &&
	    bytes_skip(b, 8);
}

/* The payload of a UDP packet, when it is a tunnel's. */
static int
udp_tunnel(struct walk *w)
{
	const struct packet *p = w->packet;
	struct bytes b = { p->payload, p->captured };
	int layer;

	if ((p->dport == PORT_GTPU || p->sport == PORT_GTPU) && gtpu(&b))
		layer = LINK_RAW;
	else if ((p->dport == PORT_VXLAN || p->dport == PORT_VXLAN_LINUX) &&
	    vxlan(&b))
		layer = LINK_ETHERNET;
	else
		return DECODE_FLOW;
	if (w->tunnels >= TUNNELS_MOST)
		return DECODE_FLOW;
	w->outer = *p;
	w->maybe = true;
	w->b = b;
	return enter(w, layer);
}

/* The IP length bounds a whole datagram; a UDP length that is no length is
 * not looked at. */
static int
udp(struct walk *w, const struct ip *ip)
{
	struct packet *p = w->packet;
	uint32_t length = bytes_be16(&w->b, 4);

	if (!bytes_have(&w->b, 6) || ip->length < 8)
		return DECODE_MALFORMED;
	if (length < 8 || (length > ip->length && !ip->more))
		length = ip->length;
	set_flow(p, ip, w->frame->t_ns);
	p->sport = bytes_be16(&w->b, 0);
	p->dport = bytes_be16(&w->b, 2);
	p->checksum = bytes_be16(&w->b, 6);
	p->length = length - 8;
	if (!bytes_skip(&w->b, 8))
		return DECODE_FLOW;
	bytes_clip(&w->b, p->length);
	p->payload = w->b.p;
	p->captured = (uint32_t)w->b.n;
	return w->d->tunnels ? udp_tunnel(w) : DECODE_FLOW;
}

static int
tcp(struct walk *w, const struct ip *ip)
{
	struct packet *p = w->packet;
	uint32_t header = (bytes_u8(&w->b, 12) >> 4) * 4U;

	if (!bytes_have(&w->b, 14) || header < 20 || header > ip->length)
		return DECODE_MALFORMED;
	set_flow(p, ip, w->frame->t_ns);
	p->sport = bytes_be16(&w->b, 0);
	p->dport = bytes_be16(&w->b, 2);
	p->tcp_flags = bytes_u8(&w->b, 13);
	p->checksum = bytes_be16(&w->b, 16);
	p->length = ip->length - header;
	if (!bytes_skip(&w->b, header))
		return DECODE_FLOW;
	p->payload = w->b.p;
	p->captured = (uint32_t)w->b.n;
	return DECODE_FLOW;
}

/* RFC 792, 4443: what is quoted begins behind eight bytes. */
static int
unreachable(struct walk *w, bool is4)
{
	struct bytes b = w->b;
	struct packet *p = w->packet;
	struct ip ip;
	bool good;

	if (bytes_be16(&b, 0) != (is4 ? 0x0303 : 0x0104) ||
	    !bytes_skip(&b, 8))
		return DECODE_OTHER;
	good = is4 ? ip4(&ip, &b, (uint32_t)b.n) :
	    ip6(&ip, &b, (uint32_t)b.n);
	if (!good || ip.proto != PROTO_UDP || ip.offset != 0 ||
	    !bytes_have(&b, 4))
		return DECODE_OTHER;
	set_flow(p, &ip, w->frame->t_ns);
	p->ip_id = 0;
	p->sport = bytes_be16(&b, 0);
	p->dport = bytes_be16(&b, 2);
	return DECODE_UNREACHABLE;
}

static int
transport(struct walk *w, const struct ip *ip)
{
	switch (ip->proto) {
	case PROTO_UDP:
		return udp(w, ip);
	case PROTO_TCP:
		return tcp(w, ip);
	case PROTO_ICMP:
		return ip->is4 ? unreachable(w, true) : DECODE_OTHER;
	case PROTO_ICMP6:
		return ip->is4 ? DECODE_OTHER : unreachable(w, false);
	}
	if (!w->d->tunnels)
		return DECODE_OTHER;
	switch (ip->proto) {
	case PROTO_IPIP:
		return enter(w, LINK_IP4);
	case PROTO_IP6:
		return enter(w, LINK_IP6);
	case PROTO_GRE:
		return gre(w);
	}
	return DECODE_OTHER;
}

/* From one layer down to the transport, or into the next tunnel. */
static int
step(struct walk *w, int layer)
{
	uint32_t wire;
	struct ip ip;
	bool good;

	layer = link_strip(layer, &w->b);
	if (layer == LINK_NOT_IP)
		return DECODE_NOT_IP;
	if (layer == LINK_CUT)
		return DECODE_MALFORMED;
	wire = w->frame->len - (uint32_t)(w->b.p - w->frame->data);
	good = layer == LINK_IP4 ? ip4(&ip, &w->b, wire) :
	    ip6(&ip, &w->b, wire);
	if (!good)
		return DECODE_MALFORMED;
	if (ip.offset != 0)
		return later_fragment(w, &ip);
	if (ip.more)
		first_fragment(w, &ip);
	return transport(w, &ip);
}

enum {
	PLAIN_LINK = 1,			/* Ethernet, of the libpcap format */
	PLAIN_IP = 14, PLAIN_UDP = PLAIN_IP + 20, PLAIN_HEAD = PLAIN_UDP + 8
};

/* By far the most packets are UDP over IPv4 over Ethernet, without options,
 * tags or fragments, and their lengths agree.  What step would find is found
 * in one go; of all others nothing is said. */
static bool
is_plain(const struct frame *frame, struct packet *p)
{
	struct bytes b = { frame->data, frame->caplen };
	uint32_t total = bytes_be16(&b, PLAIN_IP + 2);

	if (frame->link != PLAIN_LINK || !bytes_have(&b, PLAIN_HEAD) ||
	    bytes_be16(&b, PLAIN_IP - 2) != 0x0800 ||
	    bytes_u8(&b, PLAIN_IP) != 0x45 ||
	    bytes_u8(&b, PLAIN_IP + 9) != PROTO_UDP ||
	    bytes_be16(&b, PLAIN_IP + 6) & 0x3fff || total < 28 ||
	    bytes_be16(&b, PLAIN_UDP + 4) != total - 20)
		return false;
	*p = (struct packet){
		.t_ns = frame->t_ns, .src = addr_from4(b.p + PLAIN_IP + 12),
		.dst = addr_from4(b.p + PLAIN_IP + 16),
		.sport = bytes_be16(&b, PLAIN_UDP),
		.dport = bytes_be16(&b, PLAIN_UDP + 2), .proto = PROTO_UDP,
		.ip_id = bytes_be16(&b, PLAIN_IP + 4),
		.checksum = bytes_be16(&b, PLAIN_UDP + 6),
		.length = total - 28
	};
	bytes_skip(&b, PLAIN_HEAD);
	bytes_clip(&b, p->length);
	p->payload = b.p;
	p->captured = (uint32_t)b.n;
	return true;
}

enum decode_verdict
decode(struct decode *d, const struct frame *frame, struct packet *packet)
{
	struct walk w;
	int verdict;

	if (!d->tunnels && is_plain(frame, packet))
		return DECODE_FLOW;
	w.d = d;
	w.frame = frame;
	w.packet = packet;
	w.b.p = frame->data;
	w.b.n = frame->caplen;
	w.tunnels = 0;
	w.maybe = false;
	w.firsts = 0;
	verdict = step(&w, link_of_dlt(frame->link));
	while (verdict == INSIDE)
		verdict = step(&w, w.inside);
	if (verdict == DECODE_MALFORMED && w.maybe) {
		*packet = w.outer;
		verdict = DECODE_FLOW;
	}
	if (verdict == DECODE_FLOW && w.firsts != 0)
		remember_firsts(&w);
	return (enum decode_verdict)verdict;
}
