#include "hist.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "num.h"

enum { FIRST_CAP = 4 };

static uint64_t
at_most(uint64_t v, unsigned bits)
{
	return v < HIST_PART_MAX(bits) ? v : HIST_PART_MAX(bits);
}

uint64_t
hist_win_key(uint64_t mean, uint64_t sd, uint64_t gap_ms)
{
	return at_most(mean, HIST_MEAN_BITS) << (HIST_SD_BITS + HIST_GAP_BITS) |
	    at_most(sd, HIST_SD_BITS) << HIST_GAP_BITS |
	    at_most(gap_ms, HIST_GAP_BITS);
}

void
hist_win_parts(uint64_t key, uint32_t *mean, uint32_t *sd, uint32_t *gap_ms)
{
	*mean = (uint32_t)(key >> (HIST_SD_BITS + HIST_GAP_BITS));
	*sd = (uint32_t)(key >> HIST_GAP_BITS & HIST_PART_MAX(HIST_SD_BITS));
	*gap_ms = (uint32_t)(key & HIST_PART_MAX(HIST_GAP_BITS));
}

/*
 * Text.
 */

void
hist_scan(struct hist_scan *h, enum hist_form form, const char *s, size_t n)
{
	*h = (struct hist_scan){s, s + n, form, false};
	if (n == 1 && *s == '-') {
		h->s = h->end;
		h->any = true;
	}
}

static bool
hex_key(const char *s, size_t n, uint64_t *key)
{
	static const char digits[] = "0123456789abcdef";

	*key = 0;
	for (size_t i = 0; i < n; i++) {
		const char *d = memchr(digits, s[i], 16);

		if (d == NULL)
			return false;
		*key = *key << 4 | (uint64_t)(d - digits);
	}
	return n == 2;
}

static bool
win_key(const char *s, size_t n, uint64_t *key)
{
	const char *end = s + n;
	const char *a = memchr(s, '/', n);
	const char *b = a ? memchr(a + 1, '/', (size_t)(end - a - 1)) : NULL;
	uint64_t mean, sd, gap;

	if (b == NULL ||
	    !num_u64(s, (size_t)(a - s), HIST_PART_MAX(HIST_MEAN_BITS), &mean) ||
	    !num_u64(a + 1, (size_t)(b - a - 1), HIST_PART_MAX(HIST_SD_BITS),
	    &sd) ||
	    !num_u64(b + 1, (size_t)(end - b - 1),
	    HIST_PART_MAX(HIST_GAP_BITS), &gap))
		return false;
	*key = hist_win_key(mean, sd, gap);
	return true;
}

static bool
any_key(enum hist_form form, const char *s, size_t n, uint64_t *key)
{
	switch (form) {
	case HIST_HEX:
		return hex_key(s, n, key);
	case HIST_WIN:
		return win_key(s, n, key);
	default:
		return num_u64(s, n, UINT32_MAX, key);
	}
}

enum hist_step
hist_next(struct hist_scan *h, struct hist_bin *bin)
{
	const char *s = h->s, *end, *colon;
	size_t n = (size_t)(h->end - s);

	if (n == 0)
		return h->any ? HIST_END : HIST_BAD;
	end = memchr(s, ',', n);
	if (end == NULL)
		end = h->end;
	n = (size_t)(end - s);
	colon = memchr(s, ':', n);
	if (colon != NULL) {
		if (!any_key(h->form, s, (size_t)(colon - s), &bin->key))
			return HIST_BAD;
	} else if (n > 0 && *s == '+' && h->form == HIST_WIN) {
		bin->key = HIST_MORE;
		colon = s;
	} else {
		return HIST_BAD;
	}
	if (!num_u64(colon + 1, (size_t)(end - colon - 1), HIST_COUNT_MAX,
	    &bin->n) || bin->n == 0)
		return HIST_BAD;
	/* A comma at the end leaves nothing behind it: bad the next time. */
	h->any = end == h->end;
	h->s = h->any ? end : end + 1;
	return HIST_BIN;
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

/* The slot of the key, or the free one where it would go. */
static struct hist_bin *
place(const struct hist *h, uint64_t key)
{
	uint32_t mask = h->cap - 1;
	uint32_t i = (uint32_t)(key * UINT64_C(0x9e3779b97f4a7c15) >> 32);

	while (h->slot[i & mask].n != 0 && h->slot[i & mask].key != key)
		i++;
	return &h->slot[i & mask];
}

static void
enlarge(struct hist *h)
{
	struct hist old = *h;

	h->cap = old.cap ? old.cap * 2 : FIRST_CAP;
	h->slot = mem_alloc(h->cap, sizeof *h->slot);
	for (uint32_t i = 0; i < old.cap; i++)
		if (old.slot[i].n != 0)
			*place(h, old.slot[i].key) = old.slot[i];
	free(old.slot);
}

void
hist_add_limited(struct hist *h, uint64_t key, uint64_t n, uint32_t most)
{
	struct hist_bin *bin;

	if (h->used >= h->cap / 4 * 3)
		enlarge(h);
	bin = place(h, key);
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

uint64_t
hist_count(const struct hist *h, uint64_t key)
{
	return h->used > 0 ? place(h, key)->n : 0;
}

static uint32_t
limit(enum hist_form form)
{
	return form == HIST_WIN ? HIST_WINDOWS : UINT32_MAX;
}

bool
hist_parse(struct hist *h, enum hist_form form, const char *s, size_t n)
{
	struct hist_scan scan;
	struct hist_bin bin;
	enum hist_step step;

	hist_scan(&scan, form, s, n);
	while ((step = hist_next(&scan, &bin)) == HIST_BIN)
		hist_add_limited(h, bin.key, bin.n, limit(form));
	return step == HIST_END;
}

void
hist_join(struct hist *a, const struct hist *b, enum hist_form form)
{
	const struct hist_bin *bin = hist_sorted(b);

	for (uint32_t i = 0; i < b->used; i++)
		hist_add_limited(a, bin[i].key, bin[i].n, limit(form));
	a->more += b->more;
}

static int
by_key(const void *a, const void *b)
{
	const struct hist_bin *x = a, *y = b;

	return (x->key > y->key) - (x->key < y->key);
}

const struct hist_bin *
hist_sorted(const struct hist *h)
{
	static struct hist_bin *bin;
	static size_t cap;
	size_t n = 0;

	bin = mem_grow(bin, &cap, h->used, sizeof *bin);
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
hist_write(struct out *o, const struct hist *h, enum hist_form form)
{
	const struct hist_bin *bin = hist_sorted(h);

	if (h->used == 0 && h->more == 0)
		out_char(o, '-');
	for (uint32_t i = 0; i < h->used; i++) {
		if (i > 0)
			out_char(o, ',');
		write_key(o, bin[i].key, form);
		out_char(o, ':');
		out_u64(o, bin[i].n);
	}
	if (h->more > 0) {
		out_str(o, h->used > 0 ? ",+" : "+");
		out_u64(o, h->more);
	}
}
