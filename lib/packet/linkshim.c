#include "packet/linkpart.h"

/* Types below which IP can be, and those that often stand beside it: what
 * tells a frame from bytes that look like one. */
static bool
is_known_type(unsigned type)
{
	switch (type) {
	case 0x0800:
	case 0x0806:
	case 0x86dd:
	case 0x8100:
	case 0x88a8:
	case 0x9100:
	case 0x9200:
	case 0x8847:
	case 0x8848:
	case 0x8863:
	case 0x8864:
	case 0x88cc:
	case 0x88e5:
	case 0x88e7:
		return true;
	}
	return false;
}

bool
link_is_ip(const struct bytes *b)
{
	uint8_t first = bytes_u8(b, 0);
	size_t length = bytes_be16(b, 2);

	if (first >> 4 == 4)
		return b->n >= 20 && (first & 15) >= 5 &&
		    (length == 0 || length >= (first & 15U) * 4);
	return first >> 4 == 6 && b->n >= 40;
}

/* Can the bytes be an Ethernet frame that is known here? */
static bool
link_is_ethernet(const struct bytes *b)
{
	struct bytes inside = *b;
	unsigned type = bytes_be16(b, 12);

	if (!is_known_type(type) || !bytes_skip(&inside, 14))
		return false;
	if (type == 0x0800)
		return bytes_u8(&inside, 0) >> 4 == 4;
	return type != 0x86dd || bytes_u8(&inside, 0) >> 4 == 6;
}

/* RFC 3032.  What is below the stack is not said.  Of IP the first nibble
 * tells (RFC 4385), but a frame without control word (RFC 4448, 4.6) begins
 * with any: with 0, the control word's, only if it is a frame that is known,
 * and what stands behind a control word would be none. */
int
link_mpls(struct bytes *b)
{
	struct bytes behind_word;
	uint8_t bottom;

	do {
		bottom = bytes_u8(b, 2) & 1;
		if (!bytes_skip(b, 4))
			return LINK_CUT;
	} while (!bottom);
	behind_word = *b;
	switch (bytes_u8(b, 0) >> 4) {
	case 0:
		if (b->n == 0)
			return LINK_CUT;
		if (bytes_skip(&behind_word, 4) &&
		    link_is_ethernet(b) && !link_is_ethernet(&behind_word))
			return LINK_ETHERNET;
		return link_behind(b, 4, LINK_ETHERNET);
	case 1:
		return LINK_NOT_IP;	/* RFC 5586: no packet of a user */
	case 4:
	case 6:
		if (link_is_ethernet(b) && !link_is_ip(b))
			return LINK_ETHERNET;
		return link_raw(b);
	}
	return LINK_ETHERNET;
}

/* RFC 8300: length in words of four bytes, and what comes next. */
int
link_nsh(struct bytes *b)
{
	size_t n = (bytes_be16(b, 0) & 0x3fU) * 4;
	uint8_t next = bytes_u8(b, 3);

	if (!bytes_have(b, 8))
		return LINK_CUT;
	if (n < 8 || bytes_u8(b, 0) >> 6 != 0)
		return LINK_NOT_IP;
	if (!bytes_skip(b, n))
		return LINK_CUT;
	switch (next) {
	case 1:
		return LINK_IP4;
	case 2:
		return LINK_IP6;
	case 3:
		return LINK_ETHERNET;
	case 4:
		return LINK_NSH;
	case 5:
		return LINK_MPLS;
	}
	return LINK_NOT_IP;
}

/* IEEE 802.1AE: flags, length, number, and an address with 0x20.  What is
 * encrypted (8) or changed (4) is not read. */
static int
macsec(struct bytes *b)
{
	uint8_t flags = bytes_u8(b, 0);
	size_t n = flags & 0x20 ? 14 : 6, most = bytes_u8(b, 1) & 0x3f;

	if (!bytes_have(b, n))
		return LINK_CUT;
	if (flags & 0x8c)
		return LINK_NOT_IP;
	bytes_skip(b, n);
	if (most > 0)
		bytes_clip(b, most);
	return link_behind(b, 2, bytes_be16(b, 0));
}

/* Cisco's metadata: version, number of words, so many of them. */
static int
cisco_metadata(struct bytes *b)
{
	size_t n = 2 + bytes_u8(b, 1) * 4U;

	return link_behind(b, n + 2, bytes_be16(b, n));
}

/* TRILL, RFC 6325: version, flags, words of options, hops; two nicknames. */
static int
trill(struct bytes *b)
{
	size_t options = (bytes_be16(b, 0) >> 6 & 0x1fU) * 4;

	return link_behind(b, 6 + options, LINK_ETHERNET);
}

int
link_shim(int type, struct bytes *b)
{
	switch (type) {
	case 0x0800:
		return LINK_IP4;
	case 0x86dd:
		return LINK_IP6;
	case 0x8100:		/* VLAN tags */
	case 0x88a8:
	case 0x9100:
	case 0x9200:
	case 0x9300:
		return link_behind(b, 4, bytes_be16(b, 2));
	case 0x8847:
	case 0x8848:
		return LINK_MPLS;
	case 0x8864:
		return LINK_PPPOE;
	case 0x6558:
		return LINK_ETHERNET;
	case 0x8903:		/* FabricPath: tree and hops */
		return link_behind(b, 2, LINK_ETHERNET);
	case 0x88e7:		/* IEEE 802.1ah, I-TAG */
		return link_behind(b, 4, LINK_ETHERNET);
	case 0x22f3:
		return trill(b);
	case 0x892f:		/* HSR, IEC 62439-3 */
	case 0xf1c1:		/* R-TAG, IEEE 802.1CB */
	case 0x8926:		/* VN-Tag */
		return link_behind(b, 6, bytes_be16(b, 4));
	case 0x893f:		/* IEEE 802.1BR, E-Tag */
		return link_behind(b, 8, bytes_be16(b, 6));
	case 0x894f:
		return LINK_NSH;
	case 0x8909:
		return cisco_metadata(b);
	case 0x88e5:
		return macsec(b);
	case 0xdada:		/* EDSA: two zero bytes, tag */
		return link_behind(b, 8, bytes_be16(b, 6));
	}
	return type <= 1500 ? LINK_LLC : LINK_NOT_IP;
}
