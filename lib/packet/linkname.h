/*
 * linkname: the names on a frame's link: MAC addresses and VLANs.
 *
 * Ethernet has both addresses, Linux cooked captures (v1 and v2) the
 * sender's.  VLAN tags are 802.1Q and 802.1ad, 9100, 9200 and 9300 ones that
 * stand directly behind; the outermost LINKNAME_TAGS count.  Other links have
 * no names.
 */
#ifndef LINKNAME_H
#define LINKNAME_H

#include <stdbool.h>
#include <stdint.h>

#include "packet/frame.h"

enum { LINKNAME_TAGS = 4 };

struct linkname {
	bool has_src, has_dst;
	uint8_t tags;
	uint16_t vlan[LINKNAME_TAGS];	/* ids, outermost first */
	uint8_t src[6], dst[6];
};

void linkname_read(struct linkname *, const struct frame *);

/* The two outermost VLANs as one number; 0: none. */
uint32_t linkname_vlans(const struct linkname *);

#endif
