#include "flow/msgwrite.h"

#include <string.h>

/*
 * fun and nib: counts, and which of them are not 0.
 */

static const char hex[] = "0123456789abcdef";

enum {
	COUNT_MOST = 24,		/* bytes of ",hh:" and a count */
	FUN_MOST = MSGSTATS_FUNS * COUNT_MOST, NIB_MOST = 16 * COUNT_MOST
};

static char *
put_fun(char *p, const uint64_t fun[MSGSTATS_FUNS], uint32_t there)
{
	if (there == 0)
		*p++ = '-';
	while (there != 0) {
		unsigned i = (unsigned)__builtin_ctz(there);
		unsigned value = msgstats_fun_value(i);

		*p++ = hex[value >> 4];
		*p++ = hex[value & 15];
		*p++ = ':';
		p = out_put_u64(p, fun[i]);
		there &= there - 1;
		if (there != 0)
			*p++ = ',';
	}
	return p;
}

static char *
put_nibble_group(char *p, const uint64_t nib[16], unsigned there)
{
	if (there == 0)
		*p++ = '-';
	while (there != 0) {
		unsigned v = (unsigned)__builtin_ctz(there);

		*p++ = hex[v];
		*p++ = ':';
		p = out_put_u64(p, nib[v]);
		there &= there - 1;
		if (there != 0)
			*p++ = ',';
	}
	return p;
}

/* there: of each group. */
static void
write_nibble_groups(struct out *o, const uint64_t nib[][16],
    const unsigned *there)
{
	for (unsigned g = 0; g < MSGSTATS_NIBBLES; g++) {
		if (g > 0)
			out_char(o, ';');
		out_upto(o, put_nibble_group(out_room(o, NIB_MOST), nib[g],
		    there[g]));
	}
}

/*
 * All messages of a direction.
 */

static unsigned
which_are_there(const uint64_t *count, unsigned n)
{
	unsigned there = 0;

	for (unsigned i = 0; i < n; i++)
		there |= (unsigned)(count[i] != 0) << i;
	return there;
}

static void
write_fun(struct out *o, const struct msgtally *t)
{
	out_upto(o, put_fun(out_room(o, FUN_MOST), t->fun,
	    which_are_there(t->fun, MSGSTATS_FUNS)));
}

/* Of one message each group has one entry: it can be read off again. */
static void
write_only_message(struct out *o, const uint64_t nib[][16])
{
	out_char(o, '=');
	for (unsigned g = 0; g < MSGSTATS_NIBBLES; g++)
		for (unsigned v = 0; v < 16; v++)
			if (nib[g][v] != 0)
				out_char(o, hex[v]);
}

static void
write_nib(struct out *o, const struct msgtally *t)
{
	unsigned there[MSGSTATS_NIBBLES];

	if (t->messages == 0) {
		out_char(o, '-');
		return;
	}
	if (t->messages == 1) {
		write_only_message(o, t->nib);
		return;
	}
	for (unsigned g = 0; g < MSGSTATS_NIBBLES; g++)
		there[g] = which_are_there(t->nib[g], 16);
	write_nibble_groups(o, t->nib, there);
}

void
msgwrite_column(struct out *o, const struct msgtally *t,
    enum msgstats_column column)
{
	if (t == NULL)
		out_char(o, '-');
	else if (column == MSGSTATS_SIZE)
		hist_write(o, &t->size, HIST_DEC);
	else if (column == MSGSTATS_FUN)
		write_fun(o, t);
	else if (column == MSGSTATS_NIB)
		write_nib(o, t);
	else
		hist_write(o, &t->win, HIST_WIN);
}

/*
 * A few messages, without tables.
 */

static void
write_few_sizes(struct out *o, const struct message *m, unsigned n)
{
	struct hist_bin bin[MSGSTATS_FEW];
	unsigned bins = 0;

	for (unsigned i = 0; i < n; i++) {
		unsigned k = bins;

		while (k > 0 && bin[k - 1].key > m[i].length)
			k--;
		/* cppcheck-suppress uninitvar */
		if (k > 0 && bin[k - 1].key == m[i].length) {
			bin[k - 1].n++;
			continue;
		}
		memmove(bin + k + 1, bin + k, (bins - k) * sizeof *bin);
		bin[k] = (struct hist_bin){m[i].length, 1};
		bins++;
	}
	hist_write_bins(o, bin, bins, HIST_DEC);
}

/* Up to 15 messages make counts of 4 bits, 16 of them in a word: a word is
 * cleared and looked through in no time, a table is not. */
enum { PACKED_MOST = 15 };

static inline uint64_t
packed_one(unsigned i)
{
	return UINT64_C(1) << 4 * i;
}

/* Which is the first that is not 0. */
static inline unsigned
packed_first(uint64_t counts)
{
	return (unsigned)__builtin_ctzll(counts) / 4;
}

