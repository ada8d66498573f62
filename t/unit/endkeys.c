/* Numbers of endpoints, of both families, against those of a strtab of their
 * texts. */
#include "skype/endkeys.h"

#include <stdio.h>
#include <string.h>

#include "base/strtab.h"
#include "tap.h"

enum { DIFFERENT = 3000, DRAWN = 20000 };

struct place {
	struct addr addr;
	uint16_t port;
};

static uint32_t state = 1;

static uint32_t
draw(uint32_t n)
{
	state = state * 1664525 + 1013904223;
	return (uint32_t)((uint64_t)(state >> 8) * n >> 24);
}

/* One of DIFFERENT endpoints, a third of them of IPv6; many share an address
 * or a port. */
static struct place
draw_place(void)
{
	uint32_t i = draw(DIFFERENT), host = i / 3;
	uint8_t four[4] = { 10, 255, (uint8_t)(host >> 8), (uint8_t)host };
	uint8_t six[16] = { 0x20, 1, [14] = (uint8_t)(host >> 8),
	    [15] = (uint8_t)host };

	return (struct place){
		.addr = i % 3 == 0 ? addr_from6(six) : addr_from4(four),
		.port = i % 3 == 1 ? 0 : (uint16_t)(65535 - i / 2)
	};
}

static uint32_t
add_text(struct strtab *t, const struct place *p)
{
	char text[ADDR_TEXT + 8];
	size_t n = addr_format(&p->addr, text);

	n += (size_t)snprintf(text + n, 8, " %u", p->port);
	return strtab_add(t, text, n);
}

static bool
knows(const struct endkeys *k, const struct place *p, uint32_t id)
{
	struct addr a = endkeys_addr(k, id);

	return memcmp(&a, &p->addr, sizeof a) == 0 &&
	    endkeys_port(k, id) == p->port &&
	    endkeys_find(k, &p->addr, p->port) == id;
}

int
main(void)
{
	struct endkeys keys;
	struct strtab text;
	struct place never;
	bool same = true, known = true;

	endkeys_init(&keys);
	strtab_init(&text);
	for (int i = 0; i < DRAWN; i++) {
		struct place p = draw_place();
		uint32_t id = add_text(&text, &p);

		endkeys_foresee(&keys, &p.addr, p.port);
		same = same && endkeys_add(&keys, &p.addr, p.port) == id;
		known = known && knows(&keys, &p, id);
	}
	ok(same);
	ok(known);
	ok(keys.n == text.n && keys.n > DIFFERENT / 2);
	never = draw_place();
	never.port = 1;
	ok(endkeys_find(&keys, &never.addr, 1) == ENDPOINT_NONE);
	memset(&never.addr, 0xfd, sizeof never.addr);
	ok(endkeys_find(&keys, &never.addr, 1) == ENDPOINT_NONE);
	endkeys_free(&keys);
	strtab_free(&text);
	return done();
}
