#include "flow/hist.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/num.h"

enum { FIRST_CAP = 4, FEW_CAP = 32 };

_Static_assert(LIMIT_LENGTH <= HIST_PART_MAX(HIST_MEAN_BITS) &&
    LIMIT_LENGTH / 2 <= HIST_PART_MAX(HIST_SD_BITS),
    "mean and deviation of any lengths fit a key");

static uint64_t
clamp_to_bits(uint64_t v, unsigned bits)
{
	return v < HIST_PART_MAX(bits) ? v : HIST_PART_MAX(bits);
}

uint64_t
hist_win_key(uint64_t mean, uint64_t sd, uint64_t gap_ms)
{
	return clamp_to_bits(mean, HIST_MEAN_BITS) <<
	    (HIST_SD_BITS + HIST_GAP_BITS) |
	    clamp_to_bits(sd, HIST_SD_BITS) << HIST_GAP_BITS |
	    clamp_to_bits(gap_ms, HIST_GAP_BITS);
}

void
hist_win_parts(uint64_t key, uint32_t *mean, uint32_t *sd, uint32_t *gap_ms)
{
	*mean = (uint32_t)(key >> (HIST_SD_BITS + HIST_GAP_BITS));
	*sd = (uint32_t)(key >> HIST_GAP_BITS & HIST_PART_MAX(HIST_SD_BITS));
	*gap_ms = (uint32_t)(key & HIST_PART_MAX(HIST_GAP_BITS));
}

/*
 * Memory.
 */

void
hist_free(struct hist *h)
{
	free(h->slot);
	*h = (struct hist){0};
}

void
hist_empty(struct hist *h)
{
	if (h->cap > FEW_CAP) {
		hist_free(h);
		return;
	}
	if (h->used > 0)
		memset(h->slot, 0, h->cap * sizeof *h->slot);
	h->used = 0;
	h->more = 0;
}

/* One key for all histograms of the run, made before the first has a slot:
 * each that is filled in some thread was enlarged before.  Whoever sends
 * packets or writes records chooses what they count. */
static struct hash_line_key hash_key;
static pthread_once_t hash_key_made = PTHREAD_ONCE_INIT;

static void
make_hash_key(void)
{
	hash_key = hash_random_line_key();
}

/* The slot of the key, or the free one where it would go. */
static struct hist_bin *
slot_of_key(const struct hist *h, uint64_t key)
{
	uint32_t mask = h->cap - 1;
	uint32_t i = hash_word(&hash_key, key);

	while (h->slot[i & mask].n != 0 && h->slot[i & mask].key != key)
		i++;
	return &h->slot[i & mask];
}

static void
enlarge_table(struct hist *h)
{
	struct hist old = *h;

	pthread_once(&hash_key_made, make_hash_key);
	h->cap = old.cap ? old.cap * 2 : FIRST_CAP;
	h->slot = mem_alloc(h->cap, sizeof *h->slot);
	for (uint32_t i = 0; i < old.cap; i++)
		if (old.slot[i].n != 0)
			*slot_of_key(h, old.slot[i].key) = old.slot[i];
	free(old.slot);
}

void
hist_add_limited(struct hist *h, uint64_t key, uint64_t n, uint32_t most)
{
	struct hist_bin *bin;

	if (h->used >= h->cap / 4 * 3)
		enlarge_table(h);
	bin = slot_of_key(h, key);
	if (key == HIST_MORE || (bin->n == 0 && h->used >= most)) {
		h->more += n;
		return;
	}
	h->used += bin->n == 0;
	bin->key = key;
	bin->n += n;
}

void
hist_add(struct hist *h, uint64_t key, uint64_t n)
{
	hist_add_limited(h, key, n, UINT32_MAX);
}

static uint32_t
different_most(enum hist_form form)
{
	return form == HIST_WIN ? LIMIT_WINDOWS : UINT32_MAX;
}

bool
hist_parse(struct hist *h, enum hist_form form, const char *s, size_t n)
{
	struct hist_scan scan;
	struct hist_bin bin = {0};
	enum hist_step step;

	hist_scan(&scan, form, s, n);
	while ((step = hist_next(&scan, &bin)) == HIST_BIN)
		hist_add_limited(h, bin.key, bin.n, different_most(form));
	return step == HIST_END;
}

static void
join_sorted(struct hist *a, const struct hist *b, uint32_t most)
{
	struct hist_bin *bin = hist_sorted(b);

	for (uint32_t i = 0; i < b->used; i++)
		hist_add_limited(a, bin[i].key, bin[i].n, most);
	free(bin);
}

/* Where their number is limited, the order says which are left out; and keys of
 * a large table in the order of their slots pile up in a smaller one. */
void
hist_join(struct hist *a, const struct hist *b, enum hist_form form)
{
	uint32_t most = different_most(form);

	if (b->used > 0 && (most != UINT32_MAX || b->cap > FEW_CAP))
		join_sorted(a, b, most);
	else if (b->used > 0)
		for (uint32_t i = 0; i < b->cap; i++)
			if (b->slot[i].n != 0)
				hist_add(a, b->slot[i].key, b->slot[i].n);
	a->more += b->more;
}

static int
by_key(const void *a, const void *b)
{
	const struct hist_bin *x = a, *y = b;

	return (x->key > y->key) - (x->key < y->key);
}

struct hist_bin *
hist_sorted(const struct hist *h)
{
	struct hist_bin *bin = mem_resize(NULL, (size_t)h->used + 1,
	    sizeof *bin);
	size_t n = 0;

	for (uint32_t i = 0; i < h->cap; i++)
		if (h->slot[i].n != 0)
			bin[n++] = h->slot[i];
	if (n > 1)
		qsort(bin, n, sizeof *bin, by_key);
	return bin;
}

static void
write_key(struct out *o, uint64_t key, enum hist_form form)
{
	static const char digits[] = "0123456789abcdef";
	uint32_t mean, sd, gap;

	switch (form) {
	case HIST_DEC:
	case HIST_US:
		out_u64(o, key);
		break;
	case HIST_HEX:
		out_char(o, digits[key >> 4 & 15]);
		out_char(o, digits[key & 15]);
		break;
	case HIST_WIN:
		hist_win_parts(key, &mean, &sd, &gap);
		out_u64(o, mean);
		out_char(o, '/');
		out_u64(o, sd);
		out_char(o, '/');
		out_u64(o, gap);
		break;
	}
}

void
hist_write_bins(struct out *o, const struct hist_bin *bin, size_t n,
    enum hist_form form)
{
	if (n == 0)
		out_char(o, '-');
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			out_char(o, ',');
		write_key(o, bin[i].key, form);
		out_char(o, ':');
		out_u64(o, bin[i].n);
	}
}

void
hist_write(struct out *o, const struct hist *h, enum hist_form form)
{
	struct hist_bin *bin = hist_sorted(h);

	if (h->used > 0 || h->more == 0)
		hist_write_bins(o, bin, h->used, form);
	free(bin);
	if (h->more > 0) {
		out_str(o, h->used > 0 ? ",+" : "+");
		out_u64(o, h->more);
	}
}
