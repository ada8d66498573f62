/*
 * rec: streams of flow records, flow(5): TAB-separated text whose columns
 * are found by name.  A filter names the columns it needs and those it
 * makes; rec reads operands or stdin, finds columns, carries what it does
 * not know through byte for byte, and puts the filter's own columns on the
 * right, or in place where the input has one of that name already.
 *
 *	rec_open(&r, files, &spec);
 *	while (rec_next(&r)) {
 *		if (!rec_time(&r, START, &start_ns))
 *			continue;		(dropped under -k)
 *		...
 *		rec_set(&r, 0, text, length);
 *		rec_write(&r);
 *	}
 *	return rec_close(&r);
 *
 * Filters that must see all rows before they write the first call rec_keep
 * for each row, rec_replay once, and then rec_next again: rows come back in
 * order (lib/record/spool.h).
 *
 * Errors end the program with a message that names file and line: status 2
 * where a needed column is absent, else 1.  Memory: one line, at most
 * 64 MiB, and the buffers.
 */
#ifndef REC_H
#define REC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/addr.h"
#include "base/out.h"
#include "base/scan.h"
#include "record/column.h"

/* Columns are named here; what they are stands in the tables of columns
 * (lib/record/column.h). */
struct rec_spec {
	const char *const *need;	/* columns that are read */
	size_t n_need;
	const char *maker;	/* the program that makes them; NULL: as the
				   tables of columns say */
	const char *const *made;	/* columns that are made */
	size_t n_made;
	const char *const *left_out;	/* columns that are not written */
	size_t n_left_out;
	const char *columns;	/* -H list, or NULL */
	bool keep_going;	/* -k */
	bool verbose;		/* -v: rec_close tells of records in, out
				   and dropped */
	bool plain;		/* headers are written without # */
	bool own_output;	/* rec writes no header: the program does */
	bool no_output;		/* a list beside the stream: nothing is
				   written, standard output stays open */
};

struct rec;			/* use through the calls below only */

/* files: operands, NULL-terminated; none means stdin, "-" too.  Reads up to
 * the first header, so that a missing column is found at once. */
struct rec *rec_open(char *const *files, const struct rec_spec *);

/* The next row; false at the end.  Spans stay valid until the next call. */
bool rec_next(struct rec *);

/* Column i of the spec's needs, as text. */
struct rec_span rec_get(struct rec *, size_t i);

/* All of them, for programs that look at many. */
void rec_get_all(struct rec *, struct rec_span *);

/* Is it "-"? */
bool rec_unknown(struct rec *, size_t i);

/* Parsed.  False after rec_bad: the row is dropped.  rec_time gives
 * TIME_NONE for "-"; the others refuse it. */
bool rec_u64(struct rec *, size_t i, uint64_t max, uint64_t *);
bool rec_time(struct rec *, size_t i, int64_t *ns);
bool rec_addr(struct rec *, size_t i, struct addr *);
bool rec_port(struct rec *, size_t i, uint16_t *);

/* The row is malformed in needed column i.  Under -k says so, counts it and
 * returns false, and the caller goes on with the next row; otherwise ends
 * the program. */
bool rec_bad(struct rec *, size_t i, const char *what);

/* The same for column k of the first layout, see rec_find. */
bool rec_bad_column(struct rec *, size_t k, const char *what);

/* The value of made column j for this row; the bytes must last until
 * rec_write.  What is not set is "-". */
void rec_set(struct rec *, size_t j, const char *s, size_t n);

/* Writes the row with the made columns. */
void rec_write(struct rec *);

/* The row as one line in the layout of the first header, without LF. */
struct rec_span rec_line(struct rec *);

/* Makes a line that rec_line gave for an earlier row the current row again.
 * Its bytes must last as long as the row. */
void rec_again(struct rec *, struct rec_span line);

/* Number of the column of that name in the first layout, or -1; and column
 * k of the row. For programs that rebuild whole rows. */
int rec_find(const struct rec *, const char *name);
struct rec_span rec_column(struct rec *, size_t k);
size_t rec_width(const struct rec *);
const char *rec_name(const struct rec *, size_t k);

/* Right behind rec_open: a column that the user named is not there.  Ends the
 * program with status 2 and a message that names those there are. */
_Noreturn void rec_no_column(struct rec *, const char *name);

/* For two passes, see above.  rec_keep drops nothing by itself: a row that
 * is not kept does not come back. */
void rec_keep(struct rec *);
void rec_replay(struct rec *);

/* While rows come back: the next ones do not, so many, whose lines have so
 * many bytes, their LF counted. */
void rec_skip(struct rec *, uint64_t rows, uint64_t bytes);

/* Where standard output of the stream is written. */
struct out *rec_out(struct rec *);

/* Writes "#name TAB name ... LF". */
void rec_header(struct out *, const char *const *name, size_t n);

/* The same of a stream: of the first layout; or of a list that the program
 * makes of it, to rec_out.  A stream that came with a plain header, without #,
 * leaves with one. */
void rec_layout_header(struct rec *, struct out *);
void rec_list_header(struct rec *, const char *const *name, size_t n);

/* Of that: what a header line begins with, # or nothing; the names alone. */
void rec_mark(const struct rec *, struct out *);
void rec_layout_names(struct rec *, struct out *);

/* A program that writes rows by itself, to rec_out, says how many. */
void rec_wrote(struct rec *, uint64_t n);

/* Flushes, closes, and returns the exit status: 1 if -k dropped a row. */
int rec_close(struct rec *);

#endif
