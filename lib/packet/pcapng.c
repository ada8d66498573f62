#include "packet/pcapng.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/num.h"
#include "packet/linktype.h"

#define SECTION UINT32_C(0x0a0d0d0a)
#define ORDER UINT32_C(0x1a2b3c4d)

enum {
	INTERFACE = 1, PACKET_OLD = 2, PACKET_SIMPLE = 3, PACKET = 6,
	BLOCK_LEAST = 12,		/* type, length, length again */
	SECTION_HEAD = 12,		/* … and what tells the byte order */
	INTERFACE_HEAD = 16, SIMPLE_HEAD = 12, PACKET_HEAD = 28,
	OPTION_RESOLUTION = 9, OPTION_OFFSET = 14,
	INTERFACES_MOST = 1 << 16
};

static uint32_t
get32(const struct pcapng *g, const struct bytes *b, size_t at)
{
	return g->big ? bytes_be32(b, at) : bytes_le32(b, at);
}

static uint16_t
get16(const struct pcapng *g, const struct bytes *b, size_t at)
{
	return g->big ? bytes_be16(b, at) : bytes_le16(b, at);
}

bool
pcapng_is(const struct bytes *b)
{
	return bytes_be32(b, 0) == SECTION;
}

void
pcapng_begin(struct pcapng *g)
{
	*g = (struct pcapng){.decimals = 6, .first_link = -1};
}

void
pcapng_end(struct pcapng *g)
{
	free(g->interface);
}

static void
read_option(const struct pcapng *g, struct pcapng_interface *i,
    const struct bytes *value, unsigned code, size_t n)
{
	uint8_t resolution = bytes_u8(value, 0);
	uint64_t offset;

	if (code == OPTION_RESOLUTION && n == 1) {
		i->binary = resolution & 0x80;
		i->power = resolution & 0x7f;
	}
	if (code == OPTION_OFFSET && n == 8) {
		offset = (uint64_t)get32(g, value, g->big ? 0 : 4) << 32 |
		    get32(g, value, g->big ? 4 : 0);
		memcpy(&i->offset_s, &offset, sizeof offset);
	}
}

/* b: the block without its last length. */
static void
read_interface(struct pcapng *g, struct bytes b)
{
	struct pcapng_interface *i;
	unsigned code;
	size_t n;

	g->interface = mem_grow(g->interface, &g->cap, g->n + 1,
	    sizeof *g->interface);
	i = &g->interface[g->n++];
	*i = (struct pcapng_interface){.power = 6};
	i->link = linktype_dlt(get16(g, &b, 8));
	i->snaplen = get32(g, &b, 12);
	for (bytes_skip(&b, INTERFACE_HEAD); b.n >= 4;) {
		code = get16(g, &b, 0);
		n = get16(g, &b, 2);
		bytes_skip(&b, 4);
		if (code == 0)
			break;
		read_option(g, i, &b, code, n);
		if (!bytes_skip(&b, (n + 3) / 4 * 4))
			break;
	}
	if (g->first_link != -1)
		return;
	g->first_link = i->link;
	if (i->binary ? i->power > 20 : i->power > 6)
		g->decimals = 9;
}

static int64_t
clamp_time(int64_t s, int64_t ns)
{
	if (s < 0)
		return 0;
	if (s >= INT64_MAX / NS_PER_S)
		return INT64_MAX - 1;
	return s * NS_PER_S + ns;
}

/* 10^9 = 2^9 5^9, so for up to 2^43 ticks a second nothing is rounded; with
 * more the last bits are below a nanosecond. */
static int64_t
ns_of_binary(uint64_t part, unsigned power)
{
	if (power > 43) {
		part >>= power - 43;
		power = 43;
	}
	if (power < 9)
		return (int64_t)((part << (9 - power)) * 1953125);
	return (int64_t)(part * 1953125 >> (power - 9));
}

