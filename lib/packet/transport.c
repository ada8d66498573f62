#include "packet/transport.h"

#include "packet/icmp.h"

enum { PORTS = 4, UDP_HEAD = 8, TCP_HEAD = 20, SCTP_HEAD = 12, ICMP_HEAD = 8 };

/* Sets what the IP header tells of a packet; the rest is 0. */
static void
transport_begin(struct packet *p, const struct ip *ip, int64_t t_ns)
{
	packet_clear(p);
	p->t_ns = t_ns;
	p->src = ip->src;
	p->dst = ip->dst;
	p->proto = (uint8_t)ip->proto;
	p->kind = ip->mapped ? PACKET_MAPPED : PACKET_USUAL;
	p->ip_id = ip->is4 ? (uint16_t)ip->id : 0;
}

/* The ports are not there. */
static int
cut_before_ports(struct walk *w)
{
	w->d->counts.cut += w->frame->caplen < w->frame->len;
	return DECODE_MALFORMED;
}

/* Passes over the transport's header: what is left was captured of the
 * payload. */
static void
set_payload(struct walk *w, size_t header)
{
	struct packet *p = w->packet;

	if (!bytes_skip(&w->b, header))
		return;
	bytes_clip(&w->b, p->length);
	p->payload = w->b.p;
	p->captured = (uint32_t)w->b.n;
}

/* A tunnel with a packet in it, of which `layer` comes first. */
static int
enter_tunnel(struct walk *w, int layer)
{
	if (w->tunnels >= TUNNELS_MOST)
		return DECODE_OTHER;
	w->tunnels++;
	w->inside = layer;
	return WALK_INSIDE;
}

/* The payload of a UDP packet, when it is a tunnel's. */
static int
tunnel_in_udp(struct walk *w)
{
	const struct packet *p = w->packet;
	struct bytes b = { p->payload, p->captured };
	enum tunnel_kind kind;
	int layer = tunnel_over_udp(p, &b, &kind);

	if (layer < 0)
		return DECODE_FLOW;
	if (!w->d->want.tunnels) {
		w->d->counts.tunnel[kind]++;
		return DECODE_FLOW;
	}
	if (w->tunnels >= TUNNELS_MOST)
		return DECODE_FLOW;
	w->outer = *p;
	w->outer_ip = w->ip;
	w->outer_l4 = w->l4;
	w->maybe = true;
	w->b = b;
	return enter_tunnel(w, layer);
}

/* The IP length bounds a whole datagram; a UDP length that is no length, or
 * was not captured, is not looked at. */
static int
transport_udp(struct walk *w, const struct ip *ip)
{
	struct packet *p = w->packet;
	uint32_t length = bytes_be16(&w->b, 4);

	if (ip->length < UDP_HEAD)
		return DECODE_MALFORMED;
	if (!bytes_have(&w->b, PORTS))
		return cut_before_ports(w);
	if (length < UDP_HEAD || (length > ip->length && !ip->more))
		length = ip->length;
	transport_begin(p, ip, w->frame->t_ns);
	w->l4 = w->b.p;
	p->sport = bytes_be16(&w->b, 0);
	p->dport = bytes_be16(&w->b, 2);
	p->length = length - UDP_HEAD;
	set_payload(w, UDP_HEAD);
	if (p->captured == 0 ||
	    !(w->d->want.tunnels || w->d->want.count_tunnels))
		return DECODE_FLOW;
	return tunnel_in_udp(w);
}

/* A first fragment may end within the header (nmap -f), and so may what was
 * captured.  Then the header is taken for one without options. */
static int
transport_tcp(struct walk *w, const struct ip *ip)
{
	struct packet *p = w->packet;
	uint32_t header = TCP_HEAD;

	if (bytes_have(&w->b, 13))
		header = (bytes_u8(&w->b, 12) >> 4) * 4U;
	if (header < TCP_HEAD || (header > ip->length && !ip->more))
		return DECODE_MALFORMED;
	if (!bytes_have(&w->b, PORTS))
		return cut_before_ports(w);
	transport_begin(p, ip, w->frame->t_ns);
	w->l4 = w->b.p;
	p->sport = bytes_be16(&w->b, 0);
	p->dport = bytes_be16(&w->b, 2);
	p->seq = bytes_be32(&w->b, 4);
	p->ack = bytes_be32(&w->b, 8);
	p->tcp_flags = bytes_u8(&w->b, 13);
	p->length = ip->length > header ? ip->length - header : 0;
	if (bytes_have(&w->b, header)) {
		p->options = w->b.p + 18;
		p->n_options = header - 18;
	}
	set_payload(w, header);
	return DECODE_FLOW;
}

/*
 * ICMP.
 */

