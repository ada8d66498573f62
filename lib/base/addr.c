#include "base/addr.h"

#include <arpa/inet.h>
#include <string.h>

#include "base/mem.h"
#include "base/num.h"

static const uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

bool
addr_is4(const struct addr *a)
{
	return memcmp(a->b, mapped, sizeof mapped) == 0;
}

struct addr
addr_from6(const uint8_t *b)
{
	struct addr a;

	memcpy(a.b, b, 16);
	return a;
}

/* Dotted decimal, four numbers without leading zeros, as inet_pton. */
static bool
parse4(const char *s, size_t n, uint8_t b[4])
{
	const char *end = s + n;

	for (int i = 0; i < 4; i++) {
		unsigned v = 0;
		const char *first = s;

		for (; s < end && *s >= '0' && *s <= '9' && v < 256; s++)
			v = v * 10 + (unsigned)(*s - '0');
		if (s == first || v > 255 || (*first == '0' && s - first > 1))
			return false;
		b[i] = (uint8_t)v;
		if (i < 3 && (s == end || *s++ != '.'))
			return false;
	}
	return s == end;
}

bool
addr_parse(const char *s, size_t n, struct addr *a)
{
	char text[ADDR_TEXT];
	uint8_t b[16];

	if (parse4(s, n, b)) {
		*a = addr_from4(b);
		return true;
	}
	if (n >= sizeof text || memchr(s, '\0', n) != NULL)
		return false;
	memcpy(text, s, n);
	text[n] = '\0';
	if (inet_pton(AF_INET6, text, b) != 1)
		return false;
	*a = addr_from6(b);
	return true;
}

/* Each byte and the point behind it: four characters, of which those that
 * count come first. */
#define DOT(a, b) a b "."
#define TEN(t) DOT(t, "0"), DOT(t, "1"), DOT(t, "2"), DOT(t, "3"), \
	DOT(t, "4"), DOT(t, "5"), DOT(t, "6"), DOT(t, "7"), DOT(t, "8"), \
	DOT(t, "9")
#define HUNDRED(h) TEN(h "0"), TEN(h "1"), TEN(h "2"), TEN(h "3"), \
	TEN(h "4"), TEN(h "5"), TEN(h "6"), TEN(h "7"), TEN(h "8"), TEN(h "9")

static const char dotted[256][5] = {
	TEN(""), TEN("1"), TEN("2"), TEN("3"), TEN("4"), TEN("5"), TEN("6"),
	TEN("7"), TEN("8"), TEN("9"), HUNDRED("1"),
	TEN("20"), TEN("21"), TEN("22"), TEN("23"), TEN("24"),
	DOT("25", "0"), DOT("25", "1"), DOT("25", "2"), DOT("25", "3"),
	DOT("25", "4"), DOT("25", "5")
};

size_t
addr_format(const struct addr *a, char text[ADDR_TEXT])
{
	char *s = text;

	if (!addr_is4(a)) {
		inet_ntop(AF_INET6, a->b, text, ADDR_TEXT);
		return strlen(text);
	}
	for (int i = 12; i < 16; i++) {
		memcpy(s, dotted[a->b[i]], 4);
		s += 2 + (a->b[i] >= 10) + (a->b[i] >= 100);
	}
	*--s = '\0';
	return (size_t)(s - text);
}

bool
addr_is_group(const struct addr *a)
{
	static const uint8_t zero[16], ones[4] = {255, 255, 255, 255};

	if (addr_is4(a))
		return (a->b[12] & 0xf0) == 0xe0 ||
		    memcmp(a->b + 12, ones, 4) == 0 ||
		    memcmp(a->b + 12, zero, 4) == 0;
	return a->b[0] == 0xff || memcmp(a->b, zero, sizeof zero) == 0;
}

/* bits: of the 128 of struct addr. */
static void
set_net(struct net *net, const struct addr *a, unsigned bits)
{
	struct addr mask = {{0}};

	memset(mask.b, 0xff, bits / 8);
	if (bits % 8 != 0)
		mask.b[bits / 8] = (uint8_t)(0xff << (8 - bits % 8));
	memcpy(net->base, a->b, sizeof net->base);
	memcpy(net->mask, mask.b, sizeof net->mask);
}

static bool
net_parse(const char *s, size_t n, struct net *net)
{
	const char *slash = memchr(s, '/', n);
	size_t n_addr = slash ? (size_t)(slash - s) : n;
	uint64_t bits, most;
	struct addr base;

	if (!addr_parse(s, n_addr, &base))
		return false;
	most = addr_is4(&base) ? 32 : 128;
	bits = most;
	if (slash && !num_u64(slash + 1, n - n_addr - 1, most, &bits))
		return false;
	set_net(net, &base, (unsigned)(bits + 128 - most));
	return true;
}

bool
nets_parse(struct nets *nets, const char *text, const char **bad)
{
	size_t cap = 0;

	if (text == NULL)
		text = "10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,"
		    "169.254.0.0/16,127.0.0.0/8,fc00::/7,fe80::/10,::1";
	nets->n = 0;
	nets->net = NULL;
	for (;;) {
		size_t n;

		text += strspn(text, ", \t\n");
		if (*text == '\0')
			return true;
		n = strcspn(text, ", \t\n");
		nets->net = mem_grow(nets->net, &cap, nets->n + 1,
		    sizeof *nets->net);
		if (!net_parse(text, n, &nets->net[nets->n])) {
			*bad = text;
			return false;
		}
		nets->n++;
		text += n;
	}
}

bool
nets_hold(const struct nets *nets, const struct addr *a)
{
	uint64_t half[2];

	memcpy(half, a->b, sizeof half);
	for (const struct net *net = nets->net; net < nets->net + nets->n;
	    net++)
		if (((half[0] ^ net->base[0]) & net->mask[0]) == 0 &&
		    ((half[1] ^ net->base[1]) & net->mask[1]) == 0)
			return true;
	return false;
}
