#include "flow/msgread.h"

#include "base/num.h"

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
rank_value(struct msgread_top *top, int value, uint64_t n)
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
parse_group(uint64_t nib[16], struct msgread_top *top, uint64_t *total,
    const char *s, const char *end)
{
	if (s < end && *s == '-' && (s + 1 == end || s[1] == ';'))
		return s + 1;
	for (;; s++) {
		int v = end - s > 2 && s[1] == ':' ? num_hex(*s) : -1;
		uint64_t count;

		if (v < 0)
			return NULL;
		s = num_read(s + 2, end, LIMIT_COUNT, &count);
		if (s == NULL)
			return NULL;
		nib[v] += count;
		*total += count;
		if (top != NULL && count > 0)
			rank_value(top, v, nib[v]);
		if (s == end || *s == ';')
			return s;
		if (*s != ',')
			return NULL;
	}
}

/* A byte has two nibbles, and a message that has byte k has those before
 * it: totals come in pairs that do not rise. */
static bool
parse_groups(uint64_t nib[][16], struct msgread_top *top, uint64_t *messages,
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
msgread_nib(uint64_t nib[MSGSTATS_NIBBLES][16], struct msgread_top *top,
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
parse_fun(uint64_t fun[MSGSTATS_FUNS], const char *s, size_t n)
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
msgread_column(struct msgtally **f, enum msgstats_column column, const char *s,
    size_t n)
{
	struct msgtally *t;

	if (n == 1 && *s == '-')
		return true;
	if (*f == NULL)
		*f = msgtally_new();
	t = *f;
	switch (column) {
	case MSGSTATS_SIZE:
		return hist_parse(&t->size, HIST_DEC, s, n);
	case MSGSTATS_FUN:
		return parse_fun(t->fun, s, n);
	case MSGSTATS_NIB:
		return msgread_nib(t->nib, NULL, &t->messages, s, n);
	default:
		return hist_parse(&t->win, HIST_WIN, s, n);
	}
}
