#define _DEFAULT_SOURCE		/* for the types that pcap.h needs */

#include "packet/capture.h"

#include <sys/stat.h>

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pcap/pcap.h>

#include "packet/bytes.h"
#include "packet/decode.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/progress.h"
#include "packet/decompress.h"

enum {
	FILE_HEAD = 24, RECORD_HEAD = 16,	/* of a pcap file */
	DIRECT_MOST = 1 << 16		/* bytes of a frame */
};

static const char stdin_name[] = "<stdin>";

struct capture {
	struct capture_want want;
	char *const *operand;	/* the next */
	bool opened;
	char *line;		/* of the list */
	size_t line_cap;
	const char *name;	/* of the capture in hand */
	struct decompress *source;
	pcap_t *pcap;
	struct bpf_program filter;
	int link;
	uint32_t snaplen;	/* frames are not longer in memory */
	bool plain;		/* records have the usual head */
	bool direct;		/* … in this machine's byte order … */
	uint32_t unit_ns;	/* … with times in these units */
	uint64_t place;		/* where the next record begins, if plain */
	uint64_t done, size;	/* bytes of files behind us; of all */
	unsigned decimals;
	int status;
};

static uint32_t
get32(const struct bytes *b, size_t at, bool big)
{
	return big ? bytes_be32(b, at) : bytes_le32(b, at);
}

/* The exponent of an interface's clock, or 6: option 9 of the block. */
static unsigned
clock_of_interface(struct bytes b, bool big)
{
	uint32_t head;
	unsigned code, length, base;

	bytes_skip(&b, 16);
	while (b.n >= 4) {
		head = get32(&b, 0, big);
		code = big ? head >> 16 : head & 0xffff;
		length = big ? head & 0xffff : head >> 16;
		base = bytes_u8(&b, 4);
		if (code == 0)
			break;
		if (code == 9 && length == 1)
			return base & 0x80 ? (base & 0x7f) * 3 / 10 : base;
		bytes_skip(&b, 4);
		if (!bytes_skip(&b, (length + 3) / 4 * 4))
			break;
	}
	return 6;
}

/* Of a pcapng file, from the first interface described in its head. */
static unsigned
clock_of_pcapng(struct bytes b)
{
	bool big = bytes_be32(&b, 8) == 0x1a2b3c4d;
	struct bytes block;

	while (b.n >= 12) {
		block = b;
		bytes_clip(&block, get32(&b, 4, big));
		if (get32(&b, 0, big) == 1) {
			bytes_clip(&block, block.n - (block.n >= 4 ? 4 : 0));
			return clock_of_interface(block, big);
		}
		if (block.n < 12 || !bytes_skip(&b, block.n))
			break;
	}
	return 6;
}

static unsigned
decimals_of(const struct bytes *head)
{
	switch (bytes_be32(head, 0)) {
	case 0xa1b23c4d:
	case 0x4d3cb2a1:
		return 9;
	case 0x0a0d0d0a:
		return clock_of_pcapng(*head) > 6 ? 9 : 6;
	}
	return 6;
}

static bool
is_plain(const struct bytes *head)
{
	switch (bytes_be32(head, 0)) {
	case 0xa1b2c3d4:
	case 0xd4c3b2a1:
	case 0xa1b23c4d:
	case 0x4d3cb2a1:
		return true;
	}
	return false;
}

/* Can records be read here, without libpcap?  The usual head, in this
 * machine's byte order, of version 2.4. */
static bool
is_direct(const struct bytes *head, uint32_t *unit_ns)
{
	uint32_t magic;
	uint16_t version[2];

	if (head->n < FILE_HEAD)
		return false;
	memcpy(&magic, head->p, sizeof magic);
	memcpy(version, head->p + 4, sizeof version);
	*unit_ns = magic == 0xa1b23c4d ? 1 : 1000;
	return (magic == 0xa1b2c3d4 || magic == 0xa1b23c4d) &&
	    version[0] == 2 && version[1] == 4;
}

static bool
is_capture(const struct bytes *head)
{
	return is_plain(head) || bytes_be32(head, 0) == 0x0a0d0d0a;
}

/* Where the stream stands, for records whose size cannot be told. */
static uint64_t
told(const struct capture *c)
{
	off_t at = ftello(decompress_stream(c->source));

	return at == -1 ? c->place : (uint64_t)at;
}

/* Regular files only; 0 if there is anything else. */
static uint64_t
size_of_files(char *const *files)
{
	uint64_t sum = 0;
	struct stat st;
	int r;

	for (; *files != NULL; files++) {
		r = strcmp(*files, "-") == 0 ? fstat(0, &st) :
		    stat(*files, &st);
		if (r == -1 || !S_ISREG(st.st_mode))
			return 0;
		sum += (uint64_t)st.st_size;
	}
	return sum;
}

/* That a filter does not suit the first capture is the user's mistake; that
 * it does not suit the link of a later one is that capture's. */
