/*
 * link: takes the link layers off a frame, down to IP.
 */
#ifndef LINK_H
#define LINK_H

#include <stdbool.h>

#include "packet/bytes.h"

/* What the bytes are.  Below LINK_ETHERNET: what this Ethernet type says. */
enum {
	LINK_ETHERNET = 0x10000,
	LINK_SLL, LINK_SLL2, LINK_NULL, LINK_RAW, LINK_PPP, LINK_PPP_SERIAL,
	LINK_PPPOE, LINK_CHDLC, LINK_80211, LINK_RADIOTAP, LINK_PRISM,
	LINK_AVS, LINK_LLC, LINK_MPLS, LINK_PFLOG, LINK_ENC, LINK_NFLOG,
	LINK_PPI, LINK_PKTAP, LINK_IPNET, LINK_ERF, LINK_VPP, LINK_JUNIPER,
	LINK_JUNIPER_PPP, LINK_JUNIPER_CHDLC, LINK_JUNIPER_FRELAY,
	LINK_FRAME_RELAY, LINK_FDDI, LINK_TOKEN_RING, LINK_ATM, LINK_SUNATM,
	LINK_IPOIB, LINK_WIDE, LINK_DOCSIS, LINK_TZSP, LINK_NSH,
	LINK_DONE,		/* from here on nothing more comes off */
	LINK_IP4 = LINK_DONE,
	LINK_IP6,
	LINK_NOT_IP,
	LINK_CUT		/* ended within a header */
};

/* Can frames of this link type (DLT_*) be read? */
bool link_knows(int dlt);

/* The first layer of such a frame, after passing over what tells nothing;
 * LINK_NOT_IP if they cannot. */
int link_begin(int dlt, struct bytes *);

/* Takes off all layers, the first of which is `layer`; returns what is left,
 * LINK_DONE or above. */
int link_strip(int layer, struct bytes *);

/* Can the bytes be an IPv4 or IPv6 packet? */
bool link_is_ip(const struct bytes *);

#endif
