#include "names/namepackets.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/num.h"
#include "names/nameout.h"
#include "names/quichello.h"
#include "names/saidname.h"
#include "packet/capture.h"
#include "packet/decode.h"

/* A ClientHello in several segments: what has come of it.  A flow takes the
 * slot of another one that has waited. */
enum { HELLO_MOST = 4096, HELLOS = 4096, QUICS = 2048, DNS_PORT = 53 };

/* Segments whose name was told: what comes again says nothing new. */
enum { TOLDS = 1 << 16 };

/* A datagram is no longer. */
enum { PLAIN = 1 << 16 };

struct told {
	uint64_t flow;
	uint32_t seq;
};

struct hello {
	struct addr src, dst;
	uint16_t sport, dport;
	uint32_t next;			/* sequence number that goes on */
	uint32_t n;			/* 0: free */
	uint8_t bytes[HELLO_MOST];
};

/* The same of QUIC. */
struct quic {
	uint64_t flow;			/* 0: free */
	struct quichello hello;
};

struct namepackets {
	struct out *out;
	struct hello **hello;
	struct quic **quic;
	uint8_t *plain;			/* of a packet of QUIC */
	struct told *told;
	struct hash_key key;
};

static uint64_t
flow_hash(const struct namepackets *x, const struct packet *p)
{
	struct { struct addr src, dst; uint16_t sport, dport; } ends = {
		p->src, p->dst, p->sport, p->dport
	};

	return hash_bytes(&x->key, &ends, sizeof ends);
}

static struct hello **
hello_slot(struct namepackets *x, const struct packet *p)
{
	return &x->hello[flow_hash(x, p) % HELLOS];
}

static bool
hello_is_of(const struct hello *h, const struct packet *p)
{
	return h != NULL && h->n > 0 && h->sport == p->sport &&
	    h->dport == p->dport && h->next == p->seq &&
	    memcmp(&h->src, &p->src, sizeof h->src) == 0 &&
	    memcmp(&h->dst, &p->dst, sizeof h->dst) == 0;
}

static void
hello_hold(struct namepackets *x, const struct packet *p)
{
	struct hello **slot = hello_slot(x, p), *h = *slot;

	if (p->captured > HELLO_MOST || p->captured < p->length)
		return;
	if (h == NULL)
		h = *slot = mem_alloc(1, sizeof *h);
	h->src = p->src;
	h->dst = p->dst;
	h->sport = p->sport;
	h->dport = p->dport;
	h->next = p->seq + p->length;
	h->n = p->captured;
	memcpy(h->bytes, p->payload, p->captured);
}

static void
put_own_word(struct namepackets *x, const struct packet *p, uint32_t seq,
    const char *how, const struct saidname *name)
{
	uint64_t flow = flow_hash(x, p);
	struct told *told = &x->told[flow % TOLDS];

	if (told->flow == flow && told->seq == seq)
		return;
	*told = (struct told){ flow, seq };
	nameout_row(x->out, &(struct nameout){
		.start_ns = p->t_ns, .until_ns = TIME_NONE, .proto = p->proto,
		.client = p->src, .address = p->dst, .sport = p->sport,
		.dport = p->dport, .how = how }, name);
}

/* The segment may go on with a ClientHello; true if it did. */
static bool
hello_go_on(struct namepackets *x, const struct packet *p)
{
	struct hello *h = *hello_slot(x, p);
	struct saidname name;
	enum saidname_result r;

	if (!hello_is_of(h, p))
		return false;
	if (p->captured < p->length || h->n + p->captured > HELLO_MOST) {
		h->n = 0;
		return true;
	}
	memcpy(h->bytes + h->n, p->payload, p->captured);
	h->n += p->captured;
	h->next += p->length;
	r = saidname_tls((struct bytes){ h->bytes, h->n }, &name);
	if (r == SAIDNAME_FOUND)
		put_own_word(x, p, p->seq, "tls", &name);
	if (r != SAIDNAME_MORE)
		h->n = 0;
	return true;
}

static void
take_answer(struct namepackets *x, const struct packet *p, struct bytes b)
{
	struct saidname_dns d;

	if (!saidname_dns(b, &d))
		return;
	for (size_t i = 0; i < d.n; i++)
		nameout_row(x->out, &(struct nameout){
			.start_ns = p->t_ns, .proto = p->proto,
			.until_ns = p->t_ns + d.ttl_s * NS_PER_S,
			.client = p->dst, .server = &p->src,
			.address = d.addr[i], .sport = p->dport,
			.dport = p->sport, .how = "dns" }, &d.name);
}

