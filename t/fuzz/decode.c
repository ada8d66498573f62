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
	DLT_C_HDLC, 12, 14, 228, 229, DLT_NFLOG, DLT_PPI, DLT_PKTAP,
	DLT_PFLOG, DLT_ENC, DLT_FRELAY, DLT_FDDI, DLT_IEEE802, 11, 19,
	DLT_SUNATM, DLT_IP_OVER_FC, DLT_IPOIB, DLT_DOCSIS, DLT_IPNET, DLT_ERF,
	DLT_VPP_DISPATCH, DLT_TZSP, DLT_JUNIPER_ETHER, 284, 285,
	DLT_PRISM_HEADER, DLT_IEEE802_11_RADIO_AVS, DLT_PPP_ETHER, DLT_MPLS,
	DLT_PPP_SERIAL, DLT_JUNIPER_PPP, DLT_JUNIPER_CHDLC,
	DLT_JUNIPER_FRELAY, DLT_NETANALYZER_TRANSPARENT, DLT_DSA_TAG_BRCM
};

static void
check(const struct packet *p, const struct frame *f, bool all)
{
	if (!all && p->proto != PROTO_TCP && p->proto != PROTO_UDP)
		abort();
	if (p->n_options > 0 && (p->options < f->data ||
	    p->options + p->n_options > f->data + f->caplen))
		abort();
	if (p->captured > p->length)
		abort();
	if (p->captured > 0 && (p->payload < f->data ||
	    p->payload + p->captured > f->data + f->caplen))
		abort();
	if (p->proto != PROTO_TCP && p->tcp_flags != 0)
		abort();
	if (p->t_ns != f->t_ns)
		abort();
}

static void
take(struct decode *d, bool all, const uint8_t *bytes, size_t n, int link,
    uint32_t more, int64_t t_ns)
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
	if (decode(d, &f, &p) == DECODE_FLOW)
		check(&p, &f, all);
	while (decode_extra(d, &p) != DECODE_NO_EXTRA)
		if (p.captured > p.length || p.n_options > 0)
			abort();
	free(data);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct bytes b = {bytes, n};
	unsigned first = n > 0 ? bytes[0] : 0;
	bool all = first & 4;
	struct decode *d = decode_new(&(struct decode_want){
	    .tunnels = first & 1, .count_tunnels = first & 2,
	    .heads = first & 8, .all_protocols = all});
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
		take(d, all, b.p, size, link, more, t_ns);
		bytes_skip(&b, size);
		t_ns += (int64_t)more * NS_PER_S / 64;
	}
	decode_free(d);
	return 0;
}
