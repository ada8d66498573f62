#include "flow/msgstats.h"

#include <math.h>
#include <stdlib.h>

#include "base/fetch.h"
#include "base/mem.h"
#include "base/num.h"

/* a / b for a >= 0, halves go up. */
static uint64_t
divide_rounded(uint64_t a, uint64_t b)
{
	return (a + b / 2) / b;
}

/* The double's root is off by one at most. */
static uint64_t
integer_root(uint64_t v)
{
	uint64_t r = (uint64_t)sqrt((double)v);

	if (r > 0 && r > v / r)
		r--;
	if (r + 1 <= v / (r + 1))
		r++;
	return r;
}

_Static_assert(UINT64_C(4) * MSGSTATS_WINDOW * MSGSTATS_WINDOW *
    LIMIT_LENGTH * LIMIT_LENGTH < UINT64_C(1) << 53,
    "the spread of a window is exact, also as a double");

/* With n messages: sd = sqrt(n * squares - sum^2) / n; rounded to nearest
 * from twice that root, in whole numbers throughout. */
static uint64_t
window_key(const struct msgwindow *w)
{
	const uint64_t n = MSGSTATS_WINDOW;
	uint64_t spread = n * w->squares - w->sum * w->sum;
	uint64_t gap = w->span_ns > 0 ? (uint64_t)w->span_ns : 0;

	return hist_win_key(divide_rounded(w->sum, n),
	    (integer_root(4 * spread) + n) / (2 * n),
	    divide_rounded(gap, (n - 1) * 1000000));
}

bool
msgwindow_add(struct msgwindow *w, const struct message *m, uint64_t *key)
{
	if (!msgwindow_takes(m->length))
		return false;
	w->n++;
	w->sum += m->length;
	w->squares += (uint64_t)m->length * m->length;
	if (w->n < MSGSTATS_WINDOW)
		return false;
	*key = window_key(w);
	*w = (struct msgwindow){0};
	return true;
}

/* Of a program that asked for it: tallies that wait to be used again. */
enum { SPARES = 16 };

static bool reused;
static struct msgtally *spare[SPARES];
static size_t spares;

void
msgtally_reuse(bool reuse)
{
	reused = reuse;
	while (!reuse && spares > 0)
		msgtally_free(spare[--spares]);
}

struct msgtally *
msgtally_new(void)
{
	if (spares > 0)
		return spare[--spares];
	return mem_alloc(1, sizeof(struct msgtally));
}

static void
put_back(struct msgtally *t)
{
	hist_empty(&t->size);
	hist_empty(&t->win);
	*t = (struct msgtally){ .size = t->size, .win = t->win };
	spare[spares++] = t;
}

void
msgtally_free(struct msgtally *t)
{
	if (t == NULL)
		return;
	if (reused && spares < SPARES) {
		put_back(t);
		return;
	}
	hist_free(&t->size);
	hist_free(&t->win);
	free(t);
}

void
msgtally_fetch(const struct msgtally *t)
{
	fetch_soon(t, sizeof *t);
	if (t->size.cap > 0)
		fetch_soon(t->size.slot, t->size.cap * sizeof *t->size.slot);
}

static inline void
count_nibbles(struct msgtally *t, const uint8_t *first, unsigned bytes)
{
	for (unsigned i = 0; i < bytes; i++) {
		t->nib[2 * i][first[i] >> 4]++;
		t->nib[2 * i + 1][first[i] & 15]++;
	}
}

void
msgtally_add(struct msgtally *t, const struct message *m)
{
	uint64_t window;

	hist_add(&t->size, m->length, 1);
	t->messages += m->seen > 0;
	if (m->seen == MSGSTATS_BYTES)	/* most, and then the loop unrolls */
		count_nibbles(t, m->first, MSGSTATS_BYTES);
	else
		count_nibbles(t, m->first, m->seen);
	if (msgstats_has_fun(m))
		t->fun[msgstats_fun_index(m->first[2])]++;
	if (msgwindow_add(&t->window, m, &window))
		hist_add_limited(&t->win, window, 1, LIMIT_WINDOWS);
}

void
msgtally_join(struct msgtally **a, const struct msgtally *from)
{
	struct msgtally *to = *a;

	if (from == NULL)
		return;
	if (to == NULL)
		to = *a = msgtally_new();
	hist_join(&to->size, &from->size, HIST_DEC);
	hist_join(&to->win, &from->win, HIST_WIN);
	to->messages += from->messages;
	for (unsigned i = 0; i < MSGSTATS_FUNS; i++)
		to->fun[i] += from->fun[i];
	for (unsigned g = 0; g < MSGSTATS_NIBBLES; g++)
		for (unsigned v = 0; v < 16; v++)
			to->nib[g][v] += from->nib[g][v];
}
