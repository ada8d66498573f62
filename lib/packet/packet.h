/*
 * packet: what the flow table needs to know of one packet.
 */
#ifndef PACKET_H
#define PACKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/addr.h"
#include "packet/frame.h"

/* IANA's numbers of protocols. */
enum {
	PROTO_ICMP = 1, PROTO_TCP = 6, PROTO_UDP = 17, PROTO_ICMP6 = 58,
	PROTO_SCTP = 132
};

/* TCP flags as on the wire (RFC 9293). */
enum {
	TCP_FIN = 0x01, TCP_SYN = 0x02, TCP_RST = 0x04, TCP_PSH = 0x08,
	TCP_ACK = 0x10, TCP_URG = 0x20, TCP_ECE = 0x40, TCP_CWR = 0x80
};

/* What parts flows of equal 5-tuples; a packet has one at most. */
enum packet_kind {
	PACKET_USUAL,
	PACKET_MAPPED,			/* IPv6 between IPv4-mapped addresses */
	PACKET_ONE_WAY			/* ICMP that nothing answers, icmp.h */
};

/* Two lines of the cache, of which the first is all that the flow table looks
 * at in a packet of UDP. */
struct packet {
	int64_t t_ns;			/* capture time, ns since the epoch */
	struct addr src, dst;
	uint16_t sport, dport;		/* host order; ICMP: icmp.h */
	uint8_t proto;			/* IANA's number */
	uint8_t tcp_flags;		/* 0: another, or not captured */
	uint8_t kind;			/* enum packet_kind */
	bool later_fragment : 1;	/* ports come from its first fragment */
	bool extra : 1;			/* decode_extra has more to tell */
	bool fragment : 1;		/* it is one, the first or later; set
					   like what stands last */
	uint32_t length;		/* payload bytes on the wire; 0 for a
					   later fragment of UDP, of TCP what it
					   carries (but it is no message) */
	uint32_t captured;		/* so many of them, <= length … */
	const uint8_t *payload;		/* … and here they are */

	/* May be left alone (decode_want.brief). */
	uint32_t seq, ack;		/* of TCP; seq: of ICMP bytes 4 to 7 */
	const uint8_t *options;		/* TCP: urgent pointer, options, if … */
	uint32_t n_options;		/* … all of them were captured */
	uint32_t vlans;			/* where they are part of the key:
					   linkname_vlans */
	uint16_t ip_id;			/* IPv4 identification, else 0 */
	uint16_t offset;		/* of a later fragment, in 8 bytes */

	/* Set for whoever wants to know more (decode_want.heads), and else left
	 * alone.  These point into the frame, too. */
	const struct frame *frame;
	const uint8_t *ip;		/* the IP header, all of it captured */
	const uint8_t *l4;		/* that of TCP or UDP; NULL for a
					   later fragment */
	const uint8_t *outer;		/* of the outermost IP around a tunnel;
					   NULL: it came in none */
};

enum {
	PACKET_HEADS = offsetof(struct packet, frame),
	PACKET_HALF = offsetof(struct packet, seq)
};

static inline void
packet_clear_brief(struct packet *p)
{
	memset(p, 0, PACKET_HALF);
}

/* All but what tells more.  In two pieces, each of which is a few stores:
 * compilers make a loop of the whole. */
static inline void
packet_clear(struct packet *p)
{
	packet_clear_brief(p);
	memset((char *)p + PACKET_HALF, 0, PACKET_HEADS - PACKET_HALF);
}

#endif
