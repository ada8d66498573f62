/*
 * snap: how many bytes of which frame, by libpcap's own machine for filters.
 */
#define _DEFAULT_SOURCE		/* for the types that pcap.h needs */

#include "packet/snap.h"

#include <stdint.h>
#include <string.h>

#include <pcap/pcap.h>

#include "tap.h"

enum { LENGTH = 1000, USUAL = 512, PAYLOAD = 8 };

static pcap_t *dead;

/* Of such a frame that passes the filter; all: no more than the filter. */
static unsigned
taken(const char *filter, const uint8_t *frame, unsigned length)
{
	struct bpf_program usual, brief;
	unsigned n = 0;

	if (pcap_compile(dead, &usual, filter, 1, PCAP_NETMASK_UNKNOWN) != 0)
		return 0;
	if (snap_heads(&usual, PAYLOAD, &brief)) {
		n = bpf_filter(brief.bf_insns, frame, length, length);
		pcap_freecode(&brief);
	}
	pcap_freecode(&usual);
	return n;
}

/* A frame with this at its place; the rest is 0. */
static unsigned
of_ip4(unsigned first, unsigned piece, unsigned proto, unsigned offset,
    unsigned length)
{
	uint8_t f[LENGTH] = {0};

	f[12] = 0x08;
	f[14] = (uint8_t)first;
	f[20] = (uint8_t)(piece >> 8);
	f[21] = (uint8_t)piece;
	f[23] = (uint8_t)proto;
	f[14 + (first & 15) * 4 + 12] = (uint8_t)offset;
	return taken("", f, length);
}

static unsigned
of_ip6(unsigned next, unsigned offset)
{
	uint8_t f[LENGTH] = {0};

	f[12] = 0x86;
	f[13] = 0xdd;
	f[14] = 0x60;
	f[20] = (uint8_t)next;
	f[14 + 40 + 12] = (uint8_t)offset;
	return taken("", f, LENGTH);
}

static unsigned
of_type(unsigned type, const char *filter)
{
	uint8_t f[LENGTH] = {0};

	f[12] = (uint8_t)(type >> 8);
	f[13] = (uint8_t)type;
	f[14] = 0x45;
	f[23] = f[27] = 17;
	return taken(filter, f, LENGTH);
}

static void
test_plain(void)
{
	ok_as(of_ip4(0x45, 0, 17, 0, LENGTH) == 14 + 20 + 8 + PAYLOAD,
	    "UDP over IPv4");
	ok_as(of_ip4(0x45, 0x4000, 17, 0, LENGTH) == 14 + 20 + 8 + PAYLOAD,
	    "not to be fragmented");
	ok_as(of_ip4(0x4f, 0, 17, 0, LENGTH) == 14 + 60 + 8 + PAYLOAD,
	    "options of IPv4");
	ok_as(of_ip4(0x45, 0, 6, 0x50, LENGTH) == 14 + 20 + 20 + PAYLOAD,
	    "TCP over IPv4");
	ok_as(of_ip4(0x4f, 0, 6, 0xff, LENGTH) == 14 + 60 + 60 + PAYLOAD,
	    "options of both");
	ok_as(of_ip6(17, 0) == 14 + 40 + 8 + PAYLOAD, "UDP over IPv6");
	ok_as(of_ip6(6, 0x80) == 14 + 40 + 32 + PAYLOAD, "TCP over IPv6");
}

static void
test_others(void)
{
	ok_as(of_ip4(0x45, 0x2000, 17, 0, LENGTH) == USUAL, "first fragment");
	ok_as(of_ip4(0x45, 1, 17, 0, LENGTH) == USUAL, "later fragment");
	ok_as(of_ip4(0x45, 0, 1, 0, LENGTH) == USUAL, "ICMP");
	ok_as(of_ip6(44, 0) == USUAL, "extension header of IPv6");
	ok_as(of_ip6(58, 0) == USUAL, "ICMPv6");
	ok_as(of_type(0x8100, "") == USUAL, "VLAN tag");
	ok_as(of_type(0x0806, "") == USUAL, "ARP");
	for (unsigned n = 0; n < 128; n++)
		if (of_ip4(0x4f, 0, 6, 0x50, n) != USUAL)
			ok_as(false, "a short frame");
}

/* More than one place of its own lets pass: the program has jumps. */
static void
test_filters(void)
{
	ok_as(of_type(0x0800, "tcp") == 0, "what does not pass");
	ok_as(of_type(0x0800, "udp and not tcp port 80 or ip6 or arp") ==
	    14 + 20 + 8 + PAYLOAD, "what passes");
	ok_as(of_type(0x0806, "udp or arp") == USUAL, "another that passes");
	ok_as(of_type(0x0800, "less 1") == 0, "nothing passes");
}

static void
test_refused(void)
{
	struct bpf_insn op[] = {
		BPF_STMT(BPF_LD | BPF_IMM, 7), BPF_STMT(BPF_RET | BPF_A, 0)
	};
	struct bpf_program p = {2, op}, made;

	ok_as(!snap_heads(&p, PAYLOAD, &made), "a length that is computed");
	op[0] = op[1] = (struct bpf_insn)BPF_STMT(BPF_RET | BPF_K, 0);
	ok_as(!snap_heads(&p, PAYLOAD, &made), "a filter that nothing passes");
}

int
main(void)
{
	dead = pcap_open_dead(DLT_EN10MB, USUAL);
	test_plain();
	test_others();
	test_filters();
	test_refused();
	pcap_close(dead);
	return done();
}