static bool
compile(struct capture *c)
{
	if (c->want.filter == NULL || pcap_compile(c->pcap, &c->filter,
	    c->want.filter, 1, PCAP_NETMASK_UNKNOWN) == 0)
		return true;
	if (!c->opened)
		errx(2, "filter \"%s\": %s", c->want.filter,
		    pcap_geterr(c->pcap));
	warnx("%s: filter \"%s\": %s", c->name, c->want.filter,
	    pcap_geterr(c->pcap));
	return false;
}

static void
close_one(struct capture *c)
{
	pcap_freecode(&c->filter);	/* nothing, if none was compiled */
	pcap_close(c->pcap);		/* closes the stream too */
	c->pcap = NULL;
	if (c->source == NULL)
		return;
	c->done += decompress_bytes(c->source);
	if (!decompress_close(c->source))
		c->status = 1;
	c->source = NULL;
}

/* Is this capture one that decode reads? */
static bool
check_link(struct capture *c)
{
	const char *text;

	c->link = pcap_datalink(c->pcap);
	if (decode_knows(c->link))
		return true;
	text = pcap_datalink_val_to_name(c->link);
	warnx("%s: unsupported link type %d (%s)", c->name, c->link,
	    text != NULL ? text : "which has no name");
	return false;
}

/* Records of the common kind are taken past the stream, so it must not read
 * ahead; for all others it should, for libpcap asks for a few bytes at a
 * time. */
static void
choose_way(struct capture *c)
{
	struct bytes head;

	do
		head.p = decompress_waiting(c->source, &head.n);
	while (head.n < FILE_HEAD && decompress_fill(c->source));
	c->direct = is_direct(&head, &c->unit_ns);
	if (!c->direct)
		decompress_read_ahead(c->source);
}

static bool
open_pcap(struct capture *c)
{
	char why[PCAP_ERRBUF_SIZE];
	FILE *stream = decompress_stream(c->source);
	struct bytes head;

	choose_way(c);
	c->pcap = pcap_fopen_offline_with_tstamp_precision(stream,
	    PCAP_TSTAMP_PRECISION_NANO, why);
	head.p = decompress_head(c->source, &head.n);
	if (c->pcap == NULL) {
		if (is_capture(&head))
			warnx("%s: byte 0: %s", c->name, why);
		else
			warnx("%s: not a capture: %s", c->name, why);
		fclose(stream);
		decompress_close(c->source);
		c->source = NULL;
		return false;
	}
	c->plain = is_plain(&head);
	c->place = c->plain ? FILE_HEAD : told(c);
	c->snaplen = (uint32_t)pcap_snapshot(c->pcap);
	if (!c->opened)
		c->decimals = decimals_of(&head);
	return true;
}

/* path: NULL is stdin. */
static bool
open_one(struct capture *c, const char *path)
{
	c->name = path != NULL ? path : stdin_name;
	c->source = decompress_open(path, c->name);
	if (c->source == NULL || !open_pcap(c))
		return false;
	if (check_link(c) && compile(c))
		return true;
	close_one(c);
	return false;
}

/* The next name of the list on stdin; NULL at its end. */
static const char *
next_of_list(struct capture *c)
{
	ssize_t n;

	do {
		n = getline(&c->line, &c->line_cap, stdin);
		if (n == -1 && ferror(stdin))
			err(1, "%s", stdin_name);
		if (n == -1)
			return NULL;
		if (n > 0 && c->line[n - 1] == '\n')
			c->line[n - 1] = '\0';
	} while (c->line[0] == '\0');
	return c->line;
}

/* The next file that can be opened. */
static bool
open_next(struct capture *c)
{
	const char *path;
	bool good = false;

	while (!good) {
		if (c->want.list)
			path = next_of_list(c);
		else
			path = *c->operand != NULL ? *c->operand++ : NULL;
		if (path == NULL)
			return false;
		if (!c->want.list && strcmp(path, "-") == 0)
			path = NULL;
		progress_clear();
		good = open_one(c, path);
		if (!good)
			c->status = 1;
	}
	c->opened = true;
	return true;
}

struct capture *
capture_open(const struct capture_want *want)
{
	static char dash[] = "-", *only_stdin[] = { dash, NULL };
	struct capture *c = mem_alloc(1, sizeof(*c));

	c->want = *want;
	c->decimals = 6;
	c->operand = want->files;
	if (c->operand == NULL || *c->operand == NULL)
		c->operand = only_stdin;
	if (!want->list)
		c->size = size_of_files(c->operand);
	if (!open_next(c)) {
		if (c->status == 0)
			warnx("%s: no file names", stdin_name);
		exit(1);
	}
	return c;
}

/* Seconds of a pcap file are 32 bits without a sign, which libpcap does not
 * know; what does not fit 64 bits of nanoseconds is held at their end. */
static int64_t
time_of(const struct timeval *tv, bool nano)
{
	int64_t s = tv->tv_sec, ns = nano ? tv->tv_usec : tv->tv_usec * 1000;

	if (s < 0 && s >= INT32_MIN)
		s += INT64_C(1) << 32;
	if (s < 0)
		return 0;
	if (ns < 0)
		ns = 0;
	if (s >= INT64_MAX / NS_PER_S - 10 || ns > 9 * NS_PER_S)
		return INT64_MAX - 1;
	return s * NS_PER_S + ns;
}

