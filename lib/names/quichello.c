#include "names/quichello.h"

#include <string.h>

enum {
	FRAME_PADDING = 0, FRAME_PING = 1, FRAME_ACK = 2, FRAME_ACK_ECN = 3,
	FRAME_CRYPTO = 6
};

void
quichello_begin(struct quichello *h, const struct quicid *id)
{
	h->id = *id;
	memset(h->have, 0, sizeof h->have);
}

static void
add_piece(struct quichello *h, uint64_t at, struct bytes b)
{
	if (at >= QUICHELLO_MOST)
		return;
	bytes_clip(&b, (size_t)(QUICHELLO_MOST - at));
	if (b.n > 0)
		memcpy(h->byte + at, b.p, b.n);
	for (size_t i = (size_t)at; i < at + b.n; i++)
		h->have[i / 8] = (uint8_t)(h->have[i / 8] | 1 << i % 8);
}

static bool
skip_numbers(struct bytes *b, uint64_t n)
{
	uint64_t v;

	while (n > 0 && quicpacket_number(b, &v))
		n--;
	return n == 0;
}

/* RFC 9000 section 19.3, behind the type. */
static bool
skip_ack(struct bytes *b, bool ecn)
{
	uint64_t ranges;

	return skip_numbers(b, 2) && quicpacket_number(b, &ranges) &&
	    ranges <= b->n && skip_numbers(b, 1 + 2 * ranges + (ecn ? 3 : 0));
}

static bool
take_crypto(struct quichello *h, struct bytes *b)
{
	struct bytes data;
	uint64_t at, n;

	if (!quicpacket_number(b, &at) || !quicpacket_number(b, &n) ||
	    n > b->n)
		return false;
	data = (struct bytes){ b->p, (size_t)n };
	add_piece(h, at, data);
	return bytes_skip(b, (size_t)n);
}

void
quichello_add(struct quichello *h, struct bytes b)
{
	uint64_t type;

	while (quicpacket_number(&b, &type))
		switch (type) {
		case FRAME_PADDING:
		case FRAME_PING:
			break;
		case FRAME_ACK:
		case FRAME_ACK_ECN:
			if (!skip_ack(&b, type == FRAME_ACK_ECN))
				return;
			break;
		case FRAME_CRYPTO:
			if (!take_crypto(h, &b))
				return;
			break;
		default:
			return;
		}
}

struct bytes
quichello_bytes(const struct quichello *h)
{
	size_t n = 0;

	while (n < QUICHELLO_MOST && (h->have[n / 8] >> n % 8 & 1) != 0)
		n++;
	return (struct bytes){ h->byte, n };
}