/* Without ports that were quoted there is no flow. */
static bool
set_ports(struct packet *p, const struct bytes *b)
{
	int counterpart;

	switch (p->proto) {
	case PROTO_TCP:
	case PROTO_UDP:
	case PROTO_SCTP:
		p->sport = bytes_be16(b, 0);
		p->dport = bytes_be16(b, 2);
		return bytes_have(b, PORTS);
	case PROTO_ICMP:
	case PROTO_ICMP6:
		counterpart = icmp_counterpart(p->proto, bytes_u8(b, 0));
		p->sport = bytes_u8(b, 0);
		p->dport = counterpart < 0 ? bytes_u8(b, 1) :
		    (uint16_t)counterpart;
		if (counterpart < 0 && p->kind == PACKET_USUAL)
			p->kind = PACKET_ONE_WAY;
		return bytes_have(b, 2);
	}
	return true;
}

/* RFC 792, 4443: what is quoted begins behind eight bytes. */
static bool
read_quote(struct walk *w, const struct ip *outer)
{
	uint16_t port = outer->proto == PROTO_ICMP ? 0x0303 : 0x0104;
	struct bytes b = w->b;
	struct packet *p = &w->d->quote;
	struct ip ip;
	bool good, is_port = bytes_be16(&b, 0) == port;

	if (!icmp_is_error((uint8_t)outer->proto, bytes_u8(&b, 0)) ||
	    !bytes_skip(&b, ICMP_HEAD))
		return false;
	good = outer->proto == PROTO_ICMP ?
	    ip_read4(&ip, &b, (uint32_t)b.n) :
	    ip_read6(&ip, &b, (uint32_t)b.n);
	if (!good || ip.offset != 0 || (!w->d->want.all_protocols &&
	    ip.proto != PROTO_TCP && ip.proto != PROTO_UDP))
		return false;
	transport_begin(p, &ip, w->frame->t_ns);
	p->ip_id = 0;
	good = set_ports(p, &b);
	w->d->counts.ports += good && is_port && p->proto == PROTO_UDP;
	return good;
}

/* Of all protocols but TCP and UDP. */
static int
transport_other(struct walk *w, const struct ip *ip)
{
	struct packet *p = w->packet;
	uint32_t header = 0;

	if (!w->d->want.all_protocols)
		return DECODE_OTHER;
	transport_begin(p, ip, w->frame->t_ns);
	w->l4 = NULL;
	if (!set_ports(p, &w->b))
		return cut_before_ports(w);
	if (p->proto == PROTO_SCTP)
		header = SCTP_HEAD;
	if (p->proto == PROTO_ICMP || p->proto == PROTO_ICMP6) {
		header = ICMP_HEAD;
		p->seq = bytes_be32(&w->b, 4);
	}
	p->length = ip->length > header ? ip->length - header : 0;
	set_payload(w, header);
	return DECODE_FLOW;
}

/* An error about a packet of a flow tells two things: it is one of ICMP's own
 * packets, and that flow was refused. */
static int
transport_icmp(struct walk *w, const struct ip *ip)
{
	bool is_refusal = icmp_is_unreachable((uint8_t)ip->proto,
	    bytes_u8(&w->b, 0), bytes_u8(&w->b, 1));
	bool quoted = (is_refusal || w->d->want.quotes) && read_quote(w, ip);
	int verdict = transport_other(w, ip);

	if (!quoted)
		return verdict;
	w->d->has_quote = true;
	if (verdict == DECODE_FLOW) {
		w->packet->extra = true;
		return verdict;
	}
	*w->packet = w->d->quote;
	return is_refusal ? DECODE_UNREACHABLE : DECODE_OTHER;
}

/* A tunnel whose packets are counted alone, or that is entered. */
static int
tunnel_in_ip(struct walk *w, const struct ip *ip)
{
	struct bytes b = w->b;
	enum tunnel_kind kind;
	int layer = tunnel_over_ip(ip->proto, &b, &kind);

	if (layer >= 0 && !w->d->want.tunnels)
		w->d->counts.tunnel[kind]++;
	if (layer == TUNNEL_NONE || !w->d->want.tunnels)
		return transport_other(w, ip);
	if (layer == TUNNEL_CUT)
		return DECODE_MALFORMED;
	w->b = b;
	return enter_tunnel(w, layer);
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
		return ip->is4 ? transport_icmp(w, ip) :
		    transport_other(w, ip);
	case PROTO_ICMP6:
		return ip->is4 ? transport_other(w, ip) :
		    transport_icmp(w, ip);
	}
	if (w->d->want.tunnels || w->d->want.count_tunnels)
		return tunnel_in_ip(w, ip);
	return transport_other(w, ip);
}
