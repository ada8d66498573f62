#include "flow/msgread.h"

#include "base/mem.h"
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

/* The value, whose count has grown to n, among the most frequent ones; without
 * a branch, since nothing foretells it. */
static inline void
rank_value(struct msgread_top *top, int value, uint64_t n)
{
	unsigned keep = top->values & (0U - (n <= top->n));
	unsigned add = (unsigned)(n >= top->n) << value;

	top->values = (uint16_t)(keep | add);
	top->n = n > top->n ? n : top->n;
}

static inline bool
is_empty_group(const char *s, const char *end)
{
	return s < end && *s == '-' && (s + 1 == end || s[1] == ';');
}

/* "v:count" at s: where it ends, or NULL. */
static inline const char *
parse_entry(const char *s, const char *end, int *v, uint64_t *count)
{
	*v = end - s > 2 && s[1] == ':' ? num_hex(*s) : -1;
	return *v < 0 ? NULL : num_read(s + 2, end, LIMIT_COUNT, count);
}

/* A byte has two nibbles, and a message that has byte k has those before
 * it: totals come in pairs that do not rise. */
static bool
totals_agree(const uint64_t total[MSGSTATS_NIBBLES])
{
	for (unsigned g = 0; g < MSGSTATS_NIBBLES; g += 2)
		if (total[g] != total[g + 1] ||
		    (g > 0 && total[g] > total[g - 1]))
			return false;
	return true;
}

/* Groups of entries.  Where a group ends cannot be foreseen, and so is no
 * branch of its own. */
static inline bool
parse_groups(uint64_t nib[][16], struct msgread_top *top, uint64_t *messages,
    const char *s, size_t n)
{
	const char *end = s + n;
	uint64_t total[MSGSTATS_NIBBLES];
	unsigned g = 0;

	mem_clear(total, sizeof total);
	for (bool first = true;; s++) {
		uint64_t count;
		int v;

		if (is_empty_group(s, end) && first) {
			s++;
		} else {
			s = parse_entry(s, end, &v, &count);
			if (s == NULL)
				return false;
			nib[g][v] += count;
			total[g] += count;
			if (top != NULL && count > 0)
				rank_value(&top[g], v, nib[g][v]);
		}
		if (s == end)
			break;
		first = *s == ';';
		g += first;
		if ((first | (*s == ',')) == 0 || g == MSGSTATS_NIBBLES)
			return false;
	}
	*messages += total[0];
	return g == MSGSTATS_NIBBLES - 1 && totals_agree(total);
}

bool
msgread_nib(uint64_t nib[MSGSTATS_NIBBLES][16], uint64_t *messages,
    const char *s, size_t n)
{
	if (n == 1 && *s == '-')
		return true;
	if (n == 0 || *s != '=')
		return parse_groups(nib, NULL, messages, s, n);
	++*messages;
	return parse_one_message(nib, s + 1, n - 1);
}

bool
msgread_groups(uint64_t nib[MSGSTATS_NIBBLES][16],
    struct msgread_top top[MSGSTATS_NIBBLES], uint64_t *messages, const char *s,
    size_t n)
{
	return parse_groups(nib, top, messages, s, n);
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
		return msgread_nib(t->nib, &t->messages, s, n);
	default:
		return hist_parse(&t->win, HIST_WIN, s, n);
	}
}
