/*
 * linkpart: the layers of link.h one by one, each in the file of its kind.  A
 * function takes its header off and returns what comes next.
 */
#ifndef LINKPART_H
#define LINKPART_H

#include "packet/bytes.h"
#include "packet/link.h"

/* Skips a header of n bytes that says what comes behind it. */
static inline int
link_behind(struct bytes *b, size_t n, int layer)
{
	return bytes_skip(b, n) ? layer : LINK_CUT;
}

/* By the version of IP. */
int link_raw(const struct bytes *);

/* linkshim.c: what stands between Ethernet and IP, by its Ethernet type. */
int link_shim(int type, struct bytes *);
int link_mpls(struct bytes *);
int link_nsh(struct bytes *);

/* linkwan.c: serial and telephone lines, rings. */
int link_ppp(struct bytes *);
int link_pppoe(struct bytes *);
int link_frame_relay(struct bytes *);
int link_atm(struct bytes *);
int link_sunatm(struct bytes *);
int link_fddi(struct bytes *);
int link_token_ring(struct bytes *);
int link_docsis(struct bytes *);

/* linkwifi.c */
int link_80211(struct bytes *, bool padded);
int link_radiotap(struct bytes *);
int link_prism(struct bytes *);
int link_avs(struct bytes *);

/* linkmeta.c: what the capturing system put before the frame. */
int link_sll(struct bytes *);
int link_sll2(struct bytes *);
int link_null(struct bytes *);
int link_pflog(struct bytes *);
int link_enc(struct bytes *);
int link_nflog(struct bytes *);
int link_ppi(struct bytes *);
int link_pktap(struct bytes *);
int link_ipnet(struct bytes *);
int link_erf(struct bytes *);
int link_vpp(struct bytes *);
int link_juniper(struct bytes *, int inside);
int link_ipoib(struct bytes *);
int link_tzsp(struct bytes *);

#endif
