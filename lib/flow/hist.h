/*
 * hist: histograms as flow(5) writes them: `key:count,key:count,…`, rising,
 * `-` when there is no entry.
 *
 * Two ways to read one: hist_scan walks through the text, entry by entry,
 * without memory of its own; hist_parse adds the text to a struct hist.
 */
#ifndef HIST_H
#define HIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/limit.h"
#include "base/num.h"
#include "base/out.h"

/* How a key is written. */
enum hist_form {
	HIST_DEC,		/* decimal: payload lengths */
	HIST_US,		/* decimal, <= 2^53: gaps in microseconds */
	HIST_HEX,		/* two hex digits: functions */
	HIST_WIN		/* mean/sd/gap in decimal: voice windows */
};

struct hist_bin {
	uint64_t key;
	uint64_t n;
};

/* The key of a voice window and its parts.  Larger values are cut down to
 * the largest that fits: nothing that real packets can show. */
enum {
	HIST_MEAN_BITS = 20, HIST_SD_BITS = 19, HIST_GAP_BITS = 25
};
#define HIST_PART_MAX(bits) ((UINT64_C(1) << (bits)) - 1)

/* The key of what stands behind `+`: windows beyond the first
 * LIMIT_WINDOWS different ones. */
#define HIST_MORE UINT64_MAX

uint64_t hist_win_key(uint64_t mean, uint64_t sd, uint64_t gap_ms);
void hist_win_parts(uint64_t key, uint32_t *mean, uint32_t *sd,
    uint32_t *gap_ms);

/*
 * Walking through text.
 */
struct hist_scan {
	const char *s, *end;
	enum hist_form form;
	bool any;
};

enum hist_step { HIST_END, HIST_BIN, HIST_BAD };

static inline void hist_scan(struct hist_scan *, enum hist_form, const char *s,
    size_t n);

/* Sets *bin for HIST_BIN.  Counts are 1 to LIMIT_COUNT; keys need not
 * rise. */
static inline enum hist_step hist_next(struct hist_scan *, struct hist_bin *);

/*
 * Histograms in memory: a hash table of 16 bytes for each different key, at
 * a load of 3/8 to 3/4, with a random hash key.  All zero is an empty one.
 */
struct hist {
	struct hist_bin *slot;	/* n = 0: free */
	uint32_t cap;		/* a power of two, or 0 */
	uint32_t used;
	uint64_t more;		/* counted under HIST_MORE */
};

void hist_free(struct hist *);

/* Nothing is counted any more; little memory is kept for what will be. */
void hist_empty(struct hist *);

void hist_add(struct hist *, uint64_t key, uint64_t n);

/* As hist_add, but a new key beyond `most` different ones counts as more. */
void hist_add_limited(struct hist *, uint64_t key, uint64_t n, uint32_t most);

/* Adds all entries of text, in the order they stand there; false, with the
 * entries before it added, where it is malformed.  At most LIMIT_WINDOWS
 * different windows. */
bool hist_parse(struct hist *, enum hist_form, const char *s, size_t n);

/* Adds all of b to a, in rising order. */
void hist_join(struct hist *a, const struct hist *b, enum hist_form);

/* The entries in rising order, h->used of them; the caller frees them. */
struct hist_bin *hist_sorted(const struct hist *);

/* Bins that stand in rising order. */
void hist_write_bins(struct out *, const struct hist_bin *, size_t n,
    enum hist_form);

void hist_write(struct out *, const struct hist *, enum hist_form);

/*
 * What the walk is made of: here, so that a caller has the code of one form.
 */
static inline void
hist_scan(struct hist_scan *h, enum hist_form form, const char *s, size_t n)
{
	*h = (struct hist_scan){s, s + n, form, false};
	if (n == 1 && *s == '-') {
		h->s = h->end;
		h->any = true;
	}
}

/* These read a key at s and return where it ends, or NULL. */

static inline const char *
hist_read_hex_key(const char *s, const char *end, uint64_t *key)
{
	int high = end - s < 2 ? -1 : num_hex(s[0]);
	int low = high < 0 ? -1 : num_hex(s[1]);

	if (low < 0)
		return NULL;
	*key = (uint64_t)(high << 4 | low);
	return s + 2;
}

static inline const char *
hist_read_win_key(const char *s, const char *end, uint64_t *key)
{
	uint64_t part[3];
	static const unsigned bits[3] = {
		HIST_MEAN_BITS, HIST_SD_BITS, HIST_GAP_BITS
	};

	for (int i = 0; i < 3; i++) {
		if (i > 0 && (s == end || *s++ != '/'))
			return NULL;
		s = num_read(s, end, HIST_PART_MAX(bits[i]), &part[i]);
		if (s == NULL)
			return NULL;
	}
	*key = hist_win_key(part[0], part[1], part[2]);
	return s;
}

static inline const char *
hist_read_key(enum hist_form form, const char *s, const char *end,
    uint64_t *key)
{
	switch (form) {
	case HIST_HEX:
		return hist_read_hex_key(s, end, key);
	case HIST_WIN:
		return hist_read_win_key(s, end, key);
	case HIST_US:
		return num_read(s, end, UINT64_C(1) << 53, key);
	default:
		return num_read(s, end, LIMIT_LENGTH, key);
	}
}

static inline __attribute__((always_inline)) enum hist_step
hist_next(struct hist_scan *h, struct hist_bin *bin)
{
	const char *s = h->s, *end = h->end;

	if (s == end)
		return h->any ? HIST_END : HIST_BAD;
	if (*s == '+' && h->form == HIST_WIN) {
		bin->key = HIST_MORE;
		s++;
	} else {
		s = hist_read_key(h->form, s, end, &bin->key);
		if (s == NULL || s == end || *s++ != ':')
			return HIST_BAD;
	}
	s = num_read(s, end, LIMIT_COUNT, &bin->n);
	if (s == NULL || bin->n == 0 || (s < end && *s != ','))
		return HIST_BAD;
	/* A comma at the end leaves nothing behind it: bad the next time. */
	h->any = s == end;
	h->s = h->any ? s : s + 1;
	return HIST_BIN;
}

#endif
