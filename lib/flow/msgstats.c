#include "flow/msgstats.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/num.h"

void
tally_free(struct tally *t)
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
		tally_free(f->tally);
	free(f->tally);
	free(f);
}

static inline void
count_nibbles(struct tally *t, const uint8_t *first, unsigned bytes)
{
	for (unsigned i = 0; i < bytes; i++) {
		t->nib[2 * i][first[i] >> 4]++;
		t->nib[2 * i + 1][first[i] & 15]++;
	}
}

static void
count_message(struct tally *t, const struct message *m)
{
	hist_add(&t->size, m->length, 1);
	t->messages += m->seen > 0;
	if (m->seen == MSGSTATS_BYTES)	/* most, and then the loop unrolls */
		count_nibbles(t, m->first, MSGSTATS_BYTES);
	else
		count_nibbles(t, m->first, m->seen);
	if (m->seen >= 3 && m->proto == PROTO_UDP)
		t->fun[msgstats_fun_index(m->first[2])]++;
}

static struct tally *
own_tally(struct msgstats *f)
{
	if (f->tally == NULL)
		f->tally = mem_alloc(1, sizeof *f->tally);
	return f->tally;
}

/* Waits for all lines at once; messages would do so for one by one. */
static void
fetch(const void *p, size_t n)
{
	const volatile char *c = p;

	for (size_t i = 0; i < n; i += 64)
		(void)c[i];
}

static void
count(struct msgstats *f, const struct block *b, unsigned messages,
    unsigned windows)
{
	struct tally *t = own_tally(f);

	fetch(t, sizeof *t);
	fetch(t->size.slot, t->size.cap * sizeof *t->size.slot);
	for (unsigned i = 0; i < messages; i++)
		count_message(t, &b->message[i]);
	for (unsigned i = 0; i < windows; i++)
		hist_add_limited(&t->win, b->filled[i], 1, HIST_WINDOWS);
}

void
msgstats_count(struct msgstats *f)
{
	count(f, f->block, f->messages, f->windows);
	f->messages = f->windows = 0;
}

struct block *
msgstats_take_block(struct msgstats *f)
{
	struct block *b = f->block;

	b->messages = f->messages;
	b->windows = f->windows;
	f->messages = f->windows = 0;
	f->block = NULL;
	return b;
}

void
msgstats_count_block(struct msgstats *f, const struct block *b)
{
	count(f, b, b->messages, b->windows);
}

const struct tally *
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
rounded(uint64_t a, uint64_t b)
{
	return (a + b / 2) / b;
}

static uint64_t
root(uint64_t v)
{
	uint64_t r = (uint64_t)sqrt((double)v);

	while (r * r > v)
		r--;
	while ((r + 1) * (r + 1) <= v)
		r++;
	return r;
}

/* With n messages: sd = sqrt(n * squares - sum^2) / n; rounded to nearest
 * from twice that root, in whole numbers throughout. */
static uint64_t
window_key(const struct window *w)
{
	const uint64_t n = MSGSTATS_WINDOW;
	uint64_t spread = n * w->squares - w->sum * w->sum;
	int64_t span = w->last_ns - w->first_ns;
	uint64_t gap = span > 0 ? (uint64_t)span : 0;

	return hist_win_key(rounded(w->sum, n),
	    (root(4 * spread) + n) / (2 * n),
	    rounded(gap, (n - 1) * 1000000));
}

static void
widen_window(struct msgstats *f, uint32_t length, int64_t t_ns)
{
	struct window *w = &f->window;

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
	*w = (struct window){0};
}

/* Where the next message goes. */
static struct message *
room(struct msgstats **feature, struct pool *blocks)
{
	struct msgstats *f = *feature;

	if (f == NULL) {
		f = *feature = mem_lines(sizeof *f);
		*f = (struct msgstats){.block = NULL};
	}
	if (f->block == NULL)
		f->block = pool_take(blocks);
	return &f->block->message[f->messages];
}