static void
take_segment(struct namepackets *x, const struct packet *p, struct bytes b)
{
	struct saidname name;

	if (p->sport == DNS_PORT) {
		if (b.n > 2 && bytes_be16(&b, 0) == b.n - 2) {
			bytes_skip(&b, 2);
			take_answer(x, p, b);
		}
		return;
	}
	if (hello_go_on(x, p))
		return;
	switch (saidname_tls(b, &name)) {
	case SAIDNAME_FOUND:
		put_own_word(x, p, p->seq, "tls", &name);
		return;
	case SAIDNAME_MORE:
		hello_hold(x, p);
		return;
	case SAIDNAME_NONE:
		break;
	}
	if (saidname_http(b, &name))
		put_own_word(x, p, p->seq, "http", &name);
}

/* What has come of the connection's ClientHello, or nothing yet. */
static struct quic *
quic_begun(struct quic **slot, uint64_t flow, const struct quicid *id)
{
	struct quic *q = *slot;

	if (q == NULL)
		q = *slot = mem_alloc(1, sizeof *q);
	if (q->flow != flow || id->n != q->hello.id.n ||
	    memcmp(id->byte, q->hello.id.byte, id->n) != 0)
		quichello_begin(&q->hello, id);
	q->flow = flow;
	return q;
}

/* The frames of an Initial packet of QUIC. */
static void
take_frames(struct namepackets *x, const struct packet *p, struct quic *q,
    struct bytes frames)
{
	const struct quicid *id = &q->hello.id;
	struct saidname name;
	enum saidname_result r;

	quichello_add(&q->hello, frames);
	r = saidname_hello(quichello_bytes(&q->hello), &name);
	/* What comes again has the same connection ID. */
	if (r == SAIDNAME_FOUND)
		put_own_word(x, p, (uint32_t)hash_bytes(&x->key, id->byte,
		    id->n), "quic", &name);
	if (r != SAIDNAME_MORE)
		q->flow = 0;
}

static void
take_datagram(struct namepackets *x, const struct packet *p, struct bytes b)
{
	uint64_t flow = flow_hash(x, p) | 1;
	struct quic **slot = &x->quic[flow / 2 % QUICS];
	const struct quicid *first;
	enum quic_result r;
	struct bytes frames;
	struct quicid id;

	bytes_clip(&b, PLAIN);
	do {
		first = *slot != NULL && (*slot)->flow == flow ?
		    &(*slot)->hello.id : NULL;
		r = quicpacket_next(&b, first, x->plain, &frames, &id);
		if (r == QUIC_OPEN)
			take_frames(x, p, quic_begun(slot, flow, &id), frames);
	} while (r != QUIC_NONE);
}

static void
take_packet(struct namepackets *x, const struct packet *p)
{
	struct bytes b = { p->payload, p->captured };

	if (p->captured == 0 || p->later_fragment)
		return;
	if (p->proto == PROTO_TCP)
		take_segment(x, p, b);
	else if (p->proto == PROTO_UDP && p->sport == DNS_PORT)
		take_answer(x, p, b);
	else if (p->proto == PROTO_UDP)
		take_datagram(x, p, b);
}

int
namepackets_read(struct out *out, char *const *files)
{
	struct capture *c = capture_open(&(struct capture_want){
	    .files = files });
	struct decode *d = decode_new(&(struct decode_want){
	    .tunnels = false });
	struct namepackets x = { .out = out, .key = hash_random_key() };
	struct frame frame;
	struct packet p;
	int status;

	x.hello = mem_alloc(HELLOS, sizeof *x.hello);
	x.quic = mem_alloc(QUICS, sizeof *x.quic);
	x.plain = mem_alloc(PLAIN, 1);
	x.told = mem_alloc(TOLDS, sizeof *x.told);
	while (capture_next(c, &frame))
		if (decode(d, &frame, &p) == DECODE_FLOW)
			take_packet(&x, &p);
	decode_free(d);
	for (size_t i = 0; i < HELLOS; i++)
		free(x.hello[i]);
	for (size_t i = 0; i < QUICS; i++)
		free(x.quic[i]);
	free(x.hello);
	free(x.quic);
	free(x.plain);
	free(x.told);
	status = capture_close(c);
	return status;
}
