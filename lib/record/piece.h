/*
 * piece: records that are pieces of flows, put together.  A piece that was
 * joined with none is written as it came.
 */
#ifndef PIECE_H
#define PIECE_H

#include <stdbool.h>
#include <stddef.h>

#include "flow/flow.h"
#include "record/flowrec.h"
#include "record/rec.h"

/* Which columns of a stream are a flow's.  The stream's needs begin with the
 * basic ones of enum flowrec_column, in that order. */
struct piece_layout {
	struct rec *in;
	int *column;			/* of each in the layout: enum
					   flowrec_column, or PIECE_OTHER */
	size_t place[FLOWREC_COLUMNS];	/* of a flow's column in the layout;
					   SIZE_MAX: it is not there */
	unsigned decimals;		/* of times; 0 before the first row */
};

enum { PIECE_OTHER = -1 };	/* a column that is no flow's */

/* A piece, or the pieces joined so far.  Begins as zeros. */
struct piece {
	struct flow flow;
	char *line;			/* of the first piece */
	size_t n, cap;
	bool joined;			/* the line is no longer it, … */
	struct piece_text {
		char *s;
		size_t n, cap;
		bool lost;		/* it is "-", whatever comes */
	} more[FLOWREC_COLUMNS];	/* … and these are further columns */
};

void piece_layout(struct piece_layout *, struct rec *);
void piece_layout_free(struct piece_layout *);

/* The flow of the row.  False after rec_bad. */
bool piece_read(struct piece_layout *, struct piece *);

/* The row's text, too: it may be joined or written later. */
void piece_keep(struct piece_layout *, struct piece *);

/* Adds b to a, which begins no later.  Counts of more than 2^53 are bad. */
void piece_join(struct piece_layout *, struct piece *a, struct piece *b);

/* Without the LF. */
void piece_write(struct piece_layout *, struct piece *);
void piece_free(struct piece *);

#endif
