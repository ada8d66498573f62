#include "query/query.h"

#include <err.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/out.h"
#include "query/lasting.h"
#include "query/tree.h"
#include "query/parser.h"
#include "query/grammar.h"

enum { LONGEST = 1 << 16 };

int query_yylex_init_extra(struct parser *, void **);
int query_yylex_destroy(void *);
void *query_yy_scan_bytes(const char *, int, void *);

/* In place of the number of a column: what no column tells, end less start. */
#define DURATION SIZE_MAX

struct query {
	struct tree_names names;
	struct tree *root;
	size_t *at;		/* column of the stream for each name */
	size_t start, end;	/* for DURATION */
	char duration[32];
	char *text;		/* a field and a NUL, for regexec */
	size_t cap;
};

_Noreturn void
parser_fault(struct parser_place at, const char *what)
{
	errx(2, "expression:%zu: %s", at.first, what);
}

_Noreturn void
parser_fault_word(struct parser_place at, const char *what, const char *word)
{
	errx(2, "expression:%zu: %s: %s", at.first, what, word);
}

struct query *
query_parse(const char *text)
{
	struct query *q = lasting_alloc(sizeof *q);
	struct parser parser = { .text = text };
	size_t n = strlen(text);

	if (n > LONGEST)
		errx(2, "expression: longer than %d bytes", LONGEST);
	query_yylex_init_extra(&parser, &parser.scanner);
	query_yy_scan_bytes(text, (int)n, parser.scanner);
	if (query_yyparse(&parser) != 0)
		errx(2, "expression: too deep");
	query_yylex_destroy(parser.scanner);
	q->names = parser.names;
	q->root = parser.root;
	return q;
}

struct query *
query_parse_file(const char *name)
{
	char *text = mem_alloc(LONGEST + 2, 1);
	FILE *file = fopen(name, "r");
	struct query *q;
	size_t n;

	if (file == NULL)
		err(1, "%s", name);
	n = fread(text, 1, LONGEST + 1, file);
	if (ferror(file))
		err(1, "%s", name);
	fclose(file);
	if (memchr(text, '\0', n) != NULL)
		errx(1, "%s: no text", name);
	q = query_parse(text);
	free(text);
	return q;
}

static size_t
column_of(struct rec *r, const char *name)
{
	int k = rec_find(r, name);

	if (k < 0)
		rec_no_column(r, name);
	return (size_t)k;
}

void
query_bind(struct query *q, struct rec *r)
{
	q->at = mem_alloc(q->names.n + 1, sizeof *q->at);
	for (size_t i = 0; i < q->names.n; i++) {
		const char *name = q->names.name[i];

		if (rec_find(r, name) >= 0 || strcmp(name, "duration") != 0) {
			q->at[i] = column_of(r, name);
			continue;
		}
		q->start = column_of(r, "start");
		q->end = column_of(r, "end");
		q->at[i] = DURATION;
	}
}

/* Of the row; "-" where its ends are not known. */
static struct rec_span
duration(struct query *q, struct rec *r)
{
	struct rec_span start = rec_column(r, q->start);
	struct rec_span end = rec_column(r, q->end);
	int64_t from, to;

	if (!num_time(start.s, start.n, &from) ||
	    !num_time(end.s, end.n, &to) || to < from)
		return (struct rec_span){"-", 1};
	return (struct rec_span){q->duration,
	    (size_t)(out_put_time(q->duration, to - from, 9) - q->duration)};
}

static bool
is_unknown(struct rec_span field)
{
	return field.n == 1 && *field.s == '-';
}

/* The sign of the field's order beside the value; false: no number. */
static bool
compare(const struct value *v, struct rec_span field, int *sign)
{
	struct decimal number;
	size_t n = field.n < v->n ? field.n : v->n;

	if (v->kind == VALUE_NUMBER) {
		if (!decimal_parse(field.s, field.n, &number))
			return false;
		*sign = decimal_compare(&number, &v->number);
		return true;
	}
	*sign = memcmp(field.s, v->text, n);
	if (*sign == 0)
		*sign = (field.n > v->n) - (field.n < v->n);
	return true;
}

static enum query_answer
ordered(const struct tree *t, struct rec *r, size_t k, struct rec_span field)
{
	int low, high;

	if (is_unknown(field))
		return QUERY_NO;
	if (!compare(&t->value, field, &low) || (t->kind == TREE_RANGE &&
	    !compare(&t->value_to, field, &high))) {
		rec_bad_column(r, k, "not a number");
		return QUERY_BAD;
	}
	if (t->kind == TREE_RANGE)
		return low >= 0 && high <= 0;
	return low == 0 ? t->or_equal : (low < 0) == (t->sign < 0);
}

static bool
has_family(const struct tree *t, struct rec_span field)
{
	return field.n > 1 && (memchr(field.s, ':', field.n) == NULL) ==
	    t->four;
}

static bool
matches(struct query *q, const struct tree *t, struct rec_span field)
{
	int fault;

	if (field.n + 1 > q->cap)
		q->text = mem_grow(q->text, &q->cap, field.n + 1, 1);
	memcpy(q->text, field.s, field.n);
	q->text[field.n] = '\0';
	/* glibc returns REG_NOMATCH when it runs out of memory, too. */
	errno = 0;
	fault = regexec(t->regex, q->text, 0, NULL, 0);
	if (fault != 0 && (fault != REG_NOMATCH || errno == ENOMEM))
		errx(1, "out of memory in a regular expression");
	return fault == 0;
}

static bool
contains(const struct value *v, struct rec_span field)
{
	for (size_t i = 0; i + v->n <= field.n; i++)
		if (memcmp(field.s + i, v->text, v->n) == 0)
			return true;
	return false;
}

static enum query_answer
test_holds(struct query *q, const struct tree *t, struct rec *r)
{
	bool lasts = q->at[t->column] == DURATION;
	size_t k = lasts ? q->start : q->at[t->column];
	struct rec_span field = lasts ? duration(q, r) : rec_column(r, k);

	switch (t->kind) {
	case TREE_EQUAL:
		return value_equals(&t->value, field.s, field.n);
	case TREE_ORDER:
	case TREE_RANGE:
		return ordered(t, r, k, field);
	case TREE_FAMILY:
		return has_family(t, field);
	case TREE_REGEX:
		return matches(q, t, field);
	case TREE_CONTAINS:
		return contains(&t->value, field);
	default:
		return listfile_holds(t->file, field.s, field.n);
	}
}

static enum query_answer
tree_holds(struct query *q, const struct tree *t, struct rec *r)
{
	enum query_answer answer;

	switch (t->kind) {
	case TREE_ANY:
		return QUERY_YES;
	case TREE_NOT:
		answer = tree_holds(q, t->left, r);
		return answer == QUERY_BAD ? QUERY_BAD :
		    answer == QUERY_NO ? QUERY_YES : QUERY_NO;
	case TREE_AND:
		answer = tree_holds(q, t->left, r);
		return answer == QUERY_YES ? tree_holds(q, t->right, r) :
		    answer;
	case TREE_OR:
		answer = tree_holds(q, t->left, r);
		return answer == QUERY_NO ? tree_holds(q, t->right, r) :
		    answer;
	default:
		return test_holds(q, t, r);
	}
}

enum query_answer
query_holds(struct query *q, struct rec *r)
{
	return tree_holds(q, q->root, r);
}
