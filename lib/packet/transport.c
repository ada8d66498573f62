#include "packet/transport.h"

#include <string.h>

#include "packet/link.h"
#include "packet/tunnel.h"

enum {
	PROTO_ICMP = 1, PROTO_IPIP = 4, PROTO_IP6 = 41, PROTO_GRE = 47,
	PROTO_ICMP6 = 58
};

void
transport_begin(struct packet *p, const struct ip *ip, int64_t t_ns)
{
	memset(p, 0, PACKET_HEADS);
	p->t_ns = t_ns;
	p->src = ip->src;
	p->dst = ip->dst;
	p->proto = (uint8_t)ip->proto;
	p->ip_id = ip->is4 ? (uint16_t)ip->id : 0;
}

/* The IP length bounds a whole datagram; a UDP length that is no length is
 * not looked at. */
static int
transport_udp(struct walk *w, const struct ip *ip)
{
	struct packet *p = w->packet;
	uint32_t length = bytes_be16(&w->b, 4);

	if (!bytes_have(&w->b, 6) || ip->length < 8)
		return DECODE_MALFORMED;
	if (length < 8 || (length > ip->length && !ip->more))
		length = ip->length;
	transport_begin(p, ip, w->frame->t_ns);
	w->l4 = w->b.p;
	p->sport = bytes_be16(&w->b, 0);
	p->dport = bytes_be16(&w->b, 2);
	p->checksum = bytes_be16(&w->b, 6);
	p->length = length - 8;
	if (!bytes_skip(&w->b, 8))
		return DECODE_FLOW;
	bytes_clip(&w->b, p->length);
	p->payload = w->b.p;
	p->captured = (uint32_t)w->b.n;
	return w->d->tunnels ? tunnel_udp(w) : DECODE_FLOW;
}

static int
transport_tcp(struct walk *w, const struct ip *ip)
{
	struct packet *p = w->packet;
	uint32_t header = (bytes_u8(&w->b, 12) >> 4) * 4U;

	if (!bytes_have(&w->b, 14) || header < 20 || header > ip->length)
		return DECODE_MALFORMED;
	transport_begin(p, ip, w->frame->t_ns);
	w->l4 = w->b.p;
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

/* Types of ICMP and ICMPv6 that quote the packet they are about. */
static bool
transport_is_error(uint8_t type, bool is4)
{
	if (is4)
		return type == 3 || type == 4 || type == 5 || type == 11 ||
		    type == 12;
	return type >= 1 && type <= 4;
}

/* RFC 792, 4443: what is quoted begins behind eight bytes. */
static int
transport_unreachable(struct walk *w, bool is4)
{
	struct bytes b = w->b;
	struct packet *p = w->packet;
	bool is_port = bytes_be16(&b, 0) == (is4 ? 0x0303 : 0x0104);
	struct ip ip;
	bool good;

	if (!is_port && !(w->d->quotes &&
	    transport_is_error(bytes_u8(&b, 0), is4)))
		return DECODE_OTHER;
	if (!bytes_skip(&b, 8))
		return DECODE_OTHER;
	good = is4 ? ip_read4(&ip, &b, (uint32_t)b.n) :
	    ip_read6(&ip, &b, (uint32_t)b.n);
	if (!good || ip.offset != 0 || !bytes_have(&b, 4) ||
	    (ip.proto != PROTO_UDP && !(w->d->quotes &&
	    ip.proto == PROTO_TCP)))
		return DECODE_OTHER;
	transport_begin(p, &ip, w->frame->t_ns);
	p->ip_id = 0;
	p->sport = bytes_be16(&b, 0);
	p->dport = bytes_be16(&b, 2);
	w->d->quoted = true;
	return is_port && ip.proto == PROTO_UDP ? DECODE_UNREACHABLE :
	    DECODE_OTHER;
}

int
transport_read(struct walk *w, const struct ip *ip)
{
	switch (ip->proto) {
	case PROTO_UDP:
		return transport_udp(w, ip);
	case PROTO_TCP:
		return transport_tcp(w, ip);
	case PROTO_ICMP:
		return ip->is4 ? transport_unreachable(w, true) :
		    DECODE_OTHER;
	case PROTO_ICMP6:
		return ip->is4 ? DECODE_OTHER :
		    transport_unreachable(w, false);
	}
	if (!w->d->tunnels)
		return DECODE_OTHER;
	switch (ip->proto) {
	case PROTO_IPIP:
		return tunnel_enter(w, LINK_IP4);
	case PROTO_IP6:
		return tunnel_enter(w, LINK_IP6);
	case PROTO_GRE:
		return tunnel_gre(w);
	}
	return DECODE_OTHER;
}
