#include "packet/icmp.h"

#include <stddef.h>

#include "packet/packet.h"

static const struct {
	uint8_t proto, a, b;
} counterparts[] = {
	{ PROTO_ICMP, 8, 0 },		/* echo */
	{ PROTO_ICMP, 13, 14 },		/* timestamp */
	{ PROTO_ICMP, 15, 16 },		/* information */
	{ PROTO_ICMP, 10, 9 },		/* router solicitation */
	{ PROTO_ICMP, 17, 18 },		/* address mask */
	{ PROTO_ICMP6, 128, 129 },	/* echo */
	{ PROTO_ICMP6, 133, 134 },	/* router solicitation */
	{ PROTO_ICMP6, 135, 136 },	/* neighbour solicitation */
	{ PROTO_ICMP6, 130, 131 },	/* multicast listener */
	{ PROTO_ICMP6, 139, 140 },	/* node information */
	{ PROTO_ICMP6, 144, 145 },	/* home agent */
};

int
icmp_counterpart(uint8_t proto, uint8_t type)
{
	for (size_t i = 0; i < sizeof counterparts / sizeof *counterparts;
	    i++) {
		if (counterparts[i].proto != proto)
			continue;
		if (counterparts[i].a == type)
			return counterparts[i].b;
		if (counterparts[i].b == type)
			return counterparts[i].a;
	}
	return -1;
}

bool
icmp_is_error(uint8_t proto, uint8_t type)
{
	if (proto == PROTO_ICMP)
		return type == 3 || type == 4 || type == 5 || type == 11 ||
		    type == 12;
	return type >= 1 && type <= 4;
}

bool
icmp_is_unreachable(uint8_t proto, uint8_t type, uint8_t code)
{
	enum { TOO_BIG = 4 };

	if (proto == PROTO_ICMP)
		return (type == 3 && code != TOO_BIG) || type == 11 ||
		    type == 12;
	return type == 1 || type == 3 || type == 4;
}
