#define _DEFAULT_SOURCE		/* for the types that pcap.h needs */

#include "packet/link.h"

#include <pcap/pcap.h>

static const struct {
	int dlt, layer;
} links[] = {
	{ DLT_EN10MB, LINK_ETHERNET },
	{ DLT_LINUX_SLL, LINK_SLL },
	{ DLT_LINUX_SLL2, LINK_SLL2 },
	{ DLT_RAW, LINK_RAW },
	{ DLT_IPV4, LINK_RAW },
	{ DLT_IPV6, LINK_RAW },
	{ DLT_NULL, LINK_NULL },
	{ DLT_LOOP, LINK_LOOP },
	{ DLT_IEEE802_11, LINK_80211 },
	{ DLT_IEEE802_11_RADIO, LINK_RADIOTAP },
	{ DLT_PPP, LINK_PPP },
	{ DLT_PPP_SERIAL, LINK_PPP_SERIAL },
	{ DLT_C_HDLC, LINK_CHDLC },
	{ DLT_MPLS, LINK_MPLS },
};

int
link_of_dlt(int dlt)
{
	for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++)
		if (links[i].dlt == dlt)
			return links[i].layer;
	return -1;
}

/* Skips a header of n bytes that says what comes behind it. */
static int
behind(struct bytes *b, size_t n, int layer)
{
	return bytes_skip(b, n) ? layer : LINK_CUT;
}

static int
raw(const struct bytes *b)
{
	if (b->n == 0)
		return LINK_CUT;
	switch (bytes_u8(b, 0) >> 4) {
	case 4:
		return LINK_IP4;
	case 6:
		return LINK_IP6;
	}
	return LINK_NOT_IP;
}

/* IEEE 802.2; RFC 1042 and 802.1H put an Ethernet type behind. */
static int
llc(struct bytes *b)
{
	uint32_t sap_control_oui = bytes_be32(b, 0);
	uint16_t oui_rest = bytes_be16(b, 4);

	if (!bytes_have(b, 3))
		return LINK_CUT;
	if (sap_control_oui >> 8 == 0x060603)
		return behind(b, 3, LINK_IP4);
	if (sap_control_oui != 0xaaaa0300)
		return LINK_NOT_IP;
	if (!bytes_have(b, 8))
		return LINK_CUT;
	if (oui_rest != 0 && oui_rest != 0xf8)
		return LINK_NOT_IP;
	return behind(b, 8, bytes_be16(b, 6));
}

/* RFC 3032.  What is below the stack is not said; RFC 4385 sees to it that
 * its first nibble tells IP from a pseudowire. */
static int
mpls(struct bytes *b)
{
	uint8_t bottom;

	do {
		bottom = bytes_u8(b, 2) & 1;
		if (!bytes_skip(b, 4))
			return LINK_CUT;
	} while (!bottom);
	if (b->n > 0 && bytes_u8(b, 0) >> 4 == 0)
		return behind(b, 4, LINK_ETHERNET);
	return raw(b);
}

/* RFC 1661; address and control (RFC 1662) and the first byte of the
 * protocol may be left out. */
static int
ppp(struct bytes *b)
{
	uint16_t protocol;

	if (bytes_be16(b, 0) == 0xff03)
		bytes_skip(b, 2);
	protocol = bytes_u8(b, 0);
	if (protocol & 1) {
		bytes_skip(b, 1);
	} else {
		protocol = bytes_be16(b, 0);
		if (!bytes_skip(b, 2))
			return LINK_CUT;
	}
	switch (protocol) {
	case 0x0021:
		return LINK_IP4;
	case 0x0057:
		return LINK_IP6;
	case 0x0281:
	case 0x0283:
		return LINK_MPLS;
	}
	return LINK_NOT_IP;
}

/* RFC 2516; discovery has a type of its own. */
static int
pppoe(struct bytes *b)
{
	uint16_t length = bytes_be16(b, 4);

	if (!bytes_skip(b, 6))
		return LINK_CUT;
	bytes_clip(b, length);
	return LINK_PPP;
}

