#include "campus/wire.h"

#include <string.h>

#include "packet/packet.h"

enum { RECORD = 16, ETHER = 14, IP = 20, UDP = 8, TCP = 20, WINDOW = 65535 };

static void
put16(uint8_t *b, unsigned v)
{
	b[0] = (uint8_t)(v >> 8);
	b[1] = (uint8_t)v;
}

static void
put32(uint8_t *b, uint32_t v)
{
	put16(b, v >> 16);
	put16(b + 2, v & 0xffff);
}

static void
put32le(uint8_t *b, uint32_t v)
{
	for (int i = 0; i < 4; i++)
		b[i] = (uint8_t)(v >> 8 * i);
}

static inline uint64_t
get64(const uint8_t *b)
{
	return (uint64_t)b[0] << 56 | (uint64_t)b[1] << 48 |
	    (uint64_t)b[2] << 40 | (uint64_t)b[3] << 32 |
	    (uint64_t)b[4] << 24 | (uint64_t)b[5] << 16 |
	    (uint64_t)b[6] << 8 | b[7];
}

/* The Internet checksum's sum (RFC 1071) of 16-bit big-endian words, taken
 * four at a time: carries are folded in later. */
static uint64_t
checksum_add(const uint8_t *b, size_t n)
{
	uint64_t s = 0;

	for (; n >= 8; b += 8, n -= 8) {
		uint64_t v = get64(b);

		s += (v >> 32) + (v & UINT32_MAX);
	}
	for (; n >= 2; b += 2, n -= 2)
		s += (uint32_t)b[0] << 8 | b[1];
	if (n > 0)
		s += (uint32_t)b[0] << 8;
	return s;
}

static unsigned
checksum_fold(uint64_t s)
{
	while (s >> 16)
		s = (s & 0xffff) + (s >> 16);
	return (unsigned)(~s & 0xffff);
}

void
wire_open(struct wire *w, int fd, const char *name, uint32_t snaplen)
{
	uint8_t b[24] = { 0 };

	out_open(&w->out, fd, name);
	w->snaplen = snaplen;
	w->packets = 0;
	w->bytes = sizeof b;
	put32le(b, 0xa1b2c3d4);
	put32le(b + 4, 2 | 4 << 16);
	put32le(b + 16, snaplen);
	put32le(b + 20, 1);		/* Ethernet */
	out_mem(&w->out, b, sizeof b);
}

static void
put_ethernet(uint8_t *b, const struct wire_packet *p)
{
	/* Locally administered; the network's gateway stands for all. */
	memcpy(b, "\x02\x00", 2);
	put32(b + 2, p->dst);
	memcpy(b + 6, "\x02\x00", 2);
	put32(b + 8, p->src);
	put16(b + 12, 0x0800);
}

static void
put_ip(uint8_t *b, const struct wire_packet *p, size_t length)
{
	put16(b, 0x4500);
	put16(b + 2, (unsigned)length);
	put16(b + 4, p->ip_id);
	put16(b + 6, 0);
	b[8] = p->ttl;
	b[9] = p->proto;
	put16(b + 10, 0);
	put32(b + 12, p->src);
	put32(b + 16, p->dst);
	put16(b + 10, checksum_fold(checksum_add(b, IP)));
}

static void
put_udp(uint8_t *b, const struct wire_packet *p)
{
	put16(b, p->sport);
	put16(b + 2, p->dport);
	put16(b + 4, (unsigned)(UDP + p->n));
	put16(b + 6, 0);
}

static void
put_tcp(uint8_t *b, const struct wire_packet *p)
{
	put16(b, p->sport);
	put16(b + 2, p->dport);
	put32(b + 4, p->seq);
	put32(b + 8, p->ack);
	b[12] = TCP / 4 << 4;
	b[13] = p->flags;
	put16(b + 14, WINDOW);
	put16(b + 16, 0);
	put16(b + 18, 0);
}

/* Checksum of a transport header and its payload, from the header on. */
static unsigned
put_checksum(const uint8_t *b, size_t n, const struct wire_packet *p)
{
	uint64_t s = checksum_add(b, n) + p->src + p->dst + p->proto + n;
	unsigned c = checksum_fold(s);

	return c == 0 && p->proto == PROTO_UDP ? 0xffff : c;
}

void
wire_send(struct wire *w, const struct wire_packet *p)
{
	size_t head = p->proto == PROTO_UDP ? UDP : TCP;
	uint8_t *transport = w->frame + WIRE_FRONT - head;
	uint8_t *frame = transport - IP - ETHER, *record = frame - RECORD;
	size_t length = ETHER + IP + head + p->n;
	size_t captured = length < w->snaplen ? length : w->snaplen;

	put_ethernet(frame, p);
	put_ip(transport - IP, p, IP + head + p->n);
	if (p->proto == PROTO_UDP)
		put_udp(transport, p);
	else
		put_tcp(transport, p);
	if (captured > WIRE_UNSUMMED)
		put16(transport + (p->proto == PROTO_UDP ? 6 : 16),
		    put_checksum(transport, head + p->n, p));
	put32le(record, (uint32_t)(p->t_us / 1000000));
	put32le(record + 4, (uint32_t)(p->t_us % 1000000));
	put32le(record + 8, (uint32_t)captured);
	put32le(record + 12, (uint32_t)length);
	out_mem(&w->out, record, RECORD + captured);
	w->packets++;
	w->bytes += RECORD + captured;
}

void
wire_close(struct wire *w)
{
	out_close(&w->out);
}
