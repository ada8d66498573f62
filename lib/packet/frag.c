#include "packet/frag.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "packet/expiring.h"

static const int64_t span4_ns = 30 * NS_PER_S, span6_ns = 60 * NS_PER_S;

/* Of TCP's header: bytes that tell its length and flags, its least and most. */
enum { OFFSET_AT = 12, FLAGS_AT = 13, TCP_LEAST = 20, TCP_MOST = 60 };

enum { SPANS = 4 };

/* The bytes from `from` to `to`, which does not belong to it. */
struct span {
	uint32_t from, to;
};

/* A datagram of which fragments came; `known` when the first was among them.
 * The spans are what came of it, apart from each other.  Of more than SPANS one
 * is forgotten: should it come again, it is counted again. */
struct datagram {
	struct addr src, dst;	/* its flow's */
	uint16_t sport, dport;
	uint8_t proto, kind;
	int64_t t_ns;		/* of its earliest fragment here */
	struct span span[SPANS];
	uint64_t held;		/* number of the newest one held */
	uint8_t spans;
	uint8_t n_held;
	uint8_t header;		/* bytes of TCP's, the most until it is known;
				   of others 0 */
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
	struct datagram d = {.t_ns = t_ns};

	expiring_put(f->datagrams, key, &d, t_ns);
	return expiring_find(f->datagrams, key, t_ns);
}

static struct span
common_part(struct span a, struct span b)
{
	struct span both = {
		a.from > b.from ? a.from : b.from, a.to < b.to ? a.to : b.to
	};

	if (both.to < both.from)
		both.to = both.from;
	return both;
}

/* How many bytes of `part` have come? */
static uint32_t
bytes_there(const struct datagram *d, struct span part)
{
	uint32_t n = 0;

	for (unsigned i = 0; i < d->spans; i++) {
		struct span both = common_part(d->span[i], part);

		n += both.to - both.from;
	}
	return n;
}

/* From now on `part` has come, with all spans that touch it. */
static void
add_span(struct datagram *d, struct span part)
{
	unsigned kept = 0;

	for (unsigned i = 0; i < d->spans; i++) {
		struct span s = d->span[i];

		if (s.to < part.from || s.from > part.to) {
			d->span[kept++] = s;
			continue;
		}
		part.from = s.from < part.from ? s.from : part.from;
		part.to = s.to > part.to ? s.to : part.to;
	}
	if (kept == SPANS)
		kept--;
	d->span[kept] = part;
	d->spans = (uint8_t)(kept + 1);
}

/* Payload bytes of TCP in a fragment that no fragment before had. */
static uint32_t
cover(struct frag *f, struct datagram *d, struct span part)
{
	struct span payload = common_part(part,
	    (struct span){d->header, UINT32_MAX});
	uint32_t n = payload.to - payload.from - bytes_there(d, payload);

	f->overlaps += bytes_there(d, part) > 0;
	add_span(d, part);
	return n;
}

/* The fragment that tells how long TCP's header is: what came before it behind
 * the header was taken for a part of that. */
static uint32_t
learn_header(struct datagram *d, uint8_t header)
{
	struct span taken = {header, d->header};

	d->header = header;
	return taken.from < taken.to ? bytes_there(d, taken) : 0;
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
	d->header = first->proto != PROTO_TCP ? 0 :
	    first->length > FLAGS_AT ? first->header : TCP_MOST;
	d->spans = 0;
	add_span(d, (struct span){0, first->length});
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
	static const struct span flags = {FLAGS_AT, FLAGS_AT + 1};
	uint32_t from = h->offset * UINT32_C(8), before = 0;
	struct span part = {from, from + h->length};
	struct span both = common_part(part, flags);

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
	if (d->header > 0 && !d->whole && both.from < both.to &&
	    bytes_there(d, flags) == 0) {
		p->tcp_flags = h->tcp_flags;
		before = learn_header(d, h->header > TCP_LEAST ? h->header :
		    TCP_LEAST);
	}
	p->length = before + cover(f, d, part);
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
