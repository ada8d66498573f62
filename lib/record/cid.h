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

/* The same in two steps, for who has something to do between: the processor
 * does that while it still works on the first, which is half of the whole.
 * mapped: of IPv6 packets between IPv4-mapped addresses the hash is of the
 * addresses as they stood in the packet, of 16 bytes.  cid_put writes
 * CID_TEXT - 1 bytes at p and returns where they end. */
struct cid {
	uint32_t state[5];
};

void cid_hash(struct cid *, const struct addr *src, const struct addr *dst,
    uint8_t proto, uint16_t sport, uint16_t dport, bool mapped);
char *cid_put(char *p, const struct cid *);

#endif