/* The i-th, behind its colon. */
static inline char *
put_packed(char *p, uint64_t counts, unsigned i)
{
	*p++ = ':';
	return out_put_u64(p, counts >> 4 * i & 15);
}

static char *
put_packed_group(char *p, uint64_t counts)
{
	if (counts == 0)
		*p++ = '-';
	while (counts != 0) {
		unsigned v = packed_first(counts);

		*p++ = hex[v];
		p = put_packed(p, counts, v);
		counts &= ~(15 * packed_one(v));
		if (counts != 0)
			*p++ = ',';
	}
	return p;
}

static void
write_packed_groups(struct out *o, const struct message *m, unsigned n)
{
	char *p = out_room(o, MSGSTATS_NIBBLES * NIB_MOST);

	for (unsigned k = 0; k < MSGSTATS_NIBBLES / 2; k++) {
		uint64_t high = 0, low = 0;

		for (unsigned i = 0; i < n; i++)
			if (k < m[i].seen) {
				high += packed_one(m[i].first[k] >> 4);
				low += packed_one(m[i].first[k] & 15);
			}
		p = put_packed_group(p, high);
		*p++ = ';';
		p = put_packed_group(p, low);
		*p++ = ';';
	}
	out_upto(o, p - 1);
}

static char *
put_packed_fun(char *p, const uint64_t counts[2])
{
	for (unsigned half = 0; half < 2; half++)
		for (uint64_t c = counts[half]; c != 0;) {
			unsigned i = packed_first(c);
			unsigned value = msgstats_fun_value(16 * half + i);

			*p++ = hex[value >> 4];
			*p++ = hex[value & 15];
			p = put_packed(p, c, i);
			*p++ = ',';
			c &= ~(15 * packed_one(i));
		}
	return p - 1;
}

static void
write_packed_fun(struct out *o, const struct message *m, unsigned n)
{
	uint64_t counts[2] = {0, 0};

	for (unsigned i = 0; i < n; i++)
		if (msgstats_has_fun(&m[i])) {
			unsigned k = msgstats_fun_index(m[i].first[2]);

			counts[k / 16] += packed_one(k % 16);
		}
	if (counts[0] == 0 && counts[1] == 0)
		out_char(o, '-');
	else
		out_upto(o, put_packed_fun(out_room(o, FUN_MOST), counts));
}

/* More messages need tables, and those who use them are functions of their
 * own, so that the others need no room for them. */
#define TABLES __attribute__((noinline))

static TABLES void
write_few_fun(struct out *o, const struct message *m, unsigned n)
{
	uint64_t fun[MSGSTATS_FUNS] = {0};
	uint32_t there = 0;

	for (unsigned i = 0; i < n; i++)
		if (msgstats_has_fun(&m[i])) {
			unsigned k = msgstats_fun_index(m[i].first[2]);

			fun[k]++;
			there |= UINT32_C(1) << k;
		}
	out_upto(o, put_fun(out_room(o, FUN_MOST), fun, there));
}

static void
write_one_nib(struct out *o, const struct message *m)
{
	char *p = out_room(o, 1 + MSGSTATS_NIBBLES);

	*p++ = '=';
	for (unsigned i = 0; i < m->seen; i++) {
		*p++ = hex[m->first[i] >> 4];
		*p++ = hex[m->first[i] & 15];
	}
	out_upto(o, p);
}

static TABLES void
write_few_groups(struct out *o, const struct message *m, unsigned n)
{
	uint64_t nib[MSGSTATS_NIBBLES][16] = {{0}};
	unsigned there[MSGSTATS_NIBBLES] = {0};

	for (unsigned i = 0; i < n; i++)
		for (unsigned g = 0; g < 2u * m[i].seen; g++) {
			unsigned v = msgstats_nibble(m[i].first, g);

			nib[g][v]++;
			there[g] |= 1u << v;
		}
	write_nibble_groups(o, (const uint64_t (*)[16])nib, there);
}

/* As many as have a nibble decide the form. */
static void
write_few_nib(struct out *o, const struct message *m, unsigned n)
{
	unsigned messages = 0, one = 0;

	for (unsigned i = 0; i < n; i++)
		if (m[i].seen > 0) {
			messages++;
			one = i;
		}
	if (messages > 1 && n <= PACKED_MOST)
		write_packed_groups(o, m, n);
	else if (messages > 1)
		write_few_groups(o, m, n);
	else if (messages == 1)
		write_one_nib(o, &m[one]);
	else
		out_char(o, '-');
}

void
msgwrite_some(struct out *o, const struct message *m, unsigned n,
    enum msgstats_column column)
{
	if (column == MSGSTATS_SIZE)
		write_few_sizes(o, m, n);
	else if (column == MSGSTATS_NIB)
		write_few_nib(o, m, n);
	else if (n <= PACKED_MOST)
		write_packed_fun(o, m, n);
	else
		write_few_fun(o, m, n);
}
