/*
 * limit: what a record, flow(5), may hold at most.  Who writes records keeps
 * to it, and who reads them refuses what is beyond: here it stands once.
 */
#ifndef LIMIT_H
#define LIMIT_H

#include <stdint.h>

enum {
	/* Bytes of a packet's payload.  A capture may hold segments that the
	 * network card was to cut (IP total length 0): Linux makes none above
	 * GSO_MAX_SIZE, 8 * 65536 bytes.  A packet that claims more is
	 * malformed. */
	LIMIT_LENGTH = 524288,

	/* Different voice windows of a direction; what is beyond is counted
	 * without telling them apart. */
	LIMIT_WINDOWS = 1024
};

/* Any count, and any sum of bytes: what a double holds exactly. */
#define LIMIT_COUNT (UINT64_C(1) << 53)

#endif
