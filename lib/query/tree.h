/*
 * tree: an expression as the grammar builds it and query_holds walks it.
 * Only lib/query includes this.
 */
#ifndef TREE_H
#define TREE_H

#include <regex.h>
#include <stdbool.h>
#include <stddef.h>

#include "query/listfile.h"
#include "query/value.h"

enum tree_kind {
	TREE_ANY,		/* every row */
	TREE_NOT, TREE_AND, TREE_OR,
	TREE_EQUAL,		/* the field equals the value */
	TREE_ORDER,		/* it is less, or greater */
	TREE_RANGE,		/* it is a number from value to value_to */
	TREE_FAMILY,		/* it is an address of IPv4, or of IPv6 */
	TREE_REGEX, TREE_CONTAINS, TREE_FILE
};

struct tree {
	enum tree_kind kind;
	struct tree *left, *right;
	size_t column;		/* number of its name in struct tree_names */
	struct value value, value_to;
	int sign;		/* TREE_ORDER: -1 less, 1 greater … */
	bool or_equal;		/* … or equal */
	bool four;		/* TREE_FAMILY: IPv4 */
	regex_t *regex;
	struct listfile *file;
};

/* The columns that an expression names, each once. */
struct tree_names {
	char **name;
	size_t n, cap;
};

/* What a test is about: one column, or the same of both ends of a flow. */
struct tree_subject {
	const char *name[2];	/* the second may be NULL */
	bool both;		/* each must fulfil the test, not any */
	const char *proto;	/* and proto is that; may be NULL */
};

struct tree *tree_new(enum tree_kind);
struct tree *tree_join(enum tree_kind, struct tree *, struct tree *);
struct tree *tree_not(struct tree *);

/* The first value that no field of such a column can be equal to, and why;
 * NULL: there is none. */
const struct value *tree_unfit(const struct tree *test, const char *column,
    const char **why);

/* The test for each column of the subject.  It may be any tree of tests
 * whose column is not set yet; it becomes part of the result. */
struct tree *tree_apply(struct tree_names *, const struct tree_subject *,
    struct tree *test);

/* What a name means: a column, an alias that users of other tools know
 * (packets, ip.src, tcp.port), or a column of that name. */
struct tree_subject tree_subject_of(const char *name);

/* The IANA keyword or number, as in column proto, of a protocol's name;
 * NULL if it is none. */
const char *tree_proto(const char *name);

#endif
