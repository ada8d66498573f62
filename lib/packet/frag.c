#include "packet/frag.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "packet/expiring.h"

static const int64_t span4_ns = 30 * NS_PER_S, span6_ns = 60 * NS_PER_S;

enum { OFFSET_AT = 12, FLAGS_AT = 13, TCP_LEAST = 20 };	/* of TCP's header */

/* A datagram of which fragments came; `known` when the first was among them.
 * Covered are the bytes from `from` to `to`. */
struct datagram {
	struct addr src, dst;	/* its flow's */
	uint16_t sport, dport;
	uint8_t proto, kind;
	int64_t t_ns;		/* of its earliest fragment here */
	uint32_t from, to;
	uint64_t held;		/* number of the newest one held */
	uint8_t n_held;
	uint8_t header;		/* bytes of TCP's, else 0 */
	bool known;
	bool whole;		/* the first told the length of the whole */
};

/* A later fragment that waits for its first.  They are numbered 1, 2, 3 …;
 * number i stands at i mod FRAG_RING. */
struct held {
	int64_t t_ns;
	uint64_t older;		/* of the same datagram */
	uint32_t length;
	uint16_t offset, ip_id;
	uint8_t header, tcp_flags;	/* of TCP, if they are in it */
};

struct frag {
	struct expiring *datagrams;
	uint64_t overlaps;
	uint64_t last;			/* number of the newest one held */
	struct held *ring;		/* NULL: none was */
	struct datagram *telling;	/* whose held ones are being told */
	unsigned told, to_tell;
	uint64_t tell[FRAG_HELD];	/* newest first */
};

struct frag *
frag_new(void)
{
	struct frag *f = mem_alloc(1, sizeof *f);

	f->datagrams = expiring_new(sizeof(struct frag_key),
	    sizeof(struct datagram), span6_ns, FRAG_MOST);
	return f;
}

void
frag_free(struct frag *f)
{
	expiring_free(f->datagrams);
	free(f->ring);
	free(f);
}

static struct frag_key
frag_key_of(const struct ip *ip)
{
	return (struct frag_key){
		ip->src, ip->dst, ip->id, ip->is4 ? ip->proto : 0
	};
}

struct frag_first
frag_first(const struct ip *ip, const struct bytes *b)
{
	struct frag_first first = {
		.key = frag_key_of(ip), .length = ip->length,
		.proto = (uint8_t)ip->proto, .header = TCP_LEAST,
		.is4 = ip->is4
	};

	if (bytes_have(b, OFFSET_AT + 1))
		first.header = (uint8_t)((bytes_u8(b, OFFSET_AT) >> 4) * 4);
	return first;
}

static struct datagram *
find_datagram(const struct frag *f, const struct frag_key *key, bool is4,
    int64_t t_ns)
{
	struct datagram *d = expiring_find(f->datagrams, key, t_ns);
	int64_t gap = d != NULL ? t_ns - d->t_ns : 0;

	if (d == NULL || (is4 && (gap > span4_ns || -gap > span4_ns)))
		return NULL;
	return d;
}

static struct datagram *
new_datagram(struct frag *f, const struct frag_key *key, int64_t t_ns)
{
	struct datagram d = {.t_ns = t_ns, .header = TCP_LEAST};

	expiring_put(f->datagrams, key, &d, t_ns);
	return expiring_find(f->datagrams, key, t_ns);
}

/* Payload bytes of TCP from `from` to `to` that no fragment before had; from
 * now on they are covered.  One gap is remembered, the rest is added. */
static uint32_t
cover(struct frag *f, struct datagram *d, uint32_t from, uint32_t to)
{
	uint32_t twice_from = from > d->from ? from : d->from;
	uint32_t twice_to = to < d->to ? to : d->to;
	uint32_t head_to = to < d->header ? to : d->header;
	uint32_t n = to - from;

	if (from < head_to)
		n -= head_to - from;
	if (twice_from < twice_to) {
		f->overlaps++;
		if (twice_from < d->header)
			twice_from = d->header;
		n -= twice_from < twice_to ? twice_to - twice_from : 0;
	}
	if (d->from == d->to || from > d->to || to < d->from) {
		d->from = from;
		d->to = to;
	}
	d->from = from < d->from ? from : d->from;
	d->to = to > d->to ? to : d->to;
	return n;
}

