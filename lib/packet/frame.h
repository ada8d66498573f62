/*
 * frame: one captured frame, as it came off a link.
 */
#ifndef FRAME_H
#define FRAME_H

#include <stdint.h>

struct frame {
	int64_t t_ns;		/* since the epoch, 0 <= t_ns < year 2262 */
	const uint8_t *data;	/* what was captured of it: caplen bytes */
	uint32_t caplen;
	uint32_t len;		/* bytes on the wire, >= caplen */
	int link;		/* DLT_* of <pcap/dlt.h> */
};

#endif
