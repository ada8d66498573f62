#define _DEFAULT_SOURCE		/* for the types that pcap.h needs */

#include "packet/link.h"

#include <pcap/pcap.h>

#include "packet/linkpart.h"

/* skip: bytes in front that tell nothing needed, as the direction. */
static const struct {
	int dlt, layer;
	unsigned skip;
} links[] = {
	{ DLT_EN10MB, LINK_ETHERNET, 0 },
	{ DLT_LINUX_SLL, LINK_SLL, 0 },
	{ DLT_LINUX_SLL2, LINK_SLL2, 0 },
	{ DLT_RAW, LINK_RAW, 0 },
	{ DLT_IPV4, LINK_RAW, 0 },
	{ DLT_IPV6, LINK_RAW, 0 },
	{ DLT_NULL, LINK_NULL, 0 },
	{ DLT_LOOP, LINK_NULL, 0 },
	{ DLT_IEEE802_11, LINK_80211, 0 },
	{ DLT_IEEE802_11_RADIO, LINK_RADIOTAP, 0 },
	{ DLT_PRISM_HEADER, LINK_PRISM, 0 },
	{ DLT_IEEE802_11_RADIO_AVS, LINK_AVS, 0 },
	{ DLT_PPP, LINK_PPP, 0 },
	{ DLT_PPP_SERIAL, LINK_PPP_SERIAL, 0 },
	{ DLT_PPP_BSDOS, LINK_PPP, 0 },
	{ DLT_PPP_ETHER, LINK_PPPOE, 0 },
	{ DLT_PPP_PPPD, LINK_PPP, 1 },
	{ DLT_PPP_WITH_DIR, LINK_PPP, 1 },
	{ DLT_C_HDLC, LINK_CHDLC, 0 },
	{ DLT_C_HDLC_WITH_DIR, LINK_CHDLC, 1 },
	{ DLT_FRELAY, LINK_FRAME_RELAY, 0 },
	{ DLT_FRELAY_WITH_DIR, LINK_FRAME_RELAY, 1 },
	{ DLT_SLIP, LINK_RAW, 16 },
	{ DLT_SLIP_BSDOS, LINK_RAW, 24 },
	{ DLT_MPLS, LINK_MPLS, 0 },
	{ DLT_FDDI, LINK_FDDI, 0 },
	{ DLT_IEEE802, LINK_TOKEN_RING, 0 },
	{ DLT_ATM_RFC1483, LINK_ATM, 0 },
	{ DLT_ATM_CLIP, LINK_ATM, 0 },
	{ DLT_SUNATM, LINK_SUNATM, 0 },
	{ DLT_IP_OVER_FC, LINK_LLC, 16 },
	{ DLT_APPLE_IP_OVER_IEEE1394, LINK_WIDE, 0 },
	{ DLT_IPOIB, LINK_IPOIB, 0 },
	{ DLT_DOCSIS, LINK_DOCSIS, 0 },
	{ DLT_PFLOG, LINK_PFLOG, 0 },
	{ DLT_ENC, LINK_ENC, 0 },
	{ DLT_NFLOG, LINK_NFLOG, 0 },
	{ DLT_PPI, LINK_PPI, 0 },
	{ DLT_PKTAP, LINK_PKTAP, 0 },
	{ DLT_IPNET, LINK_IPNET, 0 },
	{ DLT_ERF, LINK_ERF, 0 },
	{ DLT_VPP_DISPATCH, LINK_VPP, 0 },
	{ DLT_TZSP, LINK_TZSP, 0 },
	{ DLT_JUNIPER_ETHER, LINK_JUNIPER, 0 },
	{ DLT_JUNIPER_PPPOE, LINK_JUNIPER, 0 },
	{ DLT_JUNIPER_PPP, LINK_JUNIPER_PPP, 0 },
	{ DLT_JUNIPER_CHDLC, LINK_JUNIPER_CHDLC, 0 },
	{ DLT_JUNIPER_FRELAY, LINK_JUNIPER_FRELAY, 0 },
	{ DLT_NETANALYZER, LINK_ETHERNET, 4 },
	{ DLT_NETANALYZER_TRANSPARENT, LINK_ETHERNET, 12 },
	{ DLT_ETHERNET_MPACKET, LINK_ETHERNET, 8 },
	{ DLT_DSA_TAG_BRCM, LINK_WIDE, 0 },
	{ DLT_DSA_TAG_BRCM_PREPEND, LINK_ETHERNET, 4 },
	{ DLT_DSA_TAG_DSA, LINK_WIDE, 0 },
	{ DLT_DSA_TAG_EDSA, LINK_WIDE, 4 },
};

bool
link_knows(int dlt)
{
	for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++)
		if (links[i].dlt == dlt)
			return true;
	return false;
}

