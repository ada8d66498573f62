#include "packet/capfile.h"

#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/progress.h"
#include "packet/decompress.h"
#include "packet/pcapfile.h"
#include "packet/pcapng.h"

struct capfile {
	const char *name;
	struct decompress *source;
	bool is_ng;
	struct pcapfile pcap;
	struct pcapng ng;
	uint64_t place;		/* of the record or block that comes next */
	uint64_t skipping;	/* place of the block that is passed over */
	bool damaged;
};

/* Files that people take for captures, by their first bytes. */
static const struct {
	const char *magic;
	size_t n;
	const char *name;
} foreign[] = {
	{ "snoop\0\0\0", 8, "a snoop file" },
	{ "btsnoop\0", 8, "a Bluetooth snoop file" },
	{ "GMBU", 4, "a Network Monitor file" },
	{ "RTSS", 4, "a Network Monitor file" },
	{ "TRSNIFF data    \x1a", 17, "a Sniffer file" },
	{ "XCP\0", 4, "a NetXRay file" },
	{ "iptrace ", 8, "an iptrace file" },
	{ "\x0a\x0d\x0d\x0a", 4, "a pcapng file that is cut" },
	{ "PK\3\4", 4, "a zip archive" },
	{ "7z\xbc\xaf\x27\x1c", 6, "a 7z archive" },
	{ "#cid\t", 5, "a file of flow records" },
};

/* ERF has no magic number: a record has its time in 8 bytes, its type, flags,
 * and lengths, and the next begins no earlier. */
static bool
looks_like_erf(const struct bytes *b)
{
	size_t size = bytes_be16(b, 10);
	unsigned type = bytes_u8(b, 8) & 0x7f;

	if (b->n < 16 || type == 0 || type > 48 || size < 16)
		return false;
	if (b->n == size)
		return true;
	return b->n >= size + 16 && bytes_be16(b, size + 10) >= 16 &&
	    (bytes_u8(b, size + 8) & 0x7f) - 1U < 48 &&
	    bytes_le32(b, size + 4) - bytes_le32(b, 4) < 3600;
}

static void
refuse_foreign(const struct capfile *c, const struct bytes *b)
{
	const char *is = NULL;

	for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++)
		if (b->n >= foreign[i].n &&
		    memcmp(b->p, foreign[i].magic, foreign[i].n) == 0)
			is = foreign[i].name;
	if (is == NULL && looks_like_erf(b))
		is = "an ERF file";
	if (pcapfile_is(b))
		warnx("%s: byte 0: truncated", c->name);
	else if (is != NULL)
		warnx("%s: not a capture: %s, which is not read", c->name, is);
	else
		warnx("%s: not a capture: unknown file format", c->name);
}

static struct bytes
waiting(const struct capfile *c)
{
	struct bytes b;

	b.p = decompress_waiting(c->source, &b.n);
	return b;
}

static void
take(struct capfile *c, size_t n)
{
	decompress_take(c->source, n);
	c->place += n;
}

static void
report_damage(struct capfile *c, uint64_t place, const char *what)
{
	const char *why = decompress_error(c->source);

	c->damaged = true;
	progress_clear();
	warnx("%s: byte %ju: %s", c->name, (uintmax_t)place,
	    why != NULL ? why : what);
}

/* Passes over what is left of a block that is too long to be whole in
 * memory. */
static bool
pass_over(struct capfile *c)
{
	size_t n;

	while (c->ng.skip > 0) {
		n = waiting(c).n;
		if (n == 0 && !decompress_fill(c->source)) {
			report_damage(c, c->skipping, "truncated block");
			return false;
		}
		if (n > c->ng.skip)
			n = (size_t)c->ng.skip;
		take(c, n);
		c->ng.skip -= n;
	}
	return true;
}

/* Frames that lie in memory already. */
static size_t
frames_at_hand(struct capfile *c, struct frame *f, size_t most,
    struct capfault *fault)
{
	struct bytes b = waiting(c);
	size_t n, before = b.n;