/* The next message is in its place. */
static void
count_in(struct msgstats *f, int64_t t_ns)
{
	uint32_t length = f->block->message[f->messages++].length;

	widen_window(f, length, t_ns);
}

void
msgstats_add(struct msgstats **f, const struct packet *p, struct pool *blocks)
{
	msgstats_message(room(f, blocks), p);
	count_in(*f, p->t_ns);
}

void
msgstats_add_message(struct msgstats **f, const struct message *m,
    int64_t t_ns, struct pool *blocks)
{
	*room(f, blocks) = *m;
	count_in(*f, t_ns);
}

/*
 * Text to tallies.
 */

static bool
parse_one_message(uint64_t nib[][16], const char *s, size_t n)
{
	if (n == 0 || n % 2 != 0 || n > MSGSTATS_NIBBLES)
		return false;
	for (size_t g = 0; g < n; g++) {
		int v = num_hex(s[g]);

		if (v < 0)
			return false;
		nib[g][v]++;
	}
	return true;
}

/* The value, whose count has grown to n, among the most frequent ones. */
static void
rank(struct msgstats_top *top, int value, uint64_t n)
{
	if (n < top->n)
		return;
	if (n > top->n)
		top->values = 0;
	top->n = n;
	top->values |= (uint16_t)(1u << value);
}

/* One group, "v:count,…"; adds the counts to *total.  Where it ends: at ';'
 * or at the end; NULL where it is malformed. */
static const char *
parse_group(uint64_t nib[16], struct msgstats_top *top, uint64_t *total,
    const char *s, const char *end)
{
	if (s < end && *s == '-' && (s + 1 == end || s[1] == ';'))
		return s + 1;
	for (;; s++) {
		int v = end - s > 2 && s[1] == ':' ? num_hex(*s) : -1;
		uint64_t count;

		if (v < 0)
			return NULL;
		s = num_read(s + 2, end, HIST_COUNT_MAX, &count);
		if (s == NULL)
			return NULL;
		nib[v] += count;
		*total += count;
		if (top != NULL && count > 0)
			rank(top, v, nib[v]);
		if (s == end || *s == ';')
			return s;
		if (*s != ',')
			return NULL;
	}
}

/* A byte has two nibbles, and a message that has byte k has those before
 * it: totals come in pairs that do not rise. */
static bool
parse_groups(uint64_t nib[][16], struct msgstats_top *top, uint64_t *messages,
    const char *s, size_t n)
{
	const char *end = s + n;
	uint64_t before = UINT64_MAX;

	for (unsigned g = 0; g < MSGSTATS_NIBBLES; g++) {
		uint64_t total = 0;

		if (g > 0 && (s == end || *s++ != ';'))
			return false;
		s = parse_group(nib[g], top != NULL ? &top[g] : NULL, &total,
		    s, end);
		if (s == NULL || (g & 1 ? total != before : total > before))
			return false;
		if (g == 0)
			*messages += total;
		before = total;
	}
	return s == end;
}

bool
msgstats_nib_parse(uint64_t nib[MSGSTATS_NIBBLES][16], struct msgstats_top *top,
    uint64_t *messages, const char *s, size_t n)
{
	if (n == 1 && *s == '-')
		return true;
	if (n == 0 || *s != '=')
		return parse_groups(nib, top, messages, s, n);
	++*messages;
	return parse_one_message(nib, s + 1, n - 1);
}

static bool
parse_fun(uint64_t fun[32], const char *s, size_t n)
{
	struct hist_scan scan;
	struct hist_bin bin;
	enum hist_step step;

	hist_scan(&scan, HIST_HEX, s, n);
	while ((step = hist_next(&scan, &bin)) == HIST_BIN) {
		if ((bin.key & MSGSTATS_FUN_MASK) != bin.key)
			return false;
		fun[msgstats_fun_index((uint8_t)bin.key)] += bin.n;
	}
	return step == HIST_END;
}

