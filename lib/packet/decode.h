/*
 * decode: from a frame to the TCP or UDP packet in it.
 *
 * Links and what stands between them and IP: link.h and pcap2flows(1).  IPv4
 * with options, IPv6 with extension headers, AH.  With tunnels on, also what
 * is inside of them, tunnel.h; a UDP packet on a tunnel's port that has no
 * packet inside is that UDP packet.
 *
 * Lengths are those of the headers, so that neither the snap length nor
 * Ethernet padding changes them; an IP length of 0 (segmentation offload)
 * is the wire length.
 *
 * Fragments.  The first of a UDP datagram has the length of the whole; later
 * ones have length 0.  Each TCP fragment has the length it carries.  A later
 * fragment takes its ports from the first, if that came before it, not more
 * than 30 s ago, and is among the FRAG_MOST last ones (frag.h); else it is
 * DECODE_ORPHAN.
 */
#ifndef DECODE_H
#define DECODE_H

#include <stdbool.h>
#include <stdint.h>

#include "packet/frame.h"
#include "packet/packet.h"

enum decode_verdict {
	DECODE_FLOW,		/* TCP or UDP: *packet is set */
	DECODE_NOT_IP,
	DECODE_OTHER,		/* IP, but neither TCP nor UDP */
	DECODE_UNREACHABLE,	/* likewise: an ICMP or ICMPv6 "port unreach-
				   able" that quotes a UDP packet: *packet
				   has t_ns, src, dst, sport, dport, proto of
				   the quoted one, the rest is 0 */
	DECODE_ORPHAN,		/* TCP or UDP, fragment without its first */
	DECODE_MALFORMED,	/* headers that contradict themselves, or cut
				   before the ports */
	DECODE_VERDICTS
};

struct decode;

/* tunnels: look inside them. */
struct decode *decode_new(bool tunnels);
void decode_free(struct decode *);

/* From now on packets tell where their headers are. */
void decode_want_heads(struct decode *);

/* From now on all ICMP errors that quote a UDP or TCP packet are looked
 * into. */
void decode_want_quotes(struct decode *);

/* Can frames of this link type (DLT_*) be decoded? */
bool decode_knows(int link);

/* packet->payload points into the frame's data.  No memory is allocated but
 * for fragments.  A frame whose link type is not known is not IP. */
enum decode_verdict decode(struct decode *, const struct frame *,
    struct packet *);

/* Did the latest frame quote a packet?  Its verdict is DECODE_UNREACHABLE or
 * DECODE_OTHER, and *packet is as for the former. */
bool decode_quoted(const struct decode *);

#endif
