/*
 * pairtab: pairs and the flows of each, and the rhythm of a pair: the median
 * time from one of its starts to the next, and how regular that is.
 *
 * Memory: 12 bytes a row, 8 more of them while rhythms are worked out, and
 * 24 a pair.
 */
#ifndef PAIRTAB_H
#define PAIRTAB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PAIRTAB_UNKNOWN = -1, PAIRTAB_JITTER_DECIMALS = 4 };

struct pairtab_pair {
	uint32_t flows, dialogs;
	int64_t period_ns;	/* PAIRTAB_UNKNOWN with less than three flows */
	int64_t jitter;		/* median distance of the times from period,
				   over period, in units of 10^-4; or unknown */
};

/* Rows in order.  All zero is an empty table. */
struct pairtab {
	uint32_t *mark;			/* of each row: its pair and whether it
					   is a dialog, or PAIRTAB_FOREIGN */
	int64_t *start_ns;		/* of each row that counts ... */
	size_t rows, counted;		/* ... and how many there are */
	size_t mark_cap, start_cap;
	struct pairtab_pair *pair;
	size_t pairs, pair_cap;
};

#define PAIRTAB_FOREIGN UINT32_MAX	/* a row that does not count */

void pairtab_free(struct pairtab *);

/* Forgets all rows and pairs; the memory stays. */
void pairtab_clear(struct pairtab *);

/* A new pair; its number is what ->pairs was before. */
void pairtab_add_pair(struct pairtab *);

/* A row that is a flow of the pair; a row that does not count. */
void pairtab_add_flow(struct pairtab *, uint32_t pair, bool dialog,
    int64_t start_ns);
void pairtab_add_foreign(struct pairtab *);

/* Sets period and jitter of all pairs. */
void pairtab_find_rhythms(struct pairtab *);

/* The pair of a row; NULL if it does not count, or there is no such row. */
static inline const struct pairtab_pair *
pairtab_pair_of(const struct pairtab *t, size_t row)
{
	if (row >= t->rows || t->mark[row] == PAIRTAB_FOREIGN)
		return NULL;
	return &t->pair[t->mark[row] >> 1];
}

static inline bool
pairtab_is_dialog(const struct pairtab *t, size_t row)
{
	return t->mark[row] & 1;
}

#endif
