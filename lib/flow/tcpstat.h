/*
 * tcpstat: what sequence numbers, acknowledgements and windows tell of a TCP
 * connection, in bounded memory (flow(5), group tcp, to the letter).
 *
 * One struct tcpstat is one direction: what its sender sent.  Numbers wrap,
 * so they are compared as RFC 9293, 3.4, does.  Of sequence space that was
 * jumped over, the TCPSTAT_HOLES latest stretches are remembered, and of
 * segments that wait for their acknowledgement the TCPSTAT_SENT first: more
 * cost nothing, they are not looked at.
 */
#ifndef TCPSTAT_H
#define TCPSTAT_H

#include <stdbool.h>
#include <stdint.h>

#include "flow/octaves.h"
#include "packet/packet.h"

enum { TCPSTAT_HOLES = 4, TCPSTAT_SENT = 16 };

/* A late segment that comes within the round trip of the handshake, or this
 * if that is not known, is out of order; behind it, sent again.  tshark's
 * rule. */
enum { TCPSTAT_LATE_US = 3000 };

struct tcpstat_hole {
	uint32_t from, to;		/* sequence numbers never seen */
	int64_t t_ns;			/* when they were jumped over */
};

struct tcpstat_sent {
	uint32_t end;			/* sequence number behind it */
	int64_t t_ns;
};

/* All zero: nothing was sent. */
struct tcpstat {
	bool begun;			/* next is known */
	bool acked;			/* ack and window are */
	bool keepalive;			/* its latest segment was one */
	uint8_t holes, sents;
	uint16_t window;		/* latest */
	uint32_t next;			/* behind the highest number sent */
	uint32_t ack;			/* latest acknowledgement sent */
	struct tcpstat_hole hole[TCPSTAT_HOLES];
	struct tcpstat_sent sent[TCPSTAT_SENT];

	/* The SYN, for the handshake: times it came, when first. */
	uint32_t syns, syn_end;
	int64_t syn_ns;
	bool answered;			/* handshake_ns is known */
	int64_t handshake_ns;		/* from the SYN to its answer */

	bool has_mss, has_scale, has_first;
	uint8_t scale;
	uint16_t mss, first_window;

	uint64_t retransmitted, out_of_order, duplicate_acks, lost;
	uint64_t zero_windows, syns_again;
	int64_t least_ns;		/* data round trip */
	struct octaves round_trips;
};

/* A packet that the first of the two directions sent. */
void tcpstat_add(struct tcpstat *from, struct tcpstat *to,
    const struct packet *);

void tcpstat_free(struct tcpstat *);

/* Forgets what was counted, and keeps what is known of numbers: a piece of
 * the same flow begins. */
void tcpstat_continue(struct tcpstat *piece, const struct tcpstat *before);

#endif
