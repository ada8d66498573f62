#include "packet/linkname.h"

#include <string.h>

#include "packet/bytes.h"

/* Link types, as libpcap numbers them. */
enum { DLT_ETHERNET = 1, DLT_COOKED = 113, DLT_COOKED_2 = 276 };

enum { VLAN_ID = 0x0fff };

static bool
is_tag(uint16_t type)
{
	return type == 0x8100 || type == 0x88a8 || type == 0x9100 ||
	    type == 0x9200 || type == 0x9300;
}

/* b begins at an Ethernet type. */
static void
read_tags(struct linkname *n, struct bytes *b)
{
	while (n->tags < LINKNAME_TAGS && is_tag(bytes_be16(b, 0)) &&
	    bytes_have(b, 4)) {
		n->vlan[n->tags++] = bytes_be16(b, 2) & VLAN_ID;
		bytes_skip(b, 4);
	}
}

/* The address at `at`, if the frame has it. */
static bool
read_mac(uint8_t mac[6], const struct bytes *b, size_t at)
{
	if (!bytes_have(b, at + 6))
		return false;
	memcpy(mac, b->p + at, 6);
	return true;
}

void
linkname_read(struct linkname *n, const struct frame *f)
{
	struct bytes b = {f->data, f->caplen};

	*n = (struct linkname){.tags = 0};
	switch (f->link) {
	case DLT_ETHERNET:
		n->has_dst = read_mac(n->dst, &b, 0);
		n->has_src = read_mac(n->src, &b, 6);
		if (bytes_skip(&b, 12))
			read_tags(n, &b);
		break;
	case DLT_COOKED:
		if (bytes_be16(&b, 4) == 6)
			n->has_src = read_mac(n->src, &b, 6);
		if (bytes_skip(&b, 14))
			read_tags(n, &b);
		break;
	case DLT_COOKED_2:
		if (bytes_u8(&b, 11) == 6)
			n->has_src = read_mac(n->src, &b, 12);
		/* Its type stands in front, what it tags behind. */
		if (is_tag(bytes_be16(&b, 0)) && bytes_have(&b, 24)) {
			n->vlan[n->tags++] = bytes_be16(&b, 20) & VLAN_ID;
			bytes_skip(&b, 22);
			read_tags(n, &b);
		}
		break;
	}
}

uint32_t
linkname_vlans(const struct linkname *n)
{
	uint32_t v = n->tags > 0 ? (uint32_t)n->vlan[0] + 1 : 0;

	return n->tags > 1 ? v << 16 | ((uint32_t)n->vlan[1] + 1) : v;
}
