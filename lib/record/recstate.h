/*
 * recstate: what the parts of rec share: rec.c (streams and rows), recwrite.c
 * (rows that are written), recheader.c (header lines) and recfault.c
 * (messages).
 */
#ifndef RECSTATE_H
#define RECSTATE_H

#include "base/lines.h"
#include "record/header.h"
#include "record/rec.h"
#include "record/spool.h"

enum { REC_LEFT_OUT = HEADER_ABSENT - 1 };

static const struct rec_span rec_unknown_value = {"-", 1};

struct rec {
	struct rec_spec spec;
	struct lines in;
	struct out out;

	/* The first header: the layout that rows are given in. */
	struct header layout;
	bool bare;			/* it came without # */
	size_t *need_at;		/* layout column of each need */
	int *made_at;			/* of each made one, or HEADER_ABSENT */
	int *made_of;			/* the made one of each layout column,
					   or HEADER_ABSENT, or REC_LEFT_OUT */
	bool in_place;			/* some made column is in the layout,
					   or some column left out */
	size_t *run;			/* where the columns from this on that
					   are neither end */
	size_t tail;			/* all from this on are; 0: others,
					   too */

	/* The header in force, where it differs from the first. */
	struct header other;
	int *map;			/* its column for each of the layout */
	bool mapped;

	/* A # line that might be the header, but for the columns needed. */
	char *comment;
	size_t comment_n, comment_cap;
	uint64_t comment_line;

	/* The row. */
	struct rec_span line;
	uint32_t *at;			/* where its fields begin ... */
	size_t at_cap;
	bool unsplit;			/* ... once they are looked for */
	const int *order;		/* map, or NULL: as in the layout */
	struct rec_span *found;		/* the names in a header */
	size_t found_cap;
	char *joined;			/* a re-mapped line */
	size_t joined_cap;
	struct rec_span *value;		/* of the made columns */

	struct spool spool;
	bool replaying;
	uint64_t replayed;
	uint64_t rows, dropped, written;
};

/* The next line of the input; NULL at its end. */
char *rec_next_line(struct rec *, size_t *n);

/* Splits text into r->found, however many fields it has. */
size_t rec_split(struct rec *, const char *s, size_t n, char sep);

/* Makes room for a row of so many fields. */
void rec_make_room(struct rec *, size_t width);

/* Splits a row that is read a second time.  Apart, so that who asks for a
 * column of a row already split pays nothing. */
void rec_split_late(struct rec *);

/* Such a row is split only when somebody looks. */
static inline void
recstate_split(struct rec *r)
{
	if (r->unsplit)
		rec_split_late(r);
}

/* Column k of the first layout, of a row that is split. */
static inline struct rec_span
recstate_field(const struct rec *r, size_t k)
{
	if (r->order != NULL) {
		if (r->order[k] == HEADER_ABSENT)
			return rec_unknown_value;
		k = (size_t)r->order[k];
	}
	return scan_fields(r->line.s, r->at, k, k + 1);
}

/* Reads up to the first header, or takes it from -H. */
void recheader_open(struct rec *);

/* Writes the header of rows that rec_write writes. */
void recheader_write(struct rec *);

/* Is the line, one that comes later, a header and no row? */
bool recheader_is_again(struct rec *, const char *s, size_t n);
void recheader_again(struct rec *, const char *s, size_t n);

/* Says what is wrong at the line in hand; column may be "". */
void recfault_say(struct rec *, const char *column, const char *what,
    struct rec_span value);

/* The line in hand ends without LF. */
void recfault_warn_cut(const struct rec *);

/* Says what is wrong with a whole line, and counts a bad row or ends the
 * program: false. */
bool recfault_line(struct rec *, const char *what, struct rec_span line);

/* Ends the program if the line is a file's first, and of data that are no
 * records: a capture, what is compressed, JSON.  An empty line is lost. */
void recfault_foreign(struct rec *, struct rec_span line);

/* The header holds bytes that no text has: ends the program. */
_Noreturn void recfault_binary(struct rec *, struct rec_span line);

/* What to say of a line without TABs that is a header but for these: that names
 * of columns are parted by something else.  NULL: it is none. */
const char *recfault_separator(struct rec_span line);

/* No header in the first lines, of which this is the last. */
_Noreturn void recfault_no_header(struct rec *, struct rec_span line);

/* A column that is needed is not among the n in r->found; line: the header's
 * number. */
_Noreturn void recfault_missing(struct rec *, const char *name, size_t n,
    uint64_t line);

#endif
