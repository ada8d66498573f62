#include "geo/special.h"

#include <stddef.h>
#include <string.h>

/* iana-ipv4-special-registry and iana-ipv6-special-registry, as of 2026. */
static const char special_ranges[] =
    "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 "
    "172.16.0.0/12 192.0.0.0/24 192.31.196.0/24 192.52.193.0/24 "
    "192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 "
    "224.0.0.0/4 255.255.255.255/32 "
    "::/128 ::1/128 64:ff9b::/96 64:ff9b:1::/48 100::/64 100:0:0:1::/64 "
    "2001::/23 2002::/16 2620:4f:8000::/48 5f00::/16 fc00::/7 fe80::/10 "
    "fec0::/10 ff00::/8";

bool
special_addr(const struct addr *a)
{
	static struct nets nets;
	const char *bad;

	if (nets.n == 0)
		nets_parse(&nets, special_ranges, &bad);
	return nets_hold(&nets, a);
}

bool
special_embedded(const struct addr *a, struct addr *inside)
{
	static const uint8_t six_to_four[2] = { 0x20, 0x02 },
	    teredo[4] = { 0x20, 0x01 },
	    nat64[12] = { 0x00, 0x64, 0xff, 0x9b };
	uint8_t b[4];

	if (memcmp(a->b, six_to_four, sizeof six_to_four) == 0) {
		memcpy(b, a->b + 2, sizeof b);
	} else if (memcmp(a->b, teredo, sizeof teredo) == 0) {
		for (size_t i = 0; i < sizeof b; i++)
			b[i] = (uint8_t)~a->b[12 + i];
	} else if (memcmp(a->b, nat64, sizeof nat64) == 0) {
		memcpy(b, a->b + 12, sizeof b);
	} else {
		return false;
	}
	*inside = addr_from4(b);
	return true;
}
