#include "packet/linkpart.h"

#include "packet/linktype.h"

/* Address families by the numbers of the machine that captured: 2 is IPv4
 * everywhere; IPv6 is 10 on Linux, 23 on Windows, 26 on Solaris, 24, 28, 30 on
 * the BSDs and Darwin. */
static int
of_family(uint32_t family)
{
	switch (family) {
	case 2:
		return LINK_IP4;
	case 10:
	case 23:
	case 24:
	case 26:
	case 28:
	case 30:
		return LINK_IP6;
	}
	return LINK_NOT_IP;
}

/* In the byte order of the machine that captured. */
static uint32_t
family_at(const struct bytes *b, size_t at)
{
	uint32_t family = bytes_be32(b, at);

	return family > 0xffff ? bytes_le32(b, at) : family;
}

int
link_null(struct bytes *b)
{
	uint32_t family = family_at(b, 0);

	return link_behind(b, 4, of_family(family));
}

/* Linux cooked: of the values that are no Ethernet types, 3 is a whole frame,
 * 4 one of 802.2, 7 PPP.  Interfaces without a link layer of their own have IP
 * under any. */
static int
cooked(struct bytes *b, size_t header, int type, unsigned hardware)
{
	enum { PPP = 512, RAWIP = 519, TUNNEL = 768, LOOPBACK = 772,
	    SIT = 776, GRE = 778, RADIOTAP = 803, NONE = 65534 };

	if (!bytes_skip(b, header))
		return LINK_CUT;
	if (hardware == RADIOTAP)
		return LINK_RADIOTAP;
	if (type >= 0x600)
		return type;
	switch (type) {
	case 3:
		return LINK_ETHERNET;
	case 4:
		return LINK_LLC;
	case 7:
		return LINK_PPP;
	}
	switch (hardware) {
	case PPP:
	case RAWIP:
	case TUNNEL:
	case TUNNEL + 1:
	case LOOPBACK:
	case SIT:
	case GRE:
	case NONE:
		return link_is_ip(b) ? LINK_RAW : LINK_NOT_IP;
	}
	return LINK_NOT_IP;
}

int
link_sll(struct bytes *b)
{
	return cooked(b, 16, bytes_be16(b, 14), bytes_be16(b, 2));
}

int
link_sll2(struct bytes *b)
{
	return cooked(b, 20, bytes_be16(b, 0), bytes_be16(b, 8));
}

/* OpenBSD's packet filter: its length, which is rounded up, and a family. */
int
link_pflog(struct bytes *b)
{
	size_t n = bytes_u8(b, 0);
	int layer = of_family(bytes_u8(b, 1));

	if (n < 4)
		return b->n < 2 ? LINK_CUT : LINK_NOT_IP;
	return link_behind(b, (n + 3) / 4 * 4, layer);
}

/* OpenBSD's IPsec: family, index, flags. */
int
link_enc(struct bytes *b)
{
	uint32_t family = family_at(b, 0);

	return link_behind(b, 12, of_family(family));
}

/* Linux's netfilter: family, version, group, then values of which number 9 is
 * the packet; their lengths and types are in the machine's byte order, their
 * places multiples of four. */
int
link_nflog(struct bytes *b)
{
	enum { PAYLOAD = 9 };
	int layer = of_family(bytes_u8(b, 0));
	unsigned length, type;
	size_t whole;

	if (!bytes_skip(b, 4))
		return LINK_CUT;
	while (b->n >= 4) {
		length = bytes_le16(b, 0);
		type = bytes_le16(b, 2) & 0x7fff;
		if (bytes_be16(b, 2) < type) {
			length = bytes_be16(b, 0);
			type = bytes_be16(b, 2) & 0x7fff;
		}
		if (length < 4)
			return LINK_NOT_IP;
		if (type == PAYLOAD) {
			bytes_clip(b, length);
			bytes_skip(b, 4);
			return layer == LINK_NOT_IP ? LINK_RAW : layer;
		}
		whole = (length + 3U) / 4 * 4;
		if (!bytes_skip(b, whole))
			return LINK_CUT;
	}
	return LINK_CUT;
}

/* The link type that a header of `n` bytes names. */
static int
of_link(struct bytes *b, size_t n, uint32_t linktype)
{
	if (n < 8)
		return LINK_NOT_IP;
	if (!bytes_skip(b, n))
		return LINK_CUT;
	return link_begin(linktype_dlt(linktype), b);
}

/* CACE's per-packet information: version, flags, length, link type. */
int
link_ppi(struct bytes *b)
{
	if (!bytes_have(b, 8))
		return LINK_CUT;
	return of_link(b, bytes_le16(b, 2), bytes_le32(b, 4));
}