bool
msgstats_parse(struct msgstats **f, enum msgstats_column column, const char *s,
    size_t n)
{
	struct tally *t;

	if (n == 1 && *s == '-')
		return true;
	if (*f == NULL)
		*f = mem_alloc(1, sizeof **f);
	t = own_tally(*f);
	switch (column) {
	case MSGSTATS_SIZE:
		return hist_parse(&t->size, HIST_DEC, s, n);
	case MSGSTATS_FUN:
		return parse_fun(t->fun, s, n);
	case MSGSTATS_NIB:
		return msgstats_nib_parse(t->nib, NULL, &t->messages, s, n);
	default:
		return hist_parse(&t->win, HIST_WIN, s, n);
	}
}

void
msgstats_join(struct msgstats **a, struct msgstats *b)
{
	const struct tally *from = msgstats_tally(b);
	struct tally *to;

	if (from == NULL)
		return;
	if (*a == NULL)
		*a = mem_alloc(1, sizeof **a);
	to = own_tally(*a);
	hist_join(&to->size, &from->size, HIST_DEC);
	hist_join(&to->win, &from->win, HIST_WIN);
	to->messages += from->messages;
	for (unsigned i = 0; i < 32; i++)
		to->fun[i] += from->fun[i];
	for (unsigned g = 0; g < MSGSTATS_NIBBLES; g++)
		for (unsigned v = 0; v < 16; v++)
			to->nib[g][v] += from->nib[g][v];
}

/*
 * Tallies to text.
 */

static const char hex[] = "0123456789abcdef";

static void
write_fun_key(struct out *o, unsigned i)
{
	out_char(o, hex[msgstats_fun_value(i) >> 4]);
	out_char(o, hex[msgstats_fun_value(i) & 15]);
	out_char(o, ':');
}

static void
write_fun(struct out *o, const uint64_t fun[32])
{
	bool any = false;

	for (unsigned i = 0; i < 32; i++) {
		if (fun[i] == 0)
			continue;
		if (any)
			out_char(o, ',');
		any = true;
		write_fun_key(o, i);
		out_u64(o, fun[i]);
	}
	if (!any)
		out_char(o, '-');
}

/* Of one message each group has one entry: it can be read off again. */
static void
write_nib_one(struct out *o, const uint64_t nib[][16])
{
	out_char(o, '=');
	for (unsigned g = 0; g < MSGSTATS_NIBBLES; g++)
		for (unsigned v = 0; v < 16; v++)
			if (nib[g][v] != 0)
				out_char(o, hex[v]);
}

static void
write_group(struct out *o, const uint64_t nib[16])
{
	bool any = false;

	for (unsigned v = 0; v < 16; v++) {
		if (nib[v] == 0)
			continue;
		if (any)
			out_char(o, ',');
		any = true;
		out_char(o, hex[v]);
		out_char(o, ':');
		out_u64(o, nib[v]);
	}
	if (!any)
		out_char(o, '-');
}

static void
write_nib(struct out *o, const struct tally *t)
{
	if (t->messages == 0) {
		out_char(o, '-');
		return;
	}
	if (t->messages == 1) {
		write_nib_one(o, t->nib);
		return;
	}
	for (unsigned g = 0; g < MSGSTATS_NIBBLES; g++) {
		if (g > 0)
			out_char(o, ';');
		write_group(o, t->nib[g]);
	}
}

void
msgstats_write(struct out *o, const struct tally *t,
    enum msgstats_column column)
{
	if (t == NULL)
		out_char(o, '-');
	else if (column == MSGSTATS_SIZE)
		hist_write(o, &t->size, HIST_DEC);
	else if (column == MSGSTATS_FUN)
		write_fun(o, t->fun);
	else if (column == MSGSTATS_NIB)
		write_nib(o, t);
	else
		hist_write(o, &t->win, HIST_WIN);
}

/*
 * The same of a few messages.
 */

/* Counts have two digits at most. */
static char *
put_count(char *p, unsigned n)
{
	if (n >= 10)
		*p++ = (char)('0' + n / 10);
	*p++ = (char)('0' + n % 10);
	return p;
}

