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
decode_new(const struct decode_want *want)
{
	struct decode *d = mem_alloc(1, sizeof(*d));

	d->want = *want;
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
	return link_knows(dlt);
}

static int
later_fragment(struct walk *w, const struct ip *ip)
{
	bool hold = w->d->want.all_protocols || ip->proto == PROTO_TCP ||
	    ip->proto == PROTO_UDP;

	if (frag_later(w->d->frags, ip, &w->b, w->frame->t_ns, hold,
	    w->packet))
		return DECODE_FLOW;
	return hold ? DECODE_ORPHAN : DECODE_OTHER;
}

/* Now that the flow is known, so it is for later fragments. */
static void
remember_firsts(struct walk *w)
{
	for (unsigned i = 0; i < w->firsts; i++)
		frag_put(w->d->frags, &w->first[i], w->packet);
}

/* A packet cannot be longer than its frame was on the wire; what is inside of
 * a tunnel may be as long as all fragments of that.  False for a length that
 * no packet has. */
static bool
clamp_length(const struct walk *w, struct ip *ip, uint32_t wire)
{
	uint32_t excess = ip->total > wire ? ip->total - wire : 0;

	if (ip->length > LIMIT_LENGTH)
		return false;
	if (w->firsts == 0)
		ip->length -= excess < ip->length ? excess : ip->length;
	return true;
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
	if (!good || !clamp_length(w, &ip, wire))
		return DECODE_MALFORMED;
	if (ip.offset != 0)
		return later_fragment(w, &ip);
	if (ip.more)
		w->first[w->firsts++] = frag_first(&ip, &w->b);
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
is_plain(const struct frame *frame, struct packet *p, bool brief)
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
	if (brief) {
		packet_clear_brief(p);
	} else {
		packet_clear(p);
		p->ip_id = bytes_be16(&b, PLAIN_IP + 4);
	}
	p->t_ns = frame->t_ns;
	p->src = addr_from4(b.p + PLAIN_IP + 12);
	p->dst = addr_from4(b.p + PLAIN_IP + 16);
	p->sport = bytes_be16(&b, PLAIN_UDP);
	p->dport = bytes_be16(&b, PLAIN_UDP + 2);
	p->proto = PROTO_UDP;
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

/* Of what is not plain.  It is a function of its own, so that what is needs
 * no room for a walk. */
static __attribute__((noinline)) enum decode_verdict
decode_walk(struct decode *d, const struct frame *frame,
    struct packet *packet)
{
	struct walk w;
	int verdict;

	d->has_quote = false;
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
	if (d->want.heads)
		set_heads(&w);
	if (w.firsts != 0)
		remember_firsts(&w);
	if (d->want.heads && packet->extra)
		d->told = *packet;
	return (enum decode_verdict)verdict;
}

enum decode_verdict
decode(struct decode *d, const struct frame *frame, struct packet *packet)
{
	if (!d->want.tunnels && !d->want.heads &&
	    is_plain(frame, packet, d->want.brief) &&
	    !(d->want.count_tunnels && tunnel_has_port(packet)))
		return DECODE_FLOW;
	return decode_walk(d, frame, packet);
}

enum decode_extra
decode_extra(struct decode *d, struct packet *p)
{
	if (d->has_quote) {
		*p = d->quote;
		d->has_quote = false;
		return DECODE_QUOTE;
	}
	if (!frag_held(d->frags, p))
		return DECODE_NO_EXTRA;
	if (d->want.heads) {
		p->frame = d->told.frame;
		p->ip = d->told.ip;
		p->l4 = NULL;
		p->outer = d->told.outer;
		p->fragment = true;
		p->vlans = 0;
	}
	return DECODE_EARLIER;
}

struct decode_counts
decode_counts(const struct decode *d)
{
	struct decode_counts c = d->counts;

	c.overlaps = frag_overlaps(d->frags);
	return c;
}

void
decode_add(struct decode_counts *sum, const struct decode_counts *c)
{
	for (int i = 0; i < TUNNEL_KINDS; i++)
		sum->tunnel[i] += c->tunnel[i];
	sum->cut += c->cut;
	sum->ports += c->ports;
	sum->overlaps += c->overlaps;
}
