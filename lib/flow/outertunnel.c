#include "flow/outertunnel.h"

#include <string.h>

#include "base/out.h"
#include "packet/bytes.h"
#include "packet/frame.h"

enum { IPPROTO_GRE_ = 47, PORT_GTPU = 2152 };

static const struct {
	uint8_t proto;
	uint16_t port;
	const char *name;
} tunnel_name[] = {
	{4, 0, "ipip"}, {41, 0, "ip6"}, {IPPROTO_GRE_, 0, "gre"},
	{115, 0, "l2tp"}, {PROTO_UDP, PORT_GTPU, "gtpu"},
	{PROTO_UDP, 4789, "vxlan"}, {PROTO_UDP, 8472, "vxlan"},
	{PROTO_UDP, 4790, "vxlan-gpe"}, {PROTO_UDP, 6081, "geneve"},
	{PROTO_UDP, 1701, "l2tp"}, {PROTO_UDP, 3544, "teredo"},
	{PROTO_UDP, 6635, "mpls"}, {PROTO_UDP, 5247, "capwap"},
	{PROTO_UDP, 37008, "tzsp"}, {PROTO_UDP, 4341, "lisp"},
	{PROTO_UDP, 6080, "gue"}
};

enum { NAMES = sizeof tunnel_name / sizeof *tunnel_name };

static const char *
name_of(uint8_t proto, uint16_t port)
{
	for (unsigned i = 0; i < NAMES; i++)
		if (tunnel_name[i].proto == proto &&
		    tunnel_name[i].port == port)
			return tunnel_name[i].name;
	return NULL;
}

/* Which of the two ports is the tunnel's: one with a name, if there is one;
 * then what stands behind the UDP header may be an id. */
static void
read_udp(struct outertunnel *t, struct bytes b)
{
	uint16_t from = bytes_be16(&b, 0);

	t->port = bytes_be16(&b, 2);
	if (name_of(PROTO_UDP, t->port) == NULL &&
	    name_of(PROTO_UDP, from) != NULL)
		t->port = from;
	if (!bytes_have(&b, 16))
		return;
	switch (t->port) {
	case PORT_GTPU:			/* 3GPP TS 29.281, 5.1 */
		t->has_id = true;
		t->id = bytes_be32(&b, 12);
		break;
	case 4789:			/* RFC 7348, 5 */
	case 8472:
	case 4790:
	case 6081:			/* RFC 8926, 3.4 */
		t->has_id = true;
		t->id = bytes_be32(&b, 12) >> 8;
		break;
	}
}

/* RFC 2890, 2: a key, if its bit is set, behind a checksum, if that is. */
static void
read_gre(struct outertunnel *t, struct bytes b)
{
	uint16_t flags = bytes_be16(&b, 0);
	size_t at = flags & 0x8000 ? 8 : 4;

	t->has_id = flags & 0x2000 && bytes_have(&b, at + 4);
	t->id = t->has_id ? bytes_be32(&b, at) : 0;
}

/* Skips what may stand between an IPv6 header and its payload: options,
 * routing, a fragment header (RFC 8200, 4). */
static void
skip_extensions(struct outertunnel *t, struct bytes *b)
{
	while (t->proto == 0 || t->proto == 43 || t->proto == 44 ||
	    t->proto == 60) {
		size_t n = t->proto == 44 ? 8 :
		    ((size_t)bytes_u8(b, 1) + 1) * 8;

		t->proto = bytes_u8(b, 0);
		if (!bytes_skip(b, n))
			return;
	}
}

void
outertunnel_read(struct outertunnel *t, const struct packet *p)
{
	struct bytes b = {p->outer, 0};

	*t = (struct outertunnel){.proto = 0};
	if (p->outer == NULL)
		return;
	b.n = p->frame->caplen - (size_t)(p->outer - p->frame->data);
	if (bytes_u8(&b, 0) >> 4 == 4) {
		t->src = addr_from4(b.p + 12);
		t->dst = addr_from4(b.p + 16);
		t->proto = bytes_u8(&b, 9);
		bytes_skip(&b, (bytes_u8(&b, 0) & 15U) * 4);
	} else {
		t->src = addr_from6(b.p + 8);
		t->dst = addr_from6(b.p + 24);
		t->proto = bytes_u8(&b, 6);
		bytes_skip(&b, 40);
		skip_extensions(t, &b);
	}
	if (t->proto == PROTO_UDP)
		read_udp(t, b);
	else if (t->proto == IPPROTO_GRE_)
		read_gre(t, b);
}

char *
outertunnel_name(char *p, const struct outertunnel *t)
{
	const char *name = name_of(t->proto, t->port);

	if (name != NULL) {
		size_t n = strlen(name);

		memcpy(p, name, n);
		return p + n;
	}
	memcpy(p, t->proto == PROTO_UDP ? "udp/" : "ip/", 4);
	p += t->proto == PROTO_UDP ? 4 : 3;
	return out_put_u64(p, t->proto == PROTO_UDP ? t->port : t->proto);
}
