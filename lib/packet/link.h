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
	LINK_SLL, LINK_SLL2, LINK_NULL, LINK_LOOP, LINK_RAW, LINK_PPP,
	LINK_PPP_SERIAL, LINK_CHDLC, LINK_80211, LINK_RADIOTAP, LINK_LLC,
	LINK_MPLS,
	LINK_DONE,		/* from here on nothing more comes off */
	LINK_IP4 = LINK_DONE,
	LINK_IP6,
	LINK_NOT_IP,
	LINK_CUT		/* ended within a header */
};

/* Of a link type of libpcap (DLT_*); -1 if frames of it cannot be read. */
int link_of_dlt(int dlt);

/* Takes off all layers, the first of which is `layer`; returns what is left,
 * LINK_DONE or above. */
int link_strip(int layer, struct bytes *);

#endif