/* Apple: length, kind (1: a packet), link type. */
int
link_pktap(struct bytes *b)
{
	if (!bytes_have(b, 12))
		return LINK_CUT;
	if (bytes_le32(b, 4) != 1)
		return LINK_NOT_IP;
	return of_link(b, bytes_le32(b, 0), bytes_le32(b, 8));
}

/* Solaris: version, family, kind, length, indices. */
int
link_ipnet(struct bytes *b)
{
	return link_behind(b, 24, of_family(bytes_u8(b, 1)));
}

/* Endace: time (8), type, flags, lengths; extension headers of 8 bytes as long
 * as the first bit of the type says so. */
int
link_erf(struct bytes *b)
{
	enum { POS = 1, ETH = 2, COLOR_POS = 10, COLOR_ETH = 11,
	    DSM_POS = 15, DSM_ETH = 16, COLOR_HASH_POS = 19,
	    COLOR_HASH_ETH = 20, IP4 = 22, IP6 = 23 };
	unsigned type = bytes_u8(b, 8), more = type;

	if (!bytes_skip(b, 16))
		return LINK_CUT;
	while (more & 0x80) {
		more = bytes_u8(b, 0);
		if (!bytes_skip(b, 8))
			return LINK_CUT;
	}
	switch (type & 0x7f) {
	case POS:
	case COLOR_POS:
	case DSM_POS:
	case COLOR_HASH_POS:
		return LINK_PPP_SERIAL;
	case ETH:
	case COLOR_ETH:
	case DSM_ETH:
	case COLOR_HASH_ETH:
		return link_behind(b, 2, LINK_ETHERNET);
	case IP4:
		return LINK_IP4;
	case IP6:
		return LINK_IP6;
	}
	return LINK_NOT_IP;
}

/* fd.io's dispatch trace: version (2), number of texts, kind of packet, index
 * (4); the texts, each with a zero behind it. */
int
link_vpp(struct bytes *b)
{
	enum { ETHERNET = 1, IP4 = 2, IP6 = 3 };
	unsigned texts = bytes_u8(b, 2), kind = bytes_u8(b, 3);

	if (!bytes_skip(b, 8))
		return LINK_CUT;
	while (texts > 0) {
		texts -= bytes_u8(b, 0) == 0;
		if (!bytes_skip(b, 1))
			return LINK_CUT;
	}
	return kind == ETHERNET ? LINK_ETHERNET : kind == IP4 ? LINK_IP4 :
	    kind == IP6 ? LINK_IP6 : LINK_NOT_IP;
}

/* Juniper: magic number, flags; with 0x80 a length and so much more; with 2
 * there is no link layer, but a family of four bytes. */
int
link_juniper(struct bytes *b, int inside)
{
	uint8_t flags = bytes_u8(b, 3);
	size_t n = 4;

	if (bytes_be32(b, 0) >> 8 != 0x4d4743)
		return b->n < 4 ? LINK_CUT : LINK_NOT_IP;
	if (flags & 0x80)
		n += 2 + (size_t)bytes_be16(b, 4);
	if (flags & 2)
		return link_behind(b, n + 4, LINK_RAW);
	return link_behind(b, n, inside);
}

/* RFC 4391: 20 bytes of address, or a global routing header of 40, and the
 * type. */
int
link_ipoib(struct bytes *b)
{
	size_t n = bytes_be16(b, 40) >= 0x600 && bytes_be16(b, 42) == 0 ?
	    40 : 20;

	return link_behind(b, n + 4, bytes_be16(b, n));
}

/* Version 1, kind, what is inside, then values: 0 is padding, 1 the last, the
 * others have a length. */
int
link_tzsp(struct bytes *b)
{
	unsigned inside = bytes_be16(b, 2);
	uint8_t tag;

	if (!bytes_have(b, 4))
		return LINK_CUT;
	if (bytes_u8(b, 0) != 1 || bytes_u8(b, 1) > 1)
		return LINK_NOT_IP;
	bytes_skip(b, 4);
	while ((tag = bytes_u8(b, 0)) != 1) {
		if (!bytes_skip(b, tag == 0 ? 1 : 2U + bytes_u8(b, 1)))
			return LINK_CUT;
	}
	bytes_skip(b, 1);
	switch (inside) {
	case 0x01:
		return LINK_ETHERNET;
	case 0x12:
		return LINK_80211;
	case 0x77:
		return LINK_PRISM;
	case 0x7f:
		return LINK_AVS;
	}
	return LINK_NOT_IP;
}
