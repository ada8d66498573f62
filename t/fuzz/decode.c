/*
 * Any bytes as frames: each of the input is a link, a length and so many
 * bytes, which are decoded in a block of just that size.  What the decoder
 * says of a packet must hold.
 */
#include "packet/decode.h"

#include <pcap/dlt.h>
#include <stdlib.h>
#include <string.h>

#include "packet/bytes.h"
#include "base/num.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static const int links[] = {
	DLT_EN10MB, DLT_LINUX_SLL, 276 /* DLT_LINUX_SLL2 */, DLT_RAW,
	DLT_NULL, DLT_LOOP, DLT_IEEE802_11, DLT_IEEE802_11_RADIO, DLT_PPP,
	DLT_C_HDLC, 12, 14, 228, 229
};

static void
check(const struct packet *p, const struct frame *f)
{
	if (p->proto != PROTO_TCP && p->proto != PROTO_UDP)
		abort();
	if (p->captured > p->length)
		abort();
	if (p->captured > 0 && (p->payload < f->data ||
	    p->payload + p->captured > f->data + f->caplen))
		abort();
	if (p->proto == PROTO_UDP && p->tcp_flags != 0)
		abort();
	if (p->t_ns != f->t_ns)
		abort();
}

static void
take(struct decode *d, const uint8_t *bytes, size_t n, int link, uint32_t more,
    int64_t t_ns)
{
	uint8_t *data = malloc(n > 0 ? n : 1);
	struct frame f = {
		.t_ns = t_ns, .data = data, .caplen = (uint32_t)n,
		.len = (uint32_t)n + more, .link = link
	};
	struct packet p;

	if (data == NULL || n == 0) {
		free(data);
		return;
	}
	memcpy(data, bytes, n);
	if (decode_knows(link) && decode(d, &f, &p) == DECODE_FLOW)
		check(&p, &f);
	free(data);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct bytes b = {bytes, n};
	struct decode *d = decode_new(n > 0 && bytes[0] & 1);
	int64_t t_ns = NS_PER_S;

	bytes_skip(&b, 1);
	while (b.n > 4) {
		int link = links[bytes_u8(&b, 0) % (sizeof links /
		    sizeof *links)];
		size_t size = bytes_be16(&b, 1) & 0x7ff;
		uint32_t more = bytes_u8(&b, 3) * 16u;

		bytes_skip(&b, 4);
		if (size > b.n)
			size = b.n;
		take(d, b.p, size, link, more, t_ns);
		bytes_skip(&b, size);
		t_ns += (int64_t)more * NS_PER_S / 64;
	}
	decode_free(d);
	return 0;
}