static void
few_sizes(struct out *o, const struct message *m, unsigned n)
{
	uint32_t size[MSGSTATS_FEW];
	unsigned same;

	for (unsigned i = 0, k; i < n; i++) {
		for (k = i; k > 0 && size[k - 1] > m[i].length; k--)
			size[k] = size[k - 1];
		size[k] = m[i].length;
	}
	for (unsigned i = 0; i < n; i += same) {
		for (same = 1; i + same < n && size[i + same] == size[i]; )
			same++;
		if (i > 0)
			out_char(o, ',');
		out_u64(o, size[i]);
		out_char(o, ':');
		out_u64(o, same);
	}
}

static void
few_fun(struct out *o, const struct message *m, unsigned n)
{
	uint8_t count[32] = {0};
	uint32_t there = 0;
	char *begin = out_room(o, 32 * 6), *p = begin;

	for (unsigned i = 0; i < n; i++)
		if (m[i].seen >= 3 && m[i].proto == PROTO_UDP) {
			unsigned k = msgstats_fun_index(m[i].first[2]);

			count[k]++;
			there |= UINT32_C(1) << k;
		}
	for (unsigned i = 0; i < 32 && there >> i != 0; i++) {
		if (count[i] == 0)
			continue;
		if (p > begin)
			*p++ = ',';
		*p++ = hex[msgstats_fun_value(i) >> 4];
		*p++ = hex[msgstats_fun_value(i) & 15];
		*p++ = ':';
		p = put_count(p, count[i]);
	}
	if (p == begin)
		*p++ = '-';
	out_upto(o, p);
}

static void
one_nib(struct out *o, const struct message *m)
{
	char *p = out_room(o, 1 + MSGSTATS_NIBBLES);

	*p++ = '=';
	for (unsigned i = 0; i < m->seen; i++) {
		*p++ = hex[m->first[i] >> 4];
		*p++ = hex[m->first[i] & 15];
	}
	out_upto(o, p);
}

/* count: of the values 0 to 15; there: which of them are not 0. */
static char *
few_group(char *p, const uint8_t count[16], unsigned there)
{
	if (there == 0)
		*p++ = '-';
	while (there != 0) {
		unsigned v = (unsigned)__builtin_ctz(there);

		*p++ = hex[v];
		*p++ = ':';
		p = put_count(p, count[v]);
		there &= there - 1;
		if (there != 0)
			*p++ = ',';
	}
	return p;
}

static void
few_nibs(struct out *o, const struct message *m, unsigned n)
{
	uint8_t count[MSGSTATS_NIBBLES][16] = {{0}};
	unsigned there[MSGSTATS_NIBBLES] = {0};
	char *p = out_room(o, MSGSTATS_NIBBLES * 16 * 5);

	for (unsigned i = 0; i < n; i++)
		for (unsigned g = 0; g < 2u * m[i].seen; g++) {
			unsigned v = msgstats_nibble(m[i].first, g);

			count[g][v]++;
			there[g] |= 1u << v;
		}
	for (unsigned g = 0; g < MSGSTATS_NIBBLES; g++) {
		if (g > 0)
			*p++ = ';';
		p = few_group(p, count[g], there[g]);
	}
	out_upto(o, p);
}

/* As many as have a nibble decide the form. */
static void
few_nib(struct out *o, const struct message *m, unsigned n)
{
	unsigned messages = 0, one = 0;

	for (unsigned i = 0; i < n; i++)
		if (m[i].seen > 0) {
			messages++;
			one = i;
		}
	if (messages > 1)
		few_nibs(o, m, n);
	else if (messages == 1)
		one_nib(o, &m[one]);
	else
		out_char(o, '-');
}

void
msgstats_write_few(struct out *o, const struct message *m, unsigned n,
    enum msgstats_column column)
{
	if (n == 0 || column == MSGSTATS_WIN)
		out_char(o, '-');
	else if (column == MSGSTATS_SIZE)
		few_sizes(o, m, n);
	else if (column == MSGSTATS_FUN)
		few_fun(o, m, n);
	else
		few_nib(o, m, n);
}
