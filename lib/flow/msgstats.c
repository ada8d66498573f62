#include "flow/msgstats.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/fetch.h"
#include "base/mem.h"
#include "base/num.h"

void
msgtally_free(struct msgtally *t)
{
	hist_free(&t->size);
	hist_free(&t->win);
}

void
msgstats_free(struct msgstats *f, struct pool_chain *blocks)
{
	if (f == NULL)
		return;
	if (f->block != NULL)
		pool_collect(blocks, f->block);
	if (f->tally != NULL)
		msgtally_free(f->tally);
	free(f->tally);
	free(f);
}

static inline void
count_nibbles(struct msgtally *t, const uint8_t *first, unsigned bytes)
{
	for (unsigned i = 0; i < bytes; i++) {
		t->nib[2 * i][first[i] >> 4]++;
		t->nib[2 * i + 1][first[i] & 15]++;
	}
}

static void
count_message(struct msgtally *t, const struct message *m)
{
	hist_add(&t->size, m->length, 1);
	t->messages += m->seen > 0;
	if (m->seen == MSGSTATS_BYTES)	/* most, and then the loop unrolls */
		count_nibbles(t, m->first, MSGSTATS_BYTES);
	else
		count_nibbles(t, m->first, m->seen);
	if (msgstats_has_fun(m))
		t->fun[msgstats_fun_index(m->first[2])]++;
}

static struct msgstats *
new_msgstats(void)
{
	struct msgstats *f = mem_lines(sizeof *f);

	*f = (struct msgstats){.block = NULL};
	return f;
}

struct msgtally *
msgstats_own_tally(struct msgstats **f)
{
	if (*f == NULL)
		*f = new_msgstats();
	if ((*f)->tally == NULL)
		(*f)->tally = mem_alloc(1, sizeof *(*f)->tally);
	return (*f)->tally;
}

static void
count_messages(struct msgstats *f, const struct msgblock *b, unsigned messages,
    unsigned windows)
{
	struct msgtally *t = msgstats_own_tally(&f);

	/* All lines are waited for at once, not message by message. */
	fetch_bytes(t, sizeof *t);
	if (t->size.cap > 0)
		fetch_bytes(t->size.slot, t->size.cap * sizeof *t->size.slot);
	for (unsigned i = 0; i < messages; i++)
		count_message(t, &b->message[i]);
	for (unsigned i = 0; i < windows; i++)
		hist_add_limited(&t->win, b->filled[i], 1, LIMIT_WINDOWS);
}

void
msgstats_count(struct msgstats *f)
{
	count_messages(f, f->block, f->messages, f->windows);
	f->messages = f->windows = 0;
}

struct msgblock *
msgstats_take_block(struct msgstats *f)
{
	struct msgblock *b = f->block;

	b->messages = f->messages;
	b->windows = f->windows;
	f->messages = f->windows = 0;
	f->block = NULL;
	return b;
}

void
msgstats_count_block(struct msgstats *f, const struct msgblock *b)
{
	count_messages(f, b, b->messages, b->windows);
}

const struct msgtally *
msgstats_tally(struct msgstats *f)
{
	if (f == NULL)
		return NULL;
	if (f->messages > 0)
		msgstats_count(f);
	return f->tally;
}

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
	int64_t span = w->last_ns - w->first_ns;
	uint64_t gap = span > 0 ? (uint64_t)span : 0;

	return hist_win_key(divide_rounded(w->sum, n),
	    (integer_root(4 * spread) + n) / (2 * n),
	    divide_rounded(gap, (n - 1) * 1000000));
}

static void
widen_window(struct msgstats *f, uint32_t length, int64_t t_ns)
{
	struct msgwindow *w = &f->window;

	if (length == 0 || msgstats_video_size(length))
		return;
	if (w->n++ == 0)
		w->first_ns = t_ns;
	w->last_ns = t_ns;
	w->sum += length;
	w->squares += (uint64_t)length * length;
	if (w->n < MSGSTATS_WINDOW)
		return;
	f->block->filled[f->windows++] = window_key(w);
	*w = (struct msgwindow){0};
}

/* Where the next message goes. */
static struct message *
next_message(struct msgstats **stats, struct pool *blocks)
{
	struct msgstats *f = *stats;

	if (f == NULL)
		f = *stats = new_msgstats();
	if (f->block == NULL)
		f->block = pool_take(blocks);
	return &f->block->message[f->messages];
}

/* The next message is in its place. */
static void
note_message(struct msgstats *f, int64_t t_ns)
{
	uint32_t length = f->block->message[f->messages++].length;

	widen_window(f, length, t_ns);
}

void
msgstats_add(struct msgstats **f, const struct packet *p, struct pool *blocks)
{
	msgstats_message(next_message(f, blocks), p);
	note_message(*f, p->t_ns);
}

void
msgstats_add_message(struct msgstats **f, const struct message *m,
    int64_t t_ns, struct pool *blocks)
{
	*next_message(f, blocks) = *m;
	note_message(*f, t_ns);
}

void
msgstats_join(struct msgstats **a, struct msgstats *b)
{
	const struct msgtally *from = msgstats_tally(b);
	struct msgtally *to;

	if (from == NULL)
		return;
	to = msgstats_own_tally(a);
	hist_join(&to->size, &from->size, HIST_DEC);
	hist_join(&to->win, &from->win, HIST_WIN);
	to->messages += from->messages;
	for (unsigned i = 0; i < MSGSTATS_FUNS; i++)
		to->fun[i] += from->fun[i];
	for (unsigned g = 0; g < MSGSTATS_NIBBLES; g++)
		for (unsigned v = 0; v < 16; v++)
			to->nib[g][v] += from->nib[g][v];
}
