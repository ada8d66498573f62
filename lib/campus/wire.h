/*
 * wire: packets as they pass on an Ethernet, written as a pcap capture
 * (version 2.4, microseconds, little-endian on every machine), cut at a
 * snap length.  Checksums in IPv4, UDP and TCP headers are right, also of
 * packets that are cut.
 */
#ifndef WIRE_H
#define WIRE_H

#include <stddef.h>
#include <stdint.h>

#include "base/out.h"

enum { WIRE_PAYLOAD = 1460, WIRE_FRONT = 72 };

/* A snap length up to this leaves neither payload nor its checksum. */
enum { WIRE_UNSUMMED = 14 + 20 + 6 };

struct wire {
	struct out out;
	uint32_t snaplen;
	uint64_t packets, bytes;	/* written, bytes of the file */
	uint8_t frame[WIRE_FRONT + WIRE_PAYLOAD];
};

struct wire_packet {
	int64_t t_us;			/* since the epoch */
	uint32_t src, dst;
	uint16_t sport, dport;
	uint16_t ip_id;
	uint8_t proto;			/* PROTO_UDP or PROTO_TCP */
	uint8_t ttl;
	uint8_t flags;			/* TCP */
	uint32_t seq, ack;
	size_t n;			/* payload bytes, <= WIRE_PAYLOAD */
};

/* Writes the file header. */
void wire_open(struct wire *, int fd, const char *name, uint32_t snaplen);

/* Where the payload of the next packet goes. */
static inline uint8_t *
wire_payload(struct wire *w)
{
	return w->frame + WIRE_FRONT;
}

void wire_send(struct wire *, const struct wire_packet *);
void wire_close(struct wire *);

#endif
