/*
 * query: does a record fulfil an expression?  The language is flowgrep(1)'s:
 * tests of columns, joined by and, or, not, in the words that users of
 * tcpdump, nfdump and Wireshark type.
 *
 *	q = query_parse(text);
 *	r = rec_open(files, &spec);
 *	query_bind(q, r);
 *	while (rec_next(r))
 *		if (query_holds(q, r) == QUERY_YES)
 *			...
 *
 * What is wrong with an expression ends the program with status 2 and a
 * message that names the column of the text, from 1, and what was expected.
 * Memory: about 100 bytes a test, and what lists in files take.
 */
#ifndef QUERY_H
#define QUERY_H

#include "record/rec.h"

struct query;

/* What a row is: it fulfils the expression, does not, or is malformed in a
 * column that was asked for (then it is counted, see rec_bad_column). */
enum query_answer { QUERY_BAD = -1, QUERY_NO, QUERY_YES };

/* The text need not last.  Files that it names (`in @file`) are read. */
struct query *query_parse(const char *text);

/* The same, of a file's text; "-" is no standard input. */
struct query *query_parse_file(const char *name);

/* Finds the columns; one that the stream lacks ends the program with status
 * 2 and a message that names those there are. */
void query_bind(struct query *, struct rec *);

enum query_answer query_holds(struct query *, struct rec *);

#endif
