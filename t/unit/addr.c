/* Addresses and networks, against inet_pton, inet_ntop and the RFCs. */
#include "base/addr.h"

#include <arpa/inet.h>
#include <stdio.h>
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

static uint32_t state = 1;

static uint32_t
draw(uint32_t n)
{
	state = state * 1664525 + 1013904223;
	return (uint32_t)((uint64_t)(state >> 8) * n >> 24);
}

/* As inet_pton reads it, or not at all; at the very end of a block of its own,
 * so that a sanitizer sees any look beyond it. */
static bool
same_as_inet_pton(const char *text)
{
	size_t n = strlen(text);
	char *end = malloc(n > 0 ? n : 1);
	uint8_t b4[4], b6[16];
	struct addr a, want = { 0 };
	bool good = true, same;

	if (end == NULL)
		return false;
	memcpy(end, text, n);
	if (inet_pton(AF_INET, text, b4) == 1)
		want = addr_from4(b4);
	else if (inet_pton(AF_INET6, text, b6) == 1)
		want = addr_from6(b6);
	else
		good = false;
	same = addr_parse(end, n, &a) == good &&
	    (!good || memcmp(&a, &want, sizeof a) == 0);
	free(end);
	return same;
}

/* Four numbers of any length, often with a byte that is wrong. */
static bool
all_same(void)
{
	static const char bytes[] = "0129./:;\x80";
	static const uint32_t most[] = { 10, 100, 300, 2000 };

	for (int i = 0; i < 100000; i++) {
		char text[32];
		int n = snprintf(text, sizeof text, "%u.%u.%u.%u",
		    draw(most[draw(4)]), draw(most[draw(3)]),
		    draw(most[draw(3)]), draw(most[draw(3)]));

		if (draw(3) == 0)
			text[draw((uint32_t)n)] = bytes[draw(9)];
		if (draw(9) == 0)
			text[draw((uint32_t)n)] = '\0';
		if (!same_as_inet_pton(text))
			return false;
	}
	return true;
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
	ok(strcmp(bad_of(" , "), "") == 0);
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
	ok(all_same());

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
