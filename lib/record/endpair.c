#include "record/endpair.h"

#include <err.h>
#include <string.h>

#include "base/num.h"
#include "record/word.h"

/* Where an IPv4 address begins in its IPv4-mapped form. */
enum { MAPPED = 12 };

bool
endpair_dir(struct rec *r, size_t i, enum flow_dir *dir)
{
	if (word_dir_parse(rec_get(r, i), dir) && *dir != FLOW_UNKNOWN)
		return true;
	return rec_bad(r, i, WORD_DIR_FAULT);
}

static size_t
pack_endpoint(const struct endpoint *e, bool short_form, uint8_t *b)
{
	size_t from = short_form ? MAPPED : 0;
	size_t n = sizeof e->addr.b - from;

	memcpy(b, e->addr.b + from, n);
	b[n] = (uint8_t)(e->port >> 8);
	b[n + 1] = (uint8_t)e->port;
	return n + 2;
}

size_t
endpoint_pack(const struct endpoint *e, uint8_t b[ENDPOINT_BYTES])
{
	return pack_endpoint(e, addr_is4(&e->addr), b);
}

void
endpoint_unpack(const uint8_t *b, size_t n, struct endpoint *e)
{
	e->addr = n == ENDPOINT_BYTES ? addr_from6(b) : addr_from4(b);
	e->port = (uint16_t)(b[n - 2] << 8 | b[n - 1]);
}

static bool
read_addr(struct rec *r, int column, struct addr *addr)
{
	struct rec_span a = rec_get(r, (size_t)column);

	return addr_parse(a.s, a.n, addr);
}

static bool
read_port(struct rec *r, int column, uint16_t *port)
{
	struct rec_span a = rec_get(r, (size_t)column);
	uint64_t v;

	if (!num_u64(a.s, a.n, UINT16_MAX, &v))
		return false;
	*port = (uint16_t)v;
	return true;
}

bool
endpair_hosts_option(const char *arg)
{
	if (strcmp(arg, "host") != 0)
		errx(2, "-g: not host: \"%s\"", arg);
	return true;
}

int
endpair_read(struct rec *r, bool hosts, struct endpair *e)
{
	e->proto = 0;
	e->src.port = e->dst.port = 0;
	if (!read_addr(r, ENDPAIR_SRC, &e->src.addr))
		return ENDPAIR_SRC;
	if (!read_addr(r, ENDPAIR_DST, &e->dst.addr))
		return ENDPAIR_DST;
	if (hosts)
		return -1;
	if (!word_proto_parse(rec_get(r, ENDPAIR_PROTO), &e->proto))
		return ENDPAIR_PROTO;
	if (!read_port(r, ENDPAIR_SPORT, &e->src.port))
		return ENDPAIR_SPORT;
	if (!read_port(r, ENDPAIR_DPORT, &e->dst.port))
		return ENDPAIR_DPORT;
	return -1;
}

const char *
endpair_fault(int column)
{
	switch (column) {
	case ENDPAIR_PROTO:
		return WORD_PROTO_FAULT;
	case ENDPAIR_SRC:
	case ENDPAIR_DST:
		return "not an address";
	default:
		return "not a port";
	}
}

static bool
comes_after(const struct endpoint *a, const struct endpoint *b)
{
	int d = memcmp(a->addr.b, b->addr.b, sizeof a->addr.b);

	return d > 0 || (d == 0 && a->port > b->port);
}

size_t
endpair_pair(const struct endpair *e, uint8_t key[ENDPAIR_PAIR_BYTES])
{
	struct endpoint first = e->src, second = e->dst;
	bool short_form = addr_is4(&first.addr) && addr_is4(&second.addr);
	size_t n = 1;

	if (e->proto == PROTO_TCP) {
		first.port = 0;
	} else if (comes_after(&first, &second)) {
		first = e->dst;
		second = e->src;
	}
	key[0] = e->proto;
	n += pack_endpoint(&first, short_form, key + n);
	n += pack_endpoint(&second, short_form, key + n);
	return n;
}
