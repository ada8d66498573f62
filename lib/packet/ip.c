#include "packet/ip.h"

enum {
	PROTO_HOPS = 0, PROTO_ROUTING = 43, PROTO_FRAGMENT = 44,
	PROTO_AH = 51, PROTO_OPTIONS = 60, PROTO_MOBILITY = 135,
	PROTO_HIP = 139, PROTO_SHIM6 = 140
};

/* Skips an extension header of n bytes. */
static bool
extension(struct ip *ip, struct bytes *b, size_t n)
{
	if (n > ip->length || !bytes_skip(b, n))
		return false;
	ip->length -= (uint32_t)n;
	return true;
}

/* RFC 8200, 4; AH (RFC 4302) stands behind IPv4 headers too.  Stops at the
 * fragment header of a later fragment. */
static bool
extensions(struct ip *ip, struct bytes *b)
{
	uint8_t next;
	size_t n;

	for (;;) {
		next = bytes_u8(b, 0);
		switch (ip->proto) {
		case PROTO_HOPS:
		case PROTO_ROUTING:
		case PROTO_OPTIONS:
		case PROTO_MOBILITY:
		case PROTO_HIP:
		case PROTO_SHIM6:
			if (ip->is4)
				return true;
			n = ((size_t)bytes_u8(b, 1) + 1) * 8;
			break;
		case PROTO_FRAGMENT:
			if (ip->is4)
				return true;
			ip->offset = bytes_be16(b, 2) >> 3;
			ip->more = bytes_be16(b, 2) & 1;
			ip->id = bytes_be32(b, 4);
			n = 8;
			break;
		case PROTO_AH:
			n = ((size_t)bytes_u8(b, 1) + 2) * 4;
			break;
		default:
			return true;
		}
		if (!extension(ip, b, n))
			return false;
		ip->proto = next;
		if (ip->offset != 0)
			return true;
	}
}

/* RFC 791.  wire: bytes on the wire from here to the end of the frame. */
bool
ip_read4(struct ip *ip, struct bytes *b, uint32_t wire)
{
	uint32_t header = (bytes_u8(b, 0) & 15U) * 4;
	uint32_t total = bytes_be16(b, 2);
	uint16_t fragment = bytes_be16(b, 6);

	if (total == 0)
		total = wire;
	if (header < 20 || total < header || b->n < header ||
	    bytes_u8(b, 0) >> 4 != 4)
		return false;
	ip->is4 = true;
	ip->mapped = false;
	ip->src = addr_from4(b->p + 12);
	ip->dst = addr_from4(b->p + 16);
	ip->id = bytes_be16(b, 4);
	ip->offset = fragment & 0x1fff;
	ip->more = fragment & 0x2000;
	ip->proto = bytes_u8(b, 9);
	ip->total = total;
	ip->length = total - header;
	bytes_clip(b, total);
	bytes_skip(b, header);
	if (ip->proto != PROTO_AH || ip->offset != 0)
		return true;
	return extensions(ip, b);
}

/* RFC 8200.  A length of 0 is a jumbogram or segmentation offload. */
bool
ip_read6(struct ip *ip, struct bytes *b, uint32_t wire)
{
	uint32_t length = bytes_be16(b, 4);

	if (b->n < 40 || wire < 40 || bytes_u8(b, 0) >> 4 != 6)
		return false;
	ip->is4 = false;
	ip->src = addr_from6(b->p + 8);
	ip->dst = addr_from6(b->p + 24);
	ip->mapped = addr_is4(&ip->src) && addr_is4(&ip->dst);
	ip->id = 0;
	ip->offset = 0;
	ip->more = false;
	ip->proto = bytes_u8(b, 6);
	ip->length = length ? length : wire - 40;
	ip->total = ip->length + 40;
	bytes_skip(b, 40);
	bytes_clip(b, ip->length);
	return extensions(ip, b);
}