/* The held ones are told in the order in which they came. */
static void
tell_held(struct frag *f, struct datagram *d)
{
	uint64_t i = d->held;

	f->telling = d;
	while (i != 0 && i + FRAG_RING > f->last && f->to_tell < d->n_held) {
		f->tell[f->to_tell++] = i;
		i = f->ring[i % FRAG_RING].older;
	}
	d->held = 0;
	d->n_held = 0;
}

/* An id that is used again begins the next datagram. */
void
frag_put(struct frag *f, const struct frag_first *first, struct packet *p)
{
	struct datagram *d = find_datagram(f, &first->key, first->is4,
	    p->t_ns);

	f->told = f->to_tell = 0;
	if (d == NULL || d->known)
		d = new_datagram(f, &first->key, p->t_ns);
	d->src = p->src;
	d->dst = p->dst;
	d->sport = p->sport;
	d->dport = p->dport;
	d->proto = p->proto;
	d->kind = p->kind;
	d->known = true;
	d->whole = first->proto == PROTO_UDP || first->proto != p->proto;
	d->header = first->proto == PROTO_TCP ? first->header : 0;
	d->from = 0;
	d->to = first->length;
	if (d->held == 0)
		return;
	tell_held(f, d);
	p->extra = true;
}

/* Sets p to a later fragment of the datagram, of which `h` tells. */
static void
set_later(struct frag *f, struct datagram *d, const struct held *h,
    struct packet *p)
{
	uint32_t from = h->offset * UINT32_C(8), to = from + h->length;
	bool had_flags = d->from <= FLAGS_AT && d->to > FLAGS_AT;

	packet_clear(p);
	p->t_ns = h->t_ns;
	p->src = d->src;
	p->dst = d->dst;
	p->sport = d->sport;
	p->dport = d->dport;
	p->proto = d->proto;
	p->kind = d->kind;
	p->ip_id = h->ip_id;
	p->offset = h->offset;
	p->later_fragment = true;
	if (d->header > 0 && !d->whole && !had_flags) {
		p->tcp_flags = h->tcp_flags;
		d->header = h->header != 0 ? h->header : d->header;
	}
	p->length = cover(f, d, from, to);
	if (d->whole)
		p->length = 0;
}

static struct held
held_of(const struct ip *ip, const struct bytes *b, int64_t t_ns)
{
	size_t from = ip->offset * 8U;
	struct held h = {
		.t_ns = t_ns, .length = ip->length,
		.offset = (uint16_t)ip->offset,
		.ip_id = ip->is4 ? (uint16_t)ip->id : 0
	};

	if (from <= OFFSET_AT && from + b->n > FLAGS_AT) {
		h.header = (uint8_t)((bytes_u8(b, OFFSET_AT - from) >> 4) * 4);
		h.tcp_flags = bytes_u8(b, FLAGS_AT - from);
	}
	return h;
}

static void
hold_fragment(struct frag *f, struct datagram *d, struct held h)
{
	if (f->ring == NULL)
		f->ring = mem_alloc(FRAG_RING, sizeof *f->ring);
	h.older = d->held;
	f->ring[++f->last % FRAG_RING] = h;
	d->held = f->last;
	if (d->n_held < FRAG_HELD)
		d->n_held++;
}

bool
frag_later(struct frag *f, const struct ip *ip, const struct bytes *b,
    int64_t t_ns, bool hold, struct packet *p)
{
	struct frag_key key = frag_key_of(ip);
	struct datagram *d = find_datagram(f, &key, ip->is4, t_ns);
	struct held h;

	f->told = f->to_tell = 0;
	if ((d == NULL || !d->known) && !hold)
		return false;
	h = held_of(ip, b, t_ns);
	if (d == NULL)
		d = new_datagram(f, &key, t_ns);
	if (!d->known) {
		hold_fragment(f, d, h);
		return false;
	}
	set_later(f, d, &h, p);
	return true;
}

bool
frag_held(struct frag *f, struct packet *p)
{
	uint64_t i;

	if (f->told == f->to_tell)
		return false;
	i = f->tell[f->to_tell - ++f->told];
	set_later(f, f->telling, &f->ring[i % FRAG_RING], p);
	p->extra = f->told < f->to_tell;
	return true;
}

uint64_t
frag_overlaps(const struct frag *f)
{
	return f->overlaps;
}
