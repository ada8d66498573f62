#include "packet/decode.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/limit.h"
#include "base/mem.h"
#include "packet/ip.h"
#include "packet/link.h"
#include "packet/transport.h"
#include "packet/walk.h"

struct decode *
decode_new(bool tunnels)
{
	struct decode *d = mem_alloc(1, sizeof(*d));

	d->tunnels = tunnels;
	d->frags = frag_new();
	return d;
}

void
decode_want_heads(struct decode *d)
{
	d->heads = true;
}

void
decode_want_quotes(struct decode *d)
{
	d->quotes = true;
}

bool
decode_quoted(const struct decode *d)
{
	return d->quoted;
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
	return link_knows(dlt);
}

static struct frag_key
frag_key_of(const struct ip *ip)
{
	struct frag_key key = {
		ip->src, ip->dst, ip->id, ip->is4 ? ip->proto : 0
	};

	return key;
}

static int
later_fragment(struct walk *w, const struct ip *ip)
{
	struct frag_key key = frag_key_of(ip);
	struct packet *p = w->packet;
	struct frag_flow flow;

	if (!frag_find(w->d->frags, &key, w->frame->t_ns, &flow)) {
		if (ip->proto == PROTO_TCP || ip->proto == PROTO_UDP)
			return DECODE_ORPHAN;
		return DECODE_OTHER;
	}
	transport_begin(p, ip, w->frame->t_ns);
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
	w->first[w->firsts] = frag_key_of(ip);
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

/* Does the packet claim more than its frame had on the wire, or than any can
 * have?  What is inside of a tunnel may be as long as all fragments of that. */
static bool
is_too_long(const struct walk *w, const struct ip *ip, uint32_t wire)
{
	if (ip->length > LIMIT_LENGTH)
		return true;
	return ip->total > wire && w->firsts == 0;
}

/* From one layer down to the transport, or into the next tunnel. */
static int
decode_step(struct walk *w, int layer)
{
	uint32_t wire;
	struct ip ip;
	bool good;

	layer = link_strip(layer, &w->b);
	if (layer == LINK_NOT_IP)
		return DECODE_NOT_IP;
	if (layer == LINK_CUT)
		return DECODE_MALFORMED;
	w->ip = w->b.p;
	if (w->tunnels == 0)
		w->outermost = w->b.p;
	wire = w->frame->len - (uint32_t)(w->b.p - w->frame->data);
	good = layer == LINK_IP4 ? ip_read4(&ip, &w->b, wire) :
	    ip_read6(&ip, &w->b, wire);
	if (!good || is_too_long(w, &ip, wire))
		return DECODE_MALFORMED;
	if (ip.offset != 0)
		return later_fragment(w, &ip);
	if (ip.more)
		first_fragment(w, &ip);
	return transport_read(w, &ip);
}

enum {
	PLAIN_LINK = 1,			/* Ethernet, of the libpcap format */
	PLAIN_IP = 14, PLAIN_UDP = PLAIN_IP + 20, PLAIN_HEAD = PLAIN_UDP + 8
};

/* By far the most packets are UDP over IPv4 over Ethernet, without options,
 * tags or fragments, and their lengths agree.  What decode_step would find is
 * found in one go; of all others nothing is said. */
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
	    bytes_be16(&b, PLAIN_UDP + 4) != total - 20 ||
	    total > frame->len - PLAIN_IP)
		return false;
	memset(p, 0, PACKET_HEADS);
	p->t_ns = frame->t_ns;
	p->src = addr_from4(b.p + PLAIN_IP + 12);
	p->dst = addr_from4(b.p + PLAIN_IP + 16);
	p->sport = bytes_be16(&b, PLAIN_UDP);
	p->dport = bytes_be16(&b, PLAIN_UDP + 2);
	p->proto = PROTO_UDP;
	p->ip_id = bytes_be16(&b, PLAIN_IP + 4);
	p->checksum = bytes_be16(&b, PLAIN_UDP + 6);
	p->length = total - 28;
	bytes_skip(&b, PLAIN_HEAD);
	bytes_clip(&b, p->length);
	p->payload = b.p;
	p->captured = (uint32_t)b.n;
	return true;
}

/* Where the headers are, of a packet that is decoded. */
static void
set_heads(const struct walk *w)
{
	struct packet *p = w->packet;

	p->frame = w->frame;
	p->ip = w->ip;
	p->l4 = p->later_fragment ? NULL : w->l4;
	p->outer = w->ip != w->outermost ? w->outermost : NULL;
	p->fragment = p->later_fragment || w->firsts > 0;
	p->vlans = 0;
}

enum decode_verdict
decode(struct decode *d, const struct frame *frame, struct packet *packet)
{
	struct walk w;
	int verdict;

	if (!d->tunnels && !d->heads && is_plain(frame, packet))
		return DECODE_FLOW;
	d->quoted = false;
	w.d = d;
	w.frame = frame;
	w.packet = packet;
	w.b.p = frame->data;
	w.b.n = frame->caplen;
	w.tunnels = 0;
	w.maybe = false;
	w.firsts = 0;
	verdict = decode_step(&w, link_begin(frame->link, &w.b));
	while (verdict == WALK_INSIDE)
		verdict = decode_step(&w, w.inside);
	if (verdict == DECODE_MALFORMED && w.maybe) {
		*packet = w.outer;
		w.ip = w.outer_ip;
		w.l4 = w.outer_l4;
		verdict = DECODE_FLOW;
	}
	if (verdict != DECODE_FLOW)
		return (enum decode_verdict)verdict;
	if (d->heads)
		set_heads(&w);
	if (w.firsts != 0)
		remember_firsts(&w);
	return (enum decode_verdict)verdict;
}
