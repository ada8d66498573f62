/* Addresses and networks, against inet_pton, inet_ntop and the RFCs. */
#include "base/addr.h"

#include <stdlib.h>
#include <string.h>

#include "tap.h"

static bool
round_trip(const char *text, const char *want)
{
	struct addr a;
	char back[ADDR_TEXT];

	return addr_parse(text, strlen(text), &a) &&
	    addr_format(&a, back) == strlen(want) && strcmp(back, want) == 0;
}

static bool
refused(const char *text)
{
	struct addr a;

	return !addr_parse(text, strlen(text), &a);
}

static bool
holds(const char *nets_text, const char *text)
{
	struct nets nets;
	struct addr a;
	const char *bad;

	bool held = nets_parse(&nets, nets_text, &bad) &&
	    addr_parse(text, strlen(text), &a) && nets_hold(&nets, &a);

	free(nets.net);
	return held;
}

static bool
group(const char *text)
{
	struct addr a;

	return addr_parse(text, strlen(text), &a) && addr_is_group(&a);
}

/* What is bad in the list; "" if nothing is. */
static const char *
bad_of(const char *text)
{
	struct nets nets;
	const char *bad = "";

	nets_parse(&nets, text, &bad);
	free(nets.net);
	return bad;
}

static void
nets_refused(void)
{
	ok(strcmp(bad_of("10.0.0.0/8,10.0.0.0/33"), "10.0.0.0/33") == 0);
	ok(strcmp(bad_of("fe80::/129"), "fe80::/129") == 0);
	ok(strcmp(bad_of("10/8"), "10/8") == 0);
	ok(strcmp(bad_of("10.0.0.0/"), "10.0.0.0/") == 0);
}

int
main(void)
{
	ok(round_trip("192.168.1.34", "192.168.1.34"));
	ok(round_trip("0.0.0.0", "0.0.0.0"));
	ok(round_trip("255.255.255.255", "255.255.255.255"));
	ok(round_trip("2001:DB8:0:0:0::1", "2001:db8::1"));
	ok(round_trip("::ffff:10.1.2.3", "10.1.2.3"));
	ok(round_trip("::", "::"));
	ok(refused("256.1.1.1"));
	ok(refused("1.2.3"));
	ok(refused("1.2.3.4.5"));
	ok(refused("01.2.3.4"));
	ok(refused("1.2.3.4 "));
	ok(refused("1..3.4"));
	ok(refused(""));
	ok(refused("-"));
	ok(refused("1:2:3"));
	ok(refused("fe80::1%eth0"));

	ok(holds("192.168.1.0/24", "192.168.1.255"));
	ok(!holds("192.168.1.0/24", "192.168.2.0"));
	ok(holds("10.128.0.0/9 192.168.0.0/16", "192.168.7.7"));
	ok(holds("10.128.0.0/9", "10.200.0.0"));
	ok(!holds("10.128.0.0/9", "10.127.0.0"));
	ok(holds("1.2.3.4", "1.2.3.4"));
	ok(!holds("1.2.3.4", "1.2.3.5"));
	ok(holds("0.0.0.0/0", "8.8.8.8"));
	ok(!holds("0.0.0.0/0", "2001:db8::1"));
	ok(holds("2001:db8::/33", "2001:db8:7fff::"));
	ok(!holds("2001:db8::/33", "2001:db8:8000::"));
	ok(holds(NULL, "172.31.0.1"));
	ok(!holds(NULL, "172.32.0.1"));
	ok(holds(NULL, "fd00::1"));
	ok(holds(NULL, "fe80::1"));
	ok(!holds(NULL, "240.0.0.1"));
	nets_refused();

	ok(group("224.0.0.1"));
	ok(group("239.255.255.250"));
	ok(group("255.255.255.255"));
	ok(group("ff02::fb"));
	ok(!group("240.0.0.1"));
	ok(!group("192.168.1.255"));
	return done();
}
