/*
 * shapes: writes a capture of one shape, for measuring.  Always the same
 * bytes.
 *
 *	shapes SHAPE PACKETS >capture
 *
 * mix: a third as many flows as packets, 80 % of them of one packet, and
 * half of the packets in 5,000 long flows; 1,400 packets/s.
 * campus: a twelfth as many flows as packets, likewise.
 * flood: each packet a flow of its own; 100,000 packets/s.
 * elephant: one flow.
 * small: frames of 60 bytes (64 with the checksum) in 65,536 flows.
 */
#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONG = 5000, SHORT = 4096, SMALL = 65536, HEADERS = 42 };

struct ends {
	uint32_t src, dst;
	uint16_t sport, dport;
	unsigned left;		/* packets to come */
	unsigned size;
};

static uint64_t state = 1;

/* splitmix64 */
static uint64_t
draw(void)
{
	uint64_t z = state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

static unsigned
below(unsigned n)
{
	return (unsigned)(draw() % n);
}

static void
put16(uint8_t *p, unsigned v)
{
	p[0] = (uint8_t)(v >> 8);
	p[1] = (uint8_t)v;
}

static void
put32(uint8_t *p, uint32_t v)
{
	put16(p, v >> 16);
	put16(p + 2, v & 0xffff);
}

static void
write_all(const void *p, size_t n)
{
	if (fwrite(p, 1, n, stdout) != n)
		err(1, "<stdout>");
}

static void
write_head(void)
{
	uint32_t head[6] = {0xa1b2c3d4, 4 << 16 | 2, 0, 0, 65535, 1};

	write_all(head, sizeof head);
}

/* Ethernet, IPv4, UDP, and a payload that looks like Skype's. */
static void
write_packet(uint64_t us, const struct ends *e, unsigned turned,
    unsigned size)
{
	static uint8_t frame[HEADERS + 2048];
	uint32_t head[4] = {
		(uint32_t)(1200000000 + us / 1000000),
		(uint32_t)(us % 1000000), HEADERS + size, HEADERS + size
	};
	uint64_t word;

	put16(frame + 12, 0x0800);
	memcpy(frame + 14, "\x45\0\0\0\0\0\0\0\x40\x11\0\0", 12);
	put16(frame + 16, 28 + size);
	put32(frame + 26, turned ? e->dst : e->src);
	put32(frame + 30, turned ? e->src : e->dst);
	put16(frame + 34, turned ? e->dport : e->sport);
	put16(frame + 36, turned ? e->sport : e->dport);
	put16(frame + 38, 8 + size);
	put16(frame + 40, 0);
	for (unsigned i = 0; i < size; i += 8) {
		word = draw();
		memcpy(frame + HEADERS + i, &word, 8);
	}
	frame[HEADERS + 2] = size > 60 ? 0x0d : 0x02;
	write_all(head, sizeof head);
	write_all(frame, HEADERS + size);
}

/* One end is in 10.0.0.0/8. */
static struct ends
new_ends(void)
{
	uint64_t v = draw();

	return (struct ends){
		10u << 24 | (uint32_t)(v & 0x7ff), 0x20000000 |
		(uint32_t)(v >> 11 & 0x1fffffff),
		(uint16_t)(1024 + (v >> 40 & 0x7fff)), (uint16_t)(v >> 48),
		2 + below(5), 18 + below(44)
	};
}

/* Of 1,000 packets so many are of long flows, and so many flows of their
 * own. */
static void
blend(uint64_t packets, unsigned in_long, unsigned alone)
{
	static struct ends big[LONG], brief[SHORT];
	struct ends one, *e;

	for (int i = 0; i < LONG; i++) {
		big[i] = new_ends();
		big[i].size = 64 + below(240);
	}
	for (uint64_t i = 0; i < packets; i++) {
		unsigned kind = below(1000);

		if (kind < in_long) {
			e = &big[below(LONG)];
			write_packet(i * 714, e, below(2),
			    e->size + below(21));
		} else if (kind < in_long + alone) {
			one = new_ends();
			write_packet(i * 714, &one, 0, one.size);
		} else {
			e = &brief[below(SHORT)];
			if (e->left == 0)
				*e = new_ends();
			e->left--;
			write_packet(i * 714, e, e->left & 1, e->size);
		}
	}
}

static void
mix(uint64_t packets)
{
	blend(packets, 500, 254);
}

static void
campus(uint64_t packets)
{
	blend(packets, 872, 64);
}

static void
flood(uint64_t packets)
{
	struct ends one;

	for (uint64_t i = 0; i < packets; i++) {
		one = new_ends();
		one.src = (uint32_t)draw();
		write_packet(i * 10, &one, 0, one.size);
	}
}

static void
elephant(uint64_t packets)
{
	struct ends one = new_ends();

	for (uint64_t i = 0; i < packets; i++)
		write_packet(i * 100, &one, below(4) == 0, 512);
}

static void
small(uint64_t packets)
{
	static struct ends e[SMALL];

	for (int i = 0; i < SMALL; i++)
		e[i] = new_ends();
	for (uint64_t i = 0; i < packets; i++)
		write_packet(i * 10, &e[below(SMALL)], below(2), 18);
}

int
main(int argc, char **argv)
{
	static const struct {
		const char *name;
		void (*write)(uint64_t);
	} shape[] = {
		{"mix", mix}, {"campus", campus}, {"flood", flood},
		{"small", small}, {"elephant", elephant}
	};
	char *end;
	uint64_t packets = argc == 3 ? strtoull(argv[2], &end, 10) : 0;

	if (packets > UINT32_MAX || (packets > 0 && *end != '\0'))
		packets = 0;
	for (size_t i = 0; i < sizeof shape / sizeof *shape; i++) {
		if (packets == 0 || strcmp(argv[1], shape[i].name) != 0)
			continue;
		write_head();
		shape[i].write(packets);
		if (fclose(stdout) != 0)
			err(1, "<stdout>");
		return 0;
	}
	errx(2, "usage: shapes mix|campus|flood|small|elephant packets");
}
