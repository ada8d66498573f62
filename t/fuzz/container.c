/*
 * Any bytes as a capture file, pcap or pcapng: its frames lie within it, have
 * lengths and times that can be, and are the same however the bytes arrive and
 * however many frames are asked for at once.
 *
 * The first byte says how they arrive, the second how many frames.
 */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "packet/decompress.h"
#include "packet/pcapfile.h"
#include "packet/pcapng.h"

enum { FRAMES = 32, STEPS = 48 };

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

struct reading {
	struct bytes all;
	size_t step, most, room;	/* so many bytes come at once; so many
					   frames are asked for; so many bytes
					   are in memory */
	bool is_ng;
	struct pcapfile pcap;
	struct pcapng ng;
	size_t place, seen, frames;
	uint64_t sum;			/* of all frames */
	struct capfault fault;
};

/* Chains a hash over the frames. */
static void
check_frame(struct reading *r, const struct frame *f, const struct bytes *b)
{
	static const struct hash_key fixed = {{0, 0}};
	int64_t head[5] = {f->t_ns, f->caplen, f->len, f->link};

	if (f->t_ns < 0 || f->caplen > FRAME_MOST || f->caplen > f->len ||
	    f->data < b->p || f->data + f->caplen > b->p + b->n)
		abort();
	memcpy(head + 4, &r->sum, sizeof r->sum);
	r->sum = hash_bytes(&fixed, head, sizeof head) ^
	    hash_bytes(&fixed, f->data, f->caplen);
	r->frames++;
}

/* What is in memory, in a block of its size. */
static struct bytes
waiting(const struct reading *r)
{
	size_t n = r->seen - r->place;
	uint8_t *p;

	n = n < r->room ? n : r->room;
	p = malloc(n > 0 ? n : 1);
	if (p == NULL)
		abort();
	memcpy(p, r->all.p + r->place, n);
	return (struct bytes){p, n};
}

/* Takes what it can off the bytes in memory. */
static void
take(struct reading *r, struct bytes *b)
{
	struct frame f[FRAMES];
	struct bytes whole = *b;
	size_t n;

	if (r->ng.skip > 0) {
		n = r->ng.skip < b->n ? (size_t)r->ng.skip : b->n;
		r->ng.skip -= n;
		bytes_skip(b, n);
		return;
	}
	if (r->is_ng)
		n = pcapng_frames(&r->ng, b, r->room, f, r->most, &r->fault);
	else
		n = pcapfile_frames(&r->pcap, b, f, r->most, &r->fault);
	if (n > r->most || b->n > whole.n)
		abort();
	for (size_t i = 0; i < n; i++)
		check_frame(r, &f[i], &whole);
}

static void
read_on(struct reading *r)
{
	struct bytes b;
	size_t before, frames;

	do {
		b = waiting(r);
		before = b.n;
		frames = r->frames;
		take(r, &b);
		r->place += before - b.n;
		free((void *)(uintptr_t)(b.p + b.n - before));
	} while (r->fault.text[0] == '\0' &&
	    (b.n < before || r->frames > frames));
}

static bool
begin(struct reading *r)
{
	struct capfault fault = {""};

	r->is_ng = pcapng_is(&r->all);
	pcapng_begin(&r->ng);
	if (r->is_ng)
		return true;
	r->place = PCAPFILE_HEAD;
	return pcapfile_is(&r->all) &&
	    pcapfile_begin(&r->pcap, &r->all, &fault);
}

static void
read_all(struct reading *r)
{
	if (!begin(r))
		return;
	r->seen = r->place;
	while (r->fault.text[0] == '\0' && r->seen < r->all.n) {
		r->seen = r->all.n - r->seen < r->step ? r->all.n :
		    r->seen + r->step;
		read_on(r);
	}
	pcapng_end(&r->ng);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct reading one = {.most = FRAMES, .room = DECOMPRESS_ROOM};
	struct reading other;

	if (n < 2 + PCAPFILE_HEAD)
		return 0;
	one.all = (struct bytes){data + 2, n - 2};
	one.step = one.all.n;
	other = one;
	other.step = one.all.n / STEPS + 1 + data[0] % 64u;
	other.most = 1 + data[1] % FRAMES;
	read_all(&one);
	read_all(&other);
	if (one.frames != other.frames || one.sum != other.sum ||
	    one.place != other.place ||
	    strcmp(one.fault.text, other.fault.text) != 0)
		abort();
	/* Where a block does not fit into memory, its frame is cut. */
	other = (struct reading){.all = one.all, .step = other.step,
	    .most = other.most, .room = 64 + data[0] * 4u};
	if (pcapng_is(&other.all))
		read_all(&other);
	return 0;
}
