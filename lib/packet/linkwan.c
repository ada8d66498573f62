#include "packet/linkpart.h"

/* RFC 1661; address and control (RFC 1662) and the first byte of the
 * protocol may be left out.  0f or 8f and 00 are the address and control of
 * Cisco HDLC, which routers send on the same lines. */
int
link_ppp(struct bytes *b)
{
	uint16_t protocol = bytes_be16(b, 0);

	if (protocol == 0x0f00 || protocol == 0x8f00)
		return LINK_CHDLC;
	if (protocol == 0xff03)
		bytes_skip(b, 2);
	protocol = bytes_u8(b, 0);
	if (protocol & 1) {
		bytes_skip(b, 1);
	} else {
		protocol = bytes_be16(b, 0);
		if (!bytes_skip(b, 2))
			return LINK_CUT;
	}
	switch (protocol) {
	case 0x0021:
		return LINK_IP4;
	case 0x0057:
		return LINK_IP6;
	case 0x0031:		/* bridged, RFC 3518: flags, kind of frame */
		return bytes_u8(b, 1) == 1 ? link_behind(b, 2, LINK_ETHERNET) :
		    LINK_NOT_IP;
	case 0x003d:		/* RFC 1990: begins and ends here */
		return bytes_u8(b, 0) >> 6 == 3 ? link_behind(b, 4, LINK_PPP) :
		    LINK_NOT_IP;
	case 0x0281:
	case 0x0283:
		return LINK_MPLS;
	}
	return LINK_NOT_IP;
}

/* RFC 2516; discovery has a type of its own, but not on DLT_PPP_ETHER. */
int
link_pppoe(struct bytes *b)
{
	uint16_t length = bytes_be16(b, 4);
	bool session = bytes_u8(b, 1) == 0;

	if (!bytes_skip(b, 6))
		return LINK_CUT;
	bytes_clip(b, length);
	return session ? LINK_PPP : LINK_NOT_IP;
}

/* Of the network layer protocols (ISO 9577) that RFC 2427 and 2684 name. */
static int
nlpid(struct bytes *b)
{
	switch (bytes_u8(b, 0)) {
	case 0x80:		/* SNAP: OUI and type */
		if (bytes_be32(b, 1) >> 8 == 0x0080c2 &&
		    (bytes_be16(b, 4) == 1 || bytes_be16(b, 4) == 7))
			return link_behind(b, 6, LINK_ETHERNET);
		if (bytes_be32(b, 1) >> 8 != 0)
			return LINK_NOT_IP;
		return link_behind(b, 6, bytes_be16(b, 4));
	case 0x8e:
		return link_behind(b, 1, LINK_IP6);
	case 0xcc:
		return link_behind(b, 1, LINK_IP4);
	case 0xcf:		/* RFC 1973, 2364 */
		return link_behind(b, 1, LINK_PPP);
	}
	return b->n == 0 ? LINK_CUT : LINK_NOT_IP;
}

/* Q.922: an address of two to four bytes, of which the last has its lowest
 * bit set.  Then RFC 2427, or Cisco's Ethernet type. */
int
link_frame_relay(struct bytes *b)
{
	size_t n = 1;

	while (n < 4 && !(bytes_u8(b, n - 1) & 1))
		n++;
	if (n < 2 || !bytes_skip(b, n))
		return b->n < n ? LINK_CUT : LINK_NOT_IP;
	if (bytes_u8(b, 0) != 0x03)
		return link_behind(b, 2, bytes_be16(b, 0));
	bytes_skip(b, 1);
	if (bytes_u8(b, 0) == 0)
		bytes_skip(b, 1);	/* padding */
	return nlpid(b);
}

/* RFC 2684: LLC, also with network layer protocols and bridged frames; or IP
 * alone, where the circuit tells that it is. */
int
link_atm(struct bytes *b)
{
	uint32_t head = bytes_be32(b, 0);
	uint16_t type = bytes_be16(b, 6);

	if (head >> 8 == 0xfefe03) {
		bytes_skip(b, 3);
		return nlpid(b);
	}
	if (head == 0xaaaa0300 && bytes_be16(b, 4) == 0x80c2 &&
	    (type == 1 || type == 7))
		return link_behind(b, 10, LINK_ETHERNET);
	if (link_is_ip(b))
		return LINK_RAW;
	return LINK_LLC;
}

/* Direction and kind in a byte, then the circuit; LAN emulation has two bytes
 * of client before the frame. */
int
link_sunatm(struct bytes *b)
{
	uint8_t kind = bytes_u8(b, 0) & 0x0f;

	if (!bytes_skip(b, 4))
		return LINK_CUT;
	if (kind == 1)
		return link_behind(b, 2, LINK_ETHERNET);
	return kind == 2 ? LINK_ATM : LINK_NOT_IP;
}

/* ISO 9314: frame control, two addresses; LLC when the control says so. */
int
link_fddi(struct bytes *b)
{
	return (bytes_u8(b, 0) & 0xf0) == 0x50 ?
	    link_behind(b, 13, LINK_LLC) : LINK_NOT_IP;
}

/* IEEE 802.5: the source's first bit says that a route is there, which tells
 * its length. */
int
link_token_ring(struct bytes *b)
{
	bool is_llc = (bytes_u8(b, 1) & 0xc0) == 0x40;
	size_t route = bytes_u8(b, 8) & 0x80 ? bytes_u8(b, 14) & 0x1f : 0;

	return link_behind(b, 14 + route, is_llc ? LINK_LLC : LINK_NOT_IP);
}

/* The MAC header of cable modems: control, the length of the extended header,
 * which its lowest bit announces, length, that header, checksum. */
int
link_docsis(struct bytes *b)
{
	uint8_t control = bytes_u8(b, 0);
	size_t extended = control & 1 ? bytes_u8(b, 1) : 0;

	return link_behind(b, 6 + extended, control >> 6 == 0 ?
	    LINK_ETHERNET : LINK_NOT_IP);
}