	if (!c->is_ng) {
		n = pcapfile_frames(&c->pcap, &b, f, most, fault);
	} else {
		n = pcapng_frames(&c->ng, &b, DECOMPRESS_ROOM, f, most, fault);
		c->skipping = c->place;
	}
	take(c, before - b.n);
	return n;
}

/* Up to the first frame, so that the first interface is known. */
static bool
begin_pcapng(struct capfile *c)
{
	struct capfault fault = {""};
	struct frame none = {0};

	pcapng_begin(&c->ng);
	c->is_ng = true;
	do {
		if (!pass_over(c))
			return false;
		frames_at_hand(c, &none, 0, &fault);
		if (c->ng.first_link != -1 || c->ng.at_frame)
			return true;
		if (fault.text[0] != '\0') {
			report_damage(c, c->place, fault.text);
			return false;
		}
	} while (c->ng.skip > 0 || decompress_fill(c->source));
	if (c->ng.open && waiting(c).n == 0 &&
	    decompress_error(c->source) == NULL)
		return true;
	report_damage(c, c->place, "truncated");
	return false;
}

static bool
begin_pcap(struct capfile *c, const struct bytes *head)
{
	struct capfault fault = {""};

	if (!pcapfile_begin(&c->pcap, head, &fault)) {
		warnx("%s: byte 4: %s", c->name, fault.text);
		return false;
	}
	take(c, PCAPFILE_HEAD);
	return true;
}

/* Which format?  More than a head is waited for only where that tells what
 * else the file is. */
static bool
begin_any(struct capfile *c)
{
	struct bytes b = waiting(c);

	while (b.n < PCAPFILE_HEAD && decompress_fill(c->source))
		b = waiting(c);
	if (pcapng_is(&b) && b.n >= PCAPFILE_HEAD)
		return begin_pcapng(c);
	if (pcapfile_is(&b) && b.n >= PCAPFILE_HEAD)
		return begin_pcap(c, &b);
	if (decompress_error(c->source) != NULL)
		warnx("%s: %s", c->name, decompress_error(c->source));
	else
		refuse_foreign(c, &b);
	return false;
}

struct capfile *
capfile_open(const char *path, const char *name)
{
	struct capfile *c = mem_alloc(1, sizeof *c);

	c->name = name;
	c->source = decompress_open(path, name);
	if (c->source != NULL && begin_any(c))
		return c;
	capfile_close(c);
	return NULL;
}

size_t
capfile_frames(struct capfile *c, struct frame *f, size_t most)
{
	struct capfault fault = {""};
	size_t n;

	while (!c->damaged && pass_over(c)) {
		n = frames_at_hand(c, f, most, &fault);
		if (n > 0)
			return n;
		if (fault.text[0] != '\0') {
			report_damage(c, c->place, fault.text);
			break;
		}
		if (c->ng.skip > 0 || decompress_fill(c->source))
			continue;
		if (waiting(c).n > 0 || decompress_error(c->source) != NULL)
			report_damage(c, c->place, "truncated");
		break;
	}
	return 0;
}

bool
capfile_ready(const struct capfile *c, int wait_ms)
{
	return decompress_ready(c->source, wait_ms);
}

int
capfile_link(const struct capfile *c)
{
	return c->is_ng ? c->ng.first_link : c->pcap.link;
}

bool
capfile_mixes_links(const struct capfile *c)
{
	return c->is_ng;
}

unsigned
capfile_decimals(const struct capfile *c)
{
	if (c->is_ng)
		return c->ng.decimals;
	return c->pcap.unit_ns == 1 ? 9 : 6;
}

uint64_t
capfile_bytes(const struct capfile *c)
{
	return decompress_bytes(c->source);
}

bool
capfile_close(struct capfile *c)
{
	bool good = !c->damaged;

	pcapng_end(&c->ng);
	if (c->source != NULL)
		good = decompress_close(c->source) && good;
	free(c);
	return good;
}
