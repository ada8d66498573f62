/*
 * cid: Community ID v1, seed 0: a hash of the 5-tuple, alike for both
 * directions, that Zeek, Suricata, Wireshark and Arkime print too.
 * Source: github.com/corelight/community-id-spec.
 */
#ifndef CID_H
#define CID_H

#include <stdbool.h>

#include "base/addr.h"

enum { CID_TEXT = 31 };		/* "1:", 28 base64 digits, NUL */

/* Ports: those of TCP, UDP and SCTP, icmp.h, else none. */
void cid_format(char text[CID_TEXT], const struct addr *src,
    const struct addr *dst, uint8_t proto, uint16_t sport, uint16_t dport);

/* The same of IPv6 packets between IPv4-mapped addresses, if `mapped`: the
 * hash is of the addresses as they stood in the packet, of 16 bytes. */
void cid_format_of(char text[CID_TEXT], const struct addr *src,
    const struct addr *dst, uint8_t proto, uint16_t sport, uint16_t dport,
    bool mapped);

#endif
