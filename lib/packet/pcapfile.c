#include "packet/pcapfile.h"

#include <stdio.h>
#include <string.h>

#include "base/fetch.h"
#include "base/num.h"
#include "packet/linktype.h"

/* As this machine writes them. */
#define MAGIC_MICRO UINT32_C(0xa1b2c3d4)
#define MAGIC_NANO UINT32_C(0xa1b23c4d)
#define MAGIC_MODIFIED UINT32_C(0xa1b2cd34)

enum { MODIFIED_RECORD = 24 };

static uint32_t
swap32(uint32_t v)
{
	return v >> 24 | (v >> 8 & 0xff00) | (v << 8 & 0xff0000) | v << 24;
}

static uint16_t
swap16(uint16_t v)
{
	return (uint16_t)(v >> 8 | v << 8);
}

static bool
is_magic(uint32_t v)
{
	return v == MAGIC_MICRO || v == MAGIC_NANO || v == MAGIC_MODIFIED;
}

bool
pcapfile_is(const struct bytes *b)
{
	return is_magic(bytes_be32(b, 0)) || is_magic(bytes_le32(b, 0));
}

/* Old files of the versions 543.0 and the like are not met any more. */
static bool
check_version(struct pcapfile *f, const uint16_t version[2],
    struct capfault *fault)
{
	f->old = version[1] < 4;
	if (version[0] == 2 && version[1] <= 4)
		return true;
	snprintf(fault->text, sizeof fault->text,
	    "pcap version %u.%u is not known, only 2.0 to 2.4",
	    version[0], version[1]);
	return false;
}

bool
pcapfile_begin(struct pcapfile *f, const struct bytes *b,
    struct capfault *fault)
{
	uint32_t magic, link;
	uint16_t version[2];

	memcpy(&magic, b->p, sizeof magic);
	memcpy(version, b->p + 4, sizeof version);
	memcpy(&link, b->p + 20, sizeof link);
	f->swapped = !is_magic(magic);
	if (f->swapped) {
		magic = swap32(magic);
		link = swap32(link);
		version[0] = swap16(version[0]);
		version[1] = swap16(version[1]);
	}
	f->unit_ns = magic == MAGIC_NANO ? 1 : 1000;
	f->record = magic == MAGIC_MODIFIED ? MODIFIED_RECORD :
	    PCAPFILE_RECORD;
	f->link = linktype_dlt(link & 0x3ffffff);
	if (!check_version(f, version, fault))
		return false;
	f->odd = f->swapped || f->old || f->record != PCAPFILE_RECORD;
	return true;
}

/* Until version 2.3 the length on the wire stood before the captured one; of
 * 2.3 there are both. */
static void
set_straight(const struct pcapfile *f, uint32_t head[4])
{
	uint32_t v;

	for (int i = 0; i < 4 && f->swapped; i++)
		head[i] = swap32(head[i]);
	if (f->old && head[2] > head[3]) {
		v = head[2];
		head[2] = head[3];
		head[3] = v;
	}
}

/* A frame of no bytes at such a time is the head of another file, which cat
 * has put behind this one. */
static bool
is_head(const uint32_t head[4])
{
	return head[2] == 0 &&
	    (is_magic(head[0]) || is_magic(swap32(head[0])));
}

static void
refuse_record(const uint32_t head[4], struct capfault *fault)
{
	uint32_t captured = head[2];

	if (is_head(head)) {
		snprintf(fault->text, sizeof fault->text,
		    "another capture begins here: name both, cat joins none");
		return;
	}
	snprintf(fault->text, sizeof fault->text,
	    "invalid packet capture length %lu, more than %d",
	    (unsigned long)captured, FRAME_MOST);
}

/* A head tells where the next one is: what is some frames further is asked for
 * meanwhile, as it comes. */
enum { AHEAD = 1024 };

size_t
pcapfile_frames(const struct pcapfile *f, struct bytes *b,
    struct frame *frame, size_t most, struct capfault *fault)
{
	uint32_t head[4];		/* seconds, parts, captured, length */
	size_t n = 0;

	for (; n < most && b->n >= f->record; n++, frame++) {
		fetch_soon(b->p + AHEAD, 2 * FETCH_LINE);
		memcpy(head, b->p, sizeof head);
		if (f->odd)
			set_straight(f, head);
		if (head[2] > FRAME_MOST || is_head(head)) {
			if (n == 0)
				refuse_record(head, fault);
			break;
		}
		if (head[2] > b->n - f->record)
			break;
		frame->t_ns = head[0] * NS_PER_S +
		    (int64_t)head[1] * f->unit_ns;
		frame->data = b->p + f->record;
		frame->caplen = head[2];
		frame->len = head[3] > head[2] ? head[3] : head[2];
		frame->link = f->link;
		bytes_skip(b, f->record + head[2]);
	}
	return n;
}