static uint64_t
power_of_10(unsigned power)
{
	uint64_t v = 1;

	while (power-- > 0)
		v *= 10;
	return v;
}

/* Ticks since the epoch in nanoseconds since it. */
static int64_t
time_of_ticks(const struct pcapng_interface *i, uint64_t ticks)
{
	unsigned power = i->power;
	uint64_t second, s = 0, part = ticks;
	int64_t ns, whole;

	if (i->binary) {
		if (power < 64) {
			s = ticks >> power;
			part = ticks - (s << power);
		}
		ns = power >= 107 ? 0 : ns_of_binary(part, power);
	} else {
		for (; power > 19; power--)
			part /= 10;
		second = power_of_10(power);
		s = part / second;
		part -= s * second;
		ns = (int64_t)(power <= 9 ? part * power_of_10(9 - power) :
		    part / power_of_10(power - 9));
	}
	whole = s > INT64_MAX / 4 ? INT64_MAX / 4 : (int64_t)s;
	if (i->offset_s > INT64_MAX / 4 || i->offset_s < -(INT64_MAX / 4))
		return i->offset_s > 0 ? INT64_MAX - 1 : 0;
	return clamp_time(whole + i->offset_s, ns);
}

/* b: the block without its last length, as far as it is there. */
static void
set_data(struct frame *f, struct bytes b, size_t head, uint32_t captured,
    uint32_t length)
{
	bytes_skip(&b, head);
	if (captured > FRAME_MOST)
		captured = FRAME_MOST;
	if (captured > b.n)
		captured = (uint32_t)b.n;
	f->data = b.p;
	f->caplen = captured;
	f->len = length > captured ? length : captured;
}

static const struct pcapng_interface *
interface_of(const struct pcapng *g, uint32_t i, struct capfault *fault)
{
	if (i < g->n)
		return &g->interface[i];
	snprintf(fault->text, sizeof fault->text,
	    "a frame of interface %lu, which is not described",
	    (unsigned long)i);
	return NULL;
}

static bool
read_simple(struct pcapng *g, struct bytes b, size_t room, struct frame *f,
    struct capfault *fault)
{
	const struct pcapng_interface *i = interface_of(g, 0, fault);
	uint32_t length = get32(g, &b, 8), captured = length;

	if (i == NULL)
		return false;
	if (i->snaplen != 0 && captured > i->snaplen)
		captured = i->snaplen;
	if (captured > room)
		captured = (uint32_t)room;
	set_data(f, b, SIMPLE_HEAD, captured, length);
	f->t_ns = g->last_ns;
	f->link = i->link;
	return true;
}

static bool
read_packet(struct pcapng *g, uint32_t type, struct bytes b, size_t size,
    struct frame *f, struct capfault *fault)
{
	const struct pcapng_interface *i;
	uint32_t captured = get32(g, &b, 20);
	uint64_t ticks = (uint64_t)get32(g, &b, 12) << 32 | get32(g, &b, 16);

	i = interface_of(g, type == PACKET ? get32(g, &b, 8) :
	    get16(g, &b, 8), fault);
	if (i == NULL)
		return false;
	if (captured > size - PACKET_HEAD - 4) {
		snprintf(fault->text, sizeof fault->text, "a frame of %lu "
		    "bytes in a block of %lu", (unsigned long)captured,
		    (unsigned long)size);
		return false;
	}
	set_data(f, b, PACKET_HEAD, captured, get32(g, &b, 24));
	f->t_ns = g->last_ns = time_of_ticks(i, ticks);
	f->link = i->link;
	return true;
}

static size_t
least_size(uint32_t type)
{
	switch (type) {
	case SECTION:
		return SECTION_HEAD + 16;
	case INTERFACE:
		return INTERFACE_HEAD + 4;
	case PACKET_SIMPLE:
		return SIMPLE_HEAD + 4;
	case PACKET_OLD:
	case PACKET:
		return PACKET_HEAD + 4;
	}
	return BLOCK_LEAST;
}