static int
ethertype(int type, struct bytes *b)
{
	switch (type) {
	case 0x0800:
		return LINK_IP4;
	case 0x86dd:
		return LINK_IP6;
	case 0x8100:
	case 0x88a8:
	case 0x9100:
		return behind(b, 4, bytes_be16(b, 2));
	case 0x8847:
	case 0x8848:
		return LINK_MPLS;
	case 0x8864:
		return pppoe(b);
	case 0x6558:
		return LINK_ETHERNET;
	}
	return type <= 1500 ? LINK_LLC : LINK_NOT_IP;
}

/* Of the values that are no Ethernet types, 4 is an 802.2 frame. */
static int
sll(struct bytes *b, size_t header, size_t at)
{
	int type = bytes_be16(b, at);

	if (type < 0x600)
		type = type == 4 ? LINK_LLC : LINK_NOT_IP;
	return behind(b, header, type);
}

/* The address family is in the byte order and by the numbers of the machine
 * that captured: 2 is IPv4 everywhere; IPv6 is 10 on Linux, 23 on Windows,
 * 24, 28, 30 on the BSDs and Darwin. */
static int
null(struct bytes *b)
{
	uint32_t family = bytes_be32(b, 0);

	if (family > 0xffff)
		family = bytes_le32(b, 0);
	if (!bytes_skip(b, 4))
		return LINK_CUT;
	switch (family) {
	case 2:
		return LINK_IP4;
	case 10:
	case 23:
	case 24:
	case 28:
	case 30:
		return LINK_IP6;
	}
	return LINK_NOT_IP;
}

/* IEEE 802.11: a data frame that has data, in clear, the first fragment;
 * of an aggregate (A-MSDU) the first part. */
static int
wlan(struct bytes *b, bool padded)
{
	uint8_t type = bytes_u8(b, 0), flags = bytes_u8(b, 1);
	bool qos = type & 0x80, aggregate = false;
	size_t n = (flags & 3) == 3 ? 30 : 24;

	if ((type & 0x0c) != 0x08 || type & 0x40 || flags & 0x40 ||
	    bytes_le16(b, 22) & 0x0f)
		return bytes_have(b, 2) ? LINK_NOT_IP : LINK_CUT;
	if (qos) {
		aggregate = bytes_u8(b, n) & 0x80;
		n += flags & 0x80 ? 6 : 2;	/* HT control */
	}
	if (padded)
		n = (n + 3) / 4 * 4;
	return behind(b, aggregate ? n + 14 : n, LINK_LLC);
}

/* radiotap.org: of the fields only the flags matter; they say whether the
 * 802.11 header is padded to four bytes.  The timestamp may precede them. */
static int
radiotap(struct bytes *b)
{
	uint16_t length = bytes_le16(b, 2);
	uint32_t present = bytes_le32(b, 4), more = present;
	size_t at = 8;
	uint8_t flags;

	for (; more & UINT32_C(1) << 31 && at < length; at += 4)
		more = bytes_le32(b, at);
	if (present & 1)
		at = (at + 7) / 8 * 8 + 8;
	flags = present & 2 && at < length ? bytes_u8(b, at) : 0;
	if (length < 8 || !bytes_skip(b, length))
		return LINK_CUT;
	return wlan(b, flags & 0x20);
}

static int
strip_one(int layer, struct bytes *b)
{
	switch (layer) {
	case LINK_ETHERNET:
		return behind(b, 14, bytes_be16(b, 12));
	case LINK_SLL:
		return sll(b, 16, 14);
	case LINK_SLL2:
		return sll(b, 20, 0);
	case LINK_RAW:
		return raw(b);
	case LINK_NULL:
	case LINK_LOOP:
		return null(b);
	case LINK_80211:
		return wlan(b, false);
	case LINK_RADIOTAP:
		return radiotap(b);
	case LINK_PPP_SERIAL:
		return bytes_u8(b, 0) == 0xff ? LINK_PPP : LINK_CHDLC;
	case LINK_PPP:
		return ppp(b);
	case LINK_CHDLC:
		return behind(b, 4, bytes_be16(b, 2));
	case LINK_LLC:
		return llc(b);
	case LINK_MPLS:
		return mpls(b);
	default:
		return ethertype(layer, b);
	}
}

/* Each turn takes bytes off or goes one layer down, so it ends. */
int
link_strip(int layer, struct bytes *b)
{
	while (layer < LINK_DONE)
		layer = strip_one(layer, b);
	return layer;
}
