#include "packet/linkpart.h"

/* IEEE 802.11: a data frame that has data, in clear, the first fragment;
 * of an aggregate (A-MSDU) the first part. */
int
link_80211(struct bytes *b, bool padded)
{
	uint8_t type = bytes_u8(b, 0), flags = bytes_u8(b, 1);
	bool qos = type & 0x80, aggregate = false;
	size_t n = (flags & 3) == 3 ? 30 : 24;

	if ((type & 0x0c) != 0x08 || type & 0x40 || flags & 0x40 ||
	    bytes_le16(b, 22) & 0x0f)
		return bytes_have(b, 2) ? LINK_NOT_IP : LINK_CUT;
	if (qos) {
		aggregate = bytes_u8(b, n) & 0x80;
		n += flags & 0x80 ? 6 : 2;	/* HT control */
	}
	if (padded)
		n = (n + 3) / 4 * 4;
	return link_behind(b, aggregate ? n + 14 : n, LINK_LLC);
}

/* radiotap.org: of the fields only the flags matter; they say whether the
 * 802.11 header is padded to four bytes.  The timestamp may precede them. */
int
link_radiotap(struct bytes *b)
{
	uint16_t length = bytes_le16(b, 2);
	uint32_t present = bytes_le32(b, 4), more = present;
	size_t at = 8;
	uint8_t flags;

	for (; more & UINT32_C(1) << 31 && at < length; at += 4)
		more = bytes_le32(b, at);
	if (present & 1)
		at = (at + 7) / 8 * 8 + 8;
	flags = present & 2 && at < length ? bytes_u8(b, at) : 0;
	if (length < 8 || !bytes_skip(b, length))
		return LINK_CUT;
	return link_80211(b, flags & 0x20);
}

/* linux-wlan: either a head that tells its length, in the order of the
 * machine, or AVS's behind this magic number. */
int
link_prism(struct bytes *b)
{
	uint32_t length = bytes_le32(b, 4);

	if (bytes_be32(b, 0) >> 12 == 0x80211)
		return LINK_AVS;
	if (length > 0xffff)
		length = bytes_be32(b, 4);
	return length < 8 ? LINK_NOT_IP : link_behind(b, length, LINK_80211);
}

int
link_avs(struct bytes *b)
{
	uint32_t length = bytes_be32(b, 4);

	return length < 8 ? LINK_NOT_IP : link_behind(b, length, LINK_80211);
}