int
link_begin(int dlt, struct bytes *b)
{
	for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++)
		if (links[i].dlt == dlt)
			return link_behind(b, links[i].skip, links[i].layer);
	return LINK_NOT_IP;
}

int
link_raw(const struct bytes *b)
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
link_llc(struct bytes *b)
{
	uint32_t sap_control_oui = bytes_be32(b, 0);
	uint16_t oui_rest = bytes_be16(b, 4);

	if (!bytes_have(b, 3))
		return LINK_CUT;
	if (sap_control_oui >> 8 == 0x060603)
		return link_behind(b, 3, LINK_IP4);
	if (sap_control_oui != 0xaaaa0300)
		return LINK_NOT_IP;
	if (!bytes_have(b, 8))
		return LINK_CUT;
	if (oui_rest != 0 && oui_rest != 0xf8)
		return LINK_NOT_IP;
	return link_behind(b, 8, bytes_be16(b, 6));
}

/* A switch's tag of four bytes before the type, or longer addresses. */
static int
wide_ethernet(struct bytes *b)
{
	return link_behind(b, 18, bytes_be16(b, 16));
}

/* Cisco's ISL is known by its group address and SNAP behind the length: 26
 * bytes, and a frame.  Its kind 0 is Ethernet. */
static int
ethernet(struct bytes *b)
{
	uint16_t type = bytes_be16(b, 12);
	bool isl = type < 0x600 && bytes_be32(b, 13) << 8 == 0xaaaa0300 &&
	    (bytes_be32(b, 0) & 0xfdffffff) == 0x01000c00 &&
	    bytes_be16(b, 4) <= 0x0f;

	return isl ? link_behind(b, 26, LINK_ETHERNET) :
	    link_behind(b, 14, type);
}

static int
strip_meta(int layer, struct bytes *b)
{
	switch (layer) {
	case LINK_PFLOG:
		return link_pflog(b);
	case LINK_ENC:
		return link_enc(b);
	case LINK_NFLOG:
		return link_nflog(b);
	case LINK_PPI:
		return link_ppi(b);
	case LINK_PKTAP:
		return link_pktap(b);
	case LINK_IPNET:
		return link_ipnet(b);
	case LINK_ERF:
		return link_erf(b);
	case LINK_VPP:
		return link_vpp(b);
	case LINK_JUNIPER:
		return link_juniper(b, LINK_ETHERNET);
	case LINK_JUNIPER_PPP:
		return link_juniper(b, LINK_PPP);
	case LINK_JUNIPER_CHDLC:
		return link_juniper(b, LINK_CHDLC);
	case LINK_JUNIPER_FRELAY:
		return link_juniper(b, LINK_FRAME_RELAY);
	case LINK_IPOIB:
		return link_ipoib(b);
	case LINK_TZSP:
		return link_tzsp(b);
	case LINK_WIDE:
		return wide_ethernet(b);
	case LINK_DOCSIS:
		return link_docsis(b);
	case LINK_NSH:
		return link_nsh(b);
	}
	return LINK_NOT_IP;
}

static int
strip_wan(int layer, struct bytes *b)
{
	switch (layer) {
	case LINK_PPP_SERIAL:
		return bytes_u8(b, 0) == 0xff ? LINK_PPP : LINK_CHDLC;
	case LINK_PPP:
		return link_ppp(b);
	case LINK_PPPOE:
		return link_pppoe(b);
	case LINK_CHDLC:
		return link_behind(b, 4, bytes_be16(b, 2));
	case LINK_FRAME_RELAY:
		return link_frame_relay(b);
	case LINK_FDDI:
		return link_fddi(b);
	case LINK_TOKEN_RING:
		return link_token_ring(b);
	case LINK_ATM:
		return link_atm(b);
	case LINK_SUNATM:
		return link_sunatm(b);
	}
	return strip_meta(layer, b);
}

static int
strip_one(int layer, struct bytes *b)
{
	switch (layer) {
	case LINK_ETHERNET:
		return ethernet(b);
	case LINK_SLL:
		return link_sll(b);
	case LINK_SLL2:
		return link_sll2(b);
	case LINK_RAW:
		return link_raw(b);
	case LINK_NULL:
		return link_null(b);
	case LINK_80211:
		return link_80211(b, false);
	case LINK_RADIOTAP:
		return link_radiotap(b);
	case LINK_PRISM:
		return link_prism(b);
	case LINK_AVS:
		return link_avs(b);
	case LINK_LLC:
		return link_llc(b);
	case LINK_MPLS:
		return link_mpls(b);
	}
	return layer < LINK_ETHERNET ? link_shim(layer, b) :
	    strip_wan(layer, b);
}

/* Each turn takes bytes off or goes one layer down, so it ends. */
int
link_strip(int layer, struct bytes *b)
{
	while (layer < LINK_DONE)
		layer = strip_one(layer, b);
	return layer;
}
