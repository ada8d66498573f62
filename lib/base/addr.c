#include "base/addr.h"

#include <arpa/inet.h>
#include <string.h>

#include "base/load.h"
#include "base/mem.h"
#include "base/num.h"

struct addr
addr_from6(const uint8_t *b)
{
	struct addr a;

	memcpy(a.b, b, 16);
	return a;
}

/*
 * Dotted decimal, four numbers without leading zeros, as inet_pton: without a
 * branch on how many digits each has, which nothing foretells.
 */
enum { LEAST4 = 7, MOST4 = 15 };	/* bytes of text */

/* Bit i of the result: byte i is a point.  The top bit of a difference's
 * byte, with all carries kept within it, is 0 where there is none. */
static inline uint32_t
points(uint64_t text)
{
	const uint64_t low7 = UINT64_C(0x7f7f7f7f7f7f7f7f);
	uint64_t x = text ^ UINT64_C(0x2e2e2e2e2e2e2e2e);

	x = ~(((x & low7) + low7) | x | low7);
	return (uint32_t)((x >> 7) * UINT64_C(0x0102040810204080) >> 56);
}

/* Bit i for a point at s[i], and bit n. */
static inline uint32_t
marks4(const char *s, size_t n)
{
	uint32_t end = UINT32_C(1) << n;

	if (n < 8)
		return points(load4(s) |
		    (uint64_t)load4(s + n - 4) << 8 * (n - 4)) | end;
	return points(load8(s)) | points(load8(s + n - 8)) << (n - 8) | end;
}

/* The number whose 1 to 3 digits end the word; above 255 if it is none. */
static inline unsigned
number4(uint32_t word, unsigned digits)
{
	static const uint8_t least[] = { 0, 0, 10, 100 };
	unsigned skip = 8 * (4 - digits), v;
	uint32_t d = ((word >> skip) ^ UINT32_C(0x30303030)) << skip;

	v = (d >> 8 & 255) * 100 + (d >> 16 & 255) * 10 + (d >> 24);
	if ((((d + UINT32_C(0x76767676)) | d) & UINT32_C(0x80808080)) != 0 ||
	    v < least[digits])
		return 256;
	return v;
}

static bool
parse4(const char *s, size_t n, uint8_t b[4])
{
	uint32_t m0, m1, m2;
	unsigned at0, at1, at2, n0, n1, n2, n3, v0, v1, v2, v3;

	if (n < LEAST4 || n > MOST4)
		return false;
	m0 = marks4(s, n);
	m1 = m0 & (m0 - 1);
	m2 = m1 & (m1 - 1);
	if ((m2 & (m2 - 1)) != UINT32_C(1) << n)
		return false;
	n0 = at0 = (unsigned)__builtin_ctz(m0);
	n1 = (at1 = (unsigned)__builtin_ctz(m1)) - at0 - 1;
	n2 = (at2 = (unsigned)__builtin_ctz(m2)) - at1 - 1;
	n3 = (unsigned)n - at2 - 1;
	if (n0 - 1 > 2 || n1 - 1 > 2 || n2 - 1 > 2 || n3 - 1 > 2)
		return false;
	/* Words that are within the text. */
	v0 = number4(load4(s) << 8 * (4 - n0), n0);
	v1 = number4(load4(s + at0 + 1) << 8 * (4 - n1), n1);
	v2 = number4(load4(s + at2 - 4), n2);
	v3 = number4(load4(s + n - 4), n3);
	b[0] = (uint8_t)v0;
	b[1] = (uint8_t)v1;
	b[2] = (uint8_t)v2;
	b[3] = (uint8_t)v3;
	return (v0 | v1 | v2 | v3) <= 255;
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

bool
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
net_holds(const struct net *net, const struct addr *a)
{
	uint64_t half[2];

	memcpy(half, a->b, sizeof half);
	return (((half[0] ^ net->base[0]) & net->mask[0]) |
	    ((half[1] ^ net->base[1]) & net->mask[1])) == 0;
}

bool
nets_add(struct nets *nets, const char *text, const char **bad)
{
	size_t cap = nets->n;

	if (text != NULL && text[strspn(text, " \t\n")] == '\0') {
		*bad = text + strlen(text);
		return false;
	}
	if (text == NULL)
		text = "10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,"
		    "169.254.0.0/16,127.0.0.0/8,fc00::/7,fe80::/10,::1";
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
nets_parse(struct nets *nets, const char *text, const char **bad)
{
	*nets = (struct nets){0, NULL};
	return nets_add(nets, text, bad);
}

bool
nets_hold(const struct nets *nets, const struct addr *a)
{
	for (size_t i = 0; i < nets->n; i++)
		if (net_holds(&nets->net[i], a))
			return true;
	return false;
}
