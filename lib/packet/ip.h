/*
 * ip: the headers of IPv4 and IPv6, down to the transport or to the fragment
 * header of a later fragment.
 */
#ifndef IP_H
#define IP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/addr.h"
#include "packet/bytes.h"

struct ip {
	struct addr src, dst;
	uint32_t id;
	uint32_t total;		/* bytes with the headers, on the wire */
	uint32_t length;	/* bytes behind the headers */
	uint32_t proto;		/* of what is behind the headers */
	uint32_t offset;	/* of a fragment, in units of 8 bytes */
	bool more;		/* more fragments follow */
	bool is4;
	bool mapped;		/* IPv6 between IPv4-mapped addresses */
};

/* Both take the headers off and clip the bytes to the packet.  wire: bytes on
 * the wire from here to the end of the frame.  Return false if the headers
 * contradict themselves or are cut. */
bool ip_read4(struct ip *, struct bytes *, uint32_t wire);
bool ip_read6(struct ip *, struct bytes *, uint32_t wire);

#endif
