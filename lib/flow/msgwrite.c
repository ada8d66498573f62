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