static void
fill(const struct capture *c, const struct pcap_pkthdr *head,
    const u_char *data, struct frame *f)
{
	f->t_ns = time_of(&head->ts, pcap_get_tstamp_precision(c->pcap) ==
	    PCAP_TSTAMP_PRECISION_NANO);
	f->data = data;
	f->caplen = head->caplen;
	f->len = head->len > head->caplen ? head->len : head->caplen;
	f->link = c->link;
}

/* A record longer than the file's snap length is shortened by libpcap. */
static void
go_on(struct capture *c, const struct pcap_pkthdr *head)
{
	if (c->plain && head->caplen < c->snaplen)
		c->place += RECORD_HEAD + head->caplen;
	else
		c->place = told(c);
}

static void
report_damage(struct capture *c)
{
	c->status = 1;
	progress_clear();
	warnx("%s: byte %ju: %s", c->name, (uintmax_t)c->place,
	    pcap_geterr(c->pcap));
}

static bool
passes(const struct capture *c, const struct pcap_pkthdr *head,
    const uint8_t *data)
{
	return c->want.filter == NULL ||
	    pcap_offline_filter(&c->filter, head, data) != 0;
}

/* The next frame of the capture in hand, by libpcap. */
static bool
next_of_one(struct capture *c, struct frame *f)
{
	struct pcap_pkthdr *head;
	const u_char *data;
	int r;

	while ((r = pcap_next_ex(c->pcap, &head, &data)) == 1) {
		go_on(c, head);
		if (!passes(c, head, data))
			continue;
		fill(c, head, data, f);
		return true;
	}
	if (r == PCAP_ERROR)
		report_damage(c);
	return false;
}

/* The record that begins at p, of n bytes that are there: its size, or 0 if
 * it is not whole, or out of the ordinary: then libpcap is to look at it. */
static size_t
direct_record(const struct capture *c, const uint8_t *p, size_t n,
    struct frame *f)
{
	uint32_t head[4];		/* seconds, parts, captured, length */

	if (n < RECORD_HEAD)
		return 0;
	memcpy(head, p, sizeof head);
	if (head[1] >= NS_PER_S / c->unit_ns || head[2] > c->snaplen ||
	    head[2] > DIRECT_MOST || head[2] > n - RECORD_HEAD)
		return 0;
	f->t_ns = head[0] * NS_PER_S + head[1] * c->unit_ns;
	f->data = p + RECORD_HEAD;
	f->caplen = head[2];
	f->len = head[3] > head[2] ? head[3] : head[2];
	f->link = c->link;
	return RECORD_HEAD + head[2];
}

static bool
direct_passes(const struct capture *c, const struct frame *f)
{
	struct pcap_pkthdr head = {.caplen = f->caplen, .len = f->len};

	return passes(c, &head, f->data);
}

/* Frames that lie in the source's buffer, with one look into it; 0 if there
 * are none. */
static size_t
direct_frames(struct capture *c, struct frame *f, size_t most)
{
	size_t n, size, at = 0, frames = 0;
	const uint8_t *p = decompress_waiting(c->source, &n);

	while (frames < most &&
	    (size = direct_record(c, p + at, n - at, &f[frames])) > 0) {
		at += size;
		frames += direct_passes(c, &f[frames]);
	}
	decompress_take(c->source, at);
	c->place += at;
	return frames;
}

/* Is the record that comes next not all there? */
static bool
is_cut_off(const struct capture *c)
{
	uint32_t captured;
	size_t n;
	const uint8_t *p = decompress_waiting(c->source, &n);

	if (n < RECORD_HEAD)
		return true;
	memcpy(&captured, p + 8, sizeof captured);
	return captured <= DIRECT_MOST && captured > n - RECORD_HEAD;
}

size_t
capture_frames(struct capture *c, struct frame *f, size_t most)
{
	size_t n;

	while (c->pcap != NULL || open_next(c)) {
		if (c->direct) {
			n = direct_frames(c, f, most);
			if (n > 0)
				return n;
			if (is_cut_off(c) && decompress_fill(c->source))
				continue;
		}
		if (next_of_one(c, f))
			return 1;
		close_one(c);
	}
	return 0;
}

bool
capture_next(struct capture *c, struct frame *f)
{
	return capture_frames(c, f, 1) == 1;
}

unsigned
capture_decimals(const struct capture *c)
{
	return c->decimals;
}

uint64_t
capture_bytes(const struct capture *c)
{
	return c->done + (c->source ? decompress_bytes(c->source) : 0);
}

uint64_t
capture_size(const struct capture *c)
{
	return c->size;
}

int
capture_close(struct capture *c)
{
	int status;

	if (c->pcap != NULL)
		close_one(c);
	status = c->status;
	free(c->line);
	free(c);
	return status;
}
