/*
 * parser: what lexer, grammar and query share.  Only lib/query includes it.
 */
#ifndef PARSER_H
#define PARSER_H

#include <stdbool.h>
#include <stddef.h>

#include "query/tree.h"

struct parser_word {
	char *text;		/* and a NUL */
	size_t n;
	bool quoted;
};

/* Columns of the expression, from 1. */
struct parser_place {
	size_t first, last;
};

struct parser {
	const char *text;
	void *scanner;
	size_t at;		/* bytes of the text that were read */
	struct tree_names names;
	struct tree *root;
};

/* Ends the program, status 2, with a message that names the place. */
_Noreturn void parser_fault(struct parser_place, const char *what);

/* The same, naming a word too. */
_Noreturn void parser_fault_word(struct parser_place, const char *what,
    const char *word);

#endif
