/*
 * plain: decode finds the commonest packets in one go unless tunnels are to
 * be looked into.  Of frames that are such packets but for some bytes and
 * their length, both ways must say the same.  The seed is the case's number.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "packet/decode.h"
#include "tap.h"

enum { CASES = 200000, HEAD = 42, MOST = 80, ETHERNET = 1 };

static uint64_t state;

static unsigned
below(unsigned n)
{
	state = state * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (unsigned)(state >> 33) % n;
}

/* Ethernet, IPv4, UDP from port 1000 to port 2000, n bytes in all. */
static void
fill(uint8_t *frame, unsigned n)
{
	for (unsigned i = 0; i < MOST; i++)
		frame[i] = (uint8_t)below(256);
	memcpy(frame + 12, "\x08\x00\x45\x00\x00", 5);
	frame[17] = (uint8_t)(n - 14);
	memcpy(frame + 20, "\x40\x00\x40\x11", 4);
	memcpy(frame + 34, "\x03\xe8\x07\xd0\x00", 5);
	frame[39] = (uint8_t)(n - 34);
}

/* Those in which tunnels may be are not compared. */
static void
spoil(uint8_t *frame)
{
	for (unsigned k = below(3); k > 0; k--)
		frame[12 + below(HEAD - 12)] ^= (uint8_t)(1 << below(8));
	memcpy(frame + 34, "\x03\xe8\x07\xd0", 4);
	if (frame[23] != 6)		/* no tunnels */
		frame[23] = 17;
}

static bool
same(const struct packet *a, const struct packet *b)
{
	return a->t_ns == b->t_ns && memcmp(&a->src, &b->src, 16) == 0 &&
	    memcmp(&a->dst, &b->dst, 16) == 0 && a->sport == b->sport &&
	    a->dport == b->dport && a->proto == b->proto &&
	    a->tcp_flags == b->tcp_flags && a->ip_id == b->ip_id &&
	    a->later_fragment == b->later_fragment &&
	    a->length == b->length && a->captured == b->captured &&
	    (a->captured == 0 || a->payload == b->payload);
}

static bool
agrees(struct decode *plain, struct decode *walk, unsigned *flows)
{
	uint8_t frame[MOST];
	unsigned n = HEAD + below(MOST - HEAD + 1);
	struct frame f = {.t_ns = (int64_t)state >> 1 & INT32_MAX,
	    .data = frame, .len = n, .link = ETHERNET};
	struct packet a = {0}, b = {0};
	enum decode_verdict v;

	fill(frame, n);
	spoil(frame);
	f.caplen = below(4) == 0 ? below(n + 1) : n;
	v = decode(plain, &f, &a);
	if (v != decode(walk, &f, &b))
		return false;
	*flows += v == DECODE_FLOW;
	return v != DECODE_FLOW || same(&a, &b);
}

int
main(void)
{
	struct decode *plain = decode_new(&(struct decode_want){0});
	struct decode *walk = decode_new(&(struct decode_want){
	    .tunnels = true});
	unsigned wrong = 0, flows = 0;

	for (unsigned i = 0; i < CASES; i++) {
		state = i;
		if (!agrees(plain, walk, &flows)) {
			printf("# case %u\n", i);
			wrong++;
		}
	}
	ok_as(wrong == 0, "both ways say the same");
	ok_as(flows > CASES / 4 && flows < CASES, "of good frames and spoiled");
	decode_free(plain);
	decode_free(walk);
	return done();
}