/* A section has interfaces and a byte order of its own. */
static bool
begin_section(struct pcapng *g, const struct bytes *b, struct capfault *fault)
{
	g->big = bytes_be32(b, 8) == ORDER;
	if (!g->big && bytes_le32(b, 8) != ORDER) {
		snprintf(fault->text, sizeof fault->text,
		    "a section without byte order");
		return false;
	}
	if (get16(g, b, 12) != 1) {
		snprintf(fault->text, sizeof fault->text, "pcapng version "
		    "%u.%u is not known", get16(g, b, 12), get16(g, b, 14));
		return false;
	}
	g->n = 0;
	g->open = true;
	return true;
}

static bool
is_frame(uint32_t type)
{
	return type == PACKET || type == PACKET_SIMPLE || type == PACKET_OLD;
}

/* The size of the block that begins here, which is rounded up as some writers
 * leave the padding out; 0 if more bytes are needed, or for a fault. */
static size_t
block_size(const struct pcapng *g, const struct bytes *b, uint32_t type,
    struct capfault *fault)
{
	uint32_t n = get32(g, b, 4);

	if (n < least_size(type)) {
		snprintf(fault->text, sizeof fault->text, "a block of type "
		    "%lu and %lu bytes", (unsigned long)type,
		    (unsigned long)n);
		return 0;
	}
	return ((size_t)n + 3) / 4 * 4;
}

static bool
check_trailer(const struct pcapng *g, const struct bytes *b, size_t size,
    struct capfault *fault)
{
	if (get32(g, b, size - 4) == get32(g, b, 4))
		return true;
	snprintf(fault->text, sizeof fault->text, "the lengths at both ends "
	    "of a block differ: %lu and %lu",
	    (unsigned long)get32(g, b, 4),
	    (unsigned long)get32(g, b, size - 4));
	return false;
}

/* What the block says; false for a fault.  body: without its last length, as
 * far as it is there. */
static bool
take_block(struct pcapng *g, uint32_t type, struct bytes body, size_t size,
    struct frame *f, struct capfault *fault)
{
	if (type == INTERFACE && g->n < INTERFACES_MOST)
		read_interface(g, body);
	if (type == PACKET_SIMPLE)
		return read_simple(g, body, size - SIMPLE_HEAD - 4, f, fault);
	if (type == PACKET || type == PACKET_OLD)
		return read_packet(g, type, body, size, f, fault);
	return true;
}

/* The type of the block that begins here and its size; 0: as block_size.  A
 * section's byte order is known before its size. */
static size_t
begin_block(struct pcapng *g, const struct bytes *b, uint32_t *type,
    struct capfault *fault)
{
	*type = bytes_be32(b, 0);
	if (b->n < (*type == SECTION ? SECTION_HEAD + 4U : 8U))
		return 0;
	if (*type == SECTION && !begin_section(g, b, fault))
		return 0;
	if (*type != SECTION)
		*type = get32(g, b, 0);
	return block_size(g, b, *type, fault);
}

size_t
pcapng_frames(struct pcapng *g, struct bytes *b, size_t room,
    struct frame *f, size_t most, struct capfault *fault)
{
	struct bytes body;
	size_t n = 0, size, there;
	uint32_t type;

	while (g->skip == 0 && b->n > 0) {
		size = begin_block(g, b, &type, fault);
		there = size < room ? size : room;
		g->at_frame = size > 0 && is_frame(type) && n == most;
		if (size == 0 || there > b->n || g->at_frame)
			break;
		body = *b;
		bytes_clip(&body, there == size ? size - 4 : there);
		if ((there == size && !check_trailer(g, b, size, fault)) ||
		    !take_block(g, type, body, size, &f[n], fault))
			break;
		n += is_frame(type);
		bytes_skip(b, there);
		g->skip = size - there;
	}
	if (n > 0)		/* a fault shows again next time */
		fault->text[0] = '\0';
	return n;
}
