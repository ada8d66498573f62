#include "record/pairtab.h"

#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "base/fetch.h"
#include "base/mem.h"

enum { JITTER_UNIT = 10000, MOST_ROWS = INT32_MAX, AHEAD = 16 };

void
pairtab_free(struct pairtab *t)
{
	free(t->mark);
	free(t->start_ns);
	free(t->pair);
}

void
pairtab_clear(struct pairtab *t)
{
	t->rows = t->counted = t->pairs = 0;
}

void
pairtab_add_pair(struct pairtab *t)
{
	t->pair = mem_grow(t->pair, &t->pair_cap, t->pairs + 1,
	    sizeof *t->pair);
	t->pair[t->pairs++] = (struct pairtab_pair){0, 0, PAIRTAB_UNKNOWN,
	    PAIRTAB_UNKNOWN};
}

static void
add_mark(struct pairtab *t, uint32_t mark)
{
	if (t->rows == MOST_ROWS)
		errx(1, "more than %d rows: group them by pair, use -s",
		    MOST_ROWS);
	t->mark = mem_grow(t->mark, &t->mark_cap, t->rows + 1,
	    sizeof *t->mark);
	t->mark[t->rows++] = mark;
}

void
pairtab_add_flow(struct pairtab *t, uint32_t pair, bool dialog,
    int64_t start_ns)
{
	add_mark(t, pair << 1 | dialog);
	t->start_ns = mem_grow(t->start_ns, &t->start_cap, t->counted + 1,
	    sizeof *t->start_ns);
	t->start_ns[t->counted++] = start_ns;
	t->pair[pair].flows++;
	t->pair[pair].dialogs += dialog;
}

void
pairtab_add_foreign(struct pairtab *t)
{
	add_mark(t, PAIRTAB_FOREIGN);
}

/*
 * Rhythms.
 */

static int
by_time(const void *a, const void *b)
{
	int64_t x, y;

	memcpy(&x, a, sizeof x);
	memcpy(&y, b, sizeof y);
	return (x > y) - (x < y);
}

static void
sort_times(int64_t *v, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (v[i - 1] > v[i]) {
			qsort(v, n, sizeof *v, by_time);
			return;
		}
}

/* Sorts; of an even number the mean of the middle two. */
static int64_t
median_time(int64_t *v, size_t n)
{
	int64_t low, high;

	sort_times(v, n);
	low = v[(n - 1) / 2];
	high = v[n / 2];
	return low + (high - low) / 2;
}

/* a / b in units of 10^-4, rounded. */
static int64_t
jitter_of(int64_t a, int64_t b)
{
	enum { ROOM = 2 * JITTER_UNIT };

	while (a > INT64_MAX / ROOM || b > INT64_MAX / ROOM) {
		a /= 2;
		b /= 2;
	}
	return (a * JITTER_UNIT + b / 2) / b;
}

/* From the starts of a pair, n >= 3 of them, which it spoils. */
static void
find_rhythm(struct pairtab_pair *p, int64_t *v, size_t n)
{
	int64_t middle;

	sort_times(v, n);
	n--;
	for (size_t i = 0; i < n; i++)
		v[i] = v[i + 1] - v[i];
	middle = median_time(v, n);
	for (size_t i = 0; i < n; i++)
		v[i] = v[i] < middle ? middle - v[i] : v[i] - middle;
	p->period_ns = middle;
	if (middle > 0)
		p->jitter = jitter_of(median_time(v, n), middle);
}

enum { FEWEST_FLOWS = 3 };

/* Places in one array for the starts of each pair with enough flows: pair
 * i's begin at place[i]. */
static size_t *
allot_places(const struct pairtab *t)
{
	size_t *place = mem_alloc(t->pairs + 1, sizeof *place);
	size_t n = 0;

	for (size_t i = 0; i < t->pairs; i++) {
		place[i] = n;
		if (t->pair[i].flows >= FEWEST_FLOWS)
			n += t->pair[i].flows;
	}
	place[t->pairs] = n;
	return place;
}

/* Copies the starts there; place[i] becomes where they end. */
static void
distribute_starts(const struct pairtab *t, size_t *place, int64_t *v)
{
	const int64_t *start_ns = t->start_ns;

	for (size_t i = 0; i < t->rows; i++) {
		const struct pairtab_pair *p = pairtab_pair_of(t, i);

		__builtin_prefetch(pairtab_pair_of(t, i + AHEAD));
		if (p == NULL)
			continue;
		if (p->flows >= FEWEST_FLOWS)
			v[place[p - t->pair]++] = *start_ns;
		start_ns++;
	}
}

void
pairtab_find_rhythms(struct pairtab *t)
{
	size_t *place = allot_places(t);
	int64_t *v;

	if (place[t->pairs] == 0) {
		free(place);
		return;
	}
	v = mem_resize(NULL, place[t->pairs], sizeof *v);
	distribute_starts(t, place, v);
	for (size_t i = 0; i < t->pairs; i++) {
		struct pairtab_pair *p = &t->pair[i];

		if (p->flows >= FEWEST_FLOWS)
			find_rhythm(p, v + place[i] - p->flows, p->flows);
	}
	free(v);
	free(place);
}
