/*
 * flowrec: flows as records, flow(5), and back.
 *
 * One table, flowrec_col, declares the columns of a flow: name, type, unit,
 * meaning, the group it is written with, the direction it tells of, what
 * prints it and what parses it.  Header line, rows, reading, -h and the test
 * of the pages follow from it.
 *
 * A new column is an enumerator here, in the place where it is written, and
 * an entry of the table in flowcol.c.  A new group of columns, to be asked
 * for by name (pcap2flows -e), is a bit of enum flowrec_group: columns of
 * groups that are not chosen cost nothing.
 */
#ifndef FLOWREC_H
#define FLOWREC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/out.h"
#include "base/scan.h"
#include "flow/flow.h"
#include "record/column.h"
#include "record/morecol.h"

/* Columns, in the order in which they are written. */
enum flowrec_column {
	COL_CID, COL_START, COL_END, COL_PROTO, COL_SRC, COL_SPORT, COL_DST,
	COL_DPORT, COL_DIR, COL_PKTS, COL_RPKTS, COL_BYTES, COL_RBYTES,
	COL_LAST, COL_RLAST, COL_ASK, COL_REPLY, COL_ASK2, COL_TURN,
	COL_FLAGS, COL_RFLAGS, COL_WHY,
	COL_SIZE, COL_RSIZE, COL_FUN, COL_RFUN, COL_NIB, COL_RNIB, COL_WIN,
	COL_RWIN,
	COL_UNREACH,
	MORECOL_EACH(MORECOL_ENUM)
	MORECOL_EACH_BOTH(MORECOL_ENUM_BOTH)
	FLOWREC_COLUMNS
};

/* What is written together or not at all; bits of a set.  The groups of
 * flowmore.h, columns of which are in morecol.h, are 4 times their bits. */
#define FLOWREC_MORE(groups) ((groups) << 2)

enum flowrec_group {
	FLOWREC_BASIC = 1,		/* always */
	FLOWREC_MESSAGES = 2,		/* size to rwin */
	FLOWREC_LINK = FLOWREC_MORE(FLOWMORE_LINK),
	FLOWREC_IP = FLOWREC_MORE(FLOWMORE_IP),
	FLOWREC_TCP = FLOWREC_MORE(FLOWMORE_TCP),
	FLOWREC_TIME = FLOWREC_MORE(FLOWMORE_TIME),
	FLOWREC_SPLT = FLOWREC_MORE(FLOWMORE_SPLT),
	FLOWREC_ENT = FLOWREC_MORE(FLOWMORE_ENT),
	FLOWREC_TUNNEL = FLOWREC_MORE(FLOWMORE_TUNNEL)
};

/* Times of a row, most of which are those of its first or last packet. */
struct flowrec_clock {
	unsigned decimals;
	int64_t start, end;
	char start_text[24], end_text[24];
};

struct flowrec_col {
	struct column about;
	enum flowrec_group group;
	enum flow_side side;		/* whose packets it tells of */

	/* What prints it, one of the two.  put writes at most FLOWREC_PUT
	 * bytes at p and returns where they end; write is for what may be
	 * longer. */
	char *(*put)(char *p, const struct flow *, enum flow_side,
	    const struct flowrec_clock *);
	void (*write)(struct out *, struct flow *, enum flow_side);

	/* Sets what the text tells of the flow.  Returns NULL, or what is
	 * wrong with it.  NULL: it tells nothing new. */
	const char *(*parse)(struct flow *, enum flow_side, struct rec_span);
};

enum { FLOWREC_PUT = 64 };

extern const struct flowrec_col flowrec_col[FLOWREC_COLUMNS];

/* The columns up to why, which every row has, are written without asking the
 * table one by one, which would cost as much as their digits.  As `put` of each
 * of them, with a tab behind it. */
enum { FLOWREC_FIRST = COL_WHY + 1 };

char *flowrec_put_first(char *p, const struct flow *,
    const struct flowrec_clock *);

/* The columns size to rwin, in the same way. */
enum { FLOWREC_MESSAGE_COLUMNS = COL_RWIN + 1 - COL_SIZE };

void flowrec_write_messages(struct out *, struct flow *);

/* The column of that name, n bytes; FLOWREC_COLUMNS if none has it. */
enum flowrec_column flowrec_find(const char *name, size_t n);

/* The columns of some groups, in order.  Those that `put` prints and that
 * come first are written in one go. */
struct flowrec_choice {
	size_t n, n_put;
	bool has_first;			/* the first FLOWREC_FIRST */
	bool has_messages;		/* size to rwin, behind them */
	const struct flowrec_col *col[FLOWREC_COLUMNS];
};

void flowrec_choose(struct flowrec_choice *, unsigned groups);

/* Writes the header line of these columns, and a flow's row; decimals: of
 * times, 6 or 9. */
void flowrec_header(struct out *, const struct flowrec_choice *);
void flowrec_write(struct out *, struct flow *,
    const struct flowrec_choice *, unsigned decimals);

/* Writes one column of the flow, and nothing around it. */
void flowrec_set_clock(struct flowrec_clock *, const struct flow *,
    unsigned decimals);
void flowrec_write_column(struct out *, struct flow *, enum flowrec_column,
    const struct flowrec_clock *);

/* A flow of which nothing is known. */
void flowrec_clear(struct flow *);

/* Sets what column c tells of the flow; cid and end tell nothing new.
 * Returns NULL, or what is wrong with the text. */
const char *flowrec_parse(struct flow *, enum flowrec_column,
    struct rec_span);

#endif
