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
 * fragment takes its ports from the first, frag.h; while that has not come it
 * is DECODE_ORPHAN, and told again by decode_extra when it comes.
 */
#ifndef DECODE_H
#define DECODE_H

#include <stdbool.h>
#include <stdint.h>

#include "packet/frame.h"
#include "packet/packet.h"
#include "packet/tunnel.h"

enum decode_verdict {
	DECODE_FLOW,		/* of a flow: *packet is set */
	DECODE_NOT_IP,
	DECODE_OTHER,		/* IP, but of a protocol not asked for */
	DECODE_UNREACHABLE,	/* likewise: an ICMP or ICMPv6 error, icmp.h,
				   that quotes a packet of a flow: *packet has
				   t_ns, src, dst, sport, dport, proto, kind
				   of the quoted one, the rest is 0 */
	DECODE_ORPHAN,		/* fragment without its first */
	DECODE_MALFORMED,	/* headers that contradict themselves, or cut
				   before the ports */
	DECODE_VERDICTS
};

struct decode_want {
	bool tunnels;		/* look inside them */
	bool count_tunnels;	/* or count what lies in them */
	bool quotes;		/* tell what all ICMP errors quote, not only
				   those of DECODE_UNREACHABLE */
	bool heads;		/* packets tell where their headers are */
	bool brief;		/* of most packets of UDP the second line of
				   struct packet need not be set */
	bool all_protocols;	/* packets of flows are not those of UDP and
				   TCP alone */
};

struct decode_counts {
	uint64_t tunnel[TUNNEL_KINDS];	/* packets in tunnels not looked into */
	uint64_t cut;			/* malformed, as they are cut short */
	uint64_t ports;			/* UDP ports said to be unreachable */
	uint64_t overlaps;		/* fragments with bytes told before */
};

struct decode;

struct decode *decode_new(const struct decode_want *);
void decode_free(struct decode *);

/* Can frames of this link type (DLT_*) be decoded? */
bool decode_knows(int link);

/* packet->payload points into the frame's data.  No memory is allocated but
 * for fragments.  A frame whose link type is not known is not IP. */
enum decode_verdict decode(struct decode *, const struct frame *,
    struct packet *);

/* What a frame tells more, until the next call of decode: a packet that was
 * told as DECODE_ORPHAN before, or the one that an ICMP error quotes.  Packets
 * of DECODE_FLOW that have more to tell have `extra` set. */
enum decode_extra { DECODE_NO_EXTRA, DECODE_EARLIER, DECODE_QUOTE };

enum decode_extra decode_extra(struct decode *, struct packet *);

struct decode_counts decode_counts(const struct decode *);
void decode_add(struct decode_counts *, const struct decode_counts *);

#endif
