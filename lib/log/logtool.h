/*
 * logtool: the tools whose logs are read, and what is particular to each.
 *
 * To add one: a table of its names, a function that knows its lines if it
 * writes text, a function that makes a flow of a row, and a line in
 * logtool.c.
 */
#ifndef LOGTOOL_H
#define LOGTOOL_H

#include <stdbool.h>
#include <stddef.h>

#include "log/logflow.h"
#include "log/logrow.h"

/* What a line of text is. */
enum log_line {
	LOG_LINE_OTHER,		/* a comment, a total: nothing to say */
	LOG_LINE_HEADING,	/* the row knows its columns now */
	LOG_LINE_ROW,		/* the row is filled */
	LOG_LINE_SHORT,		/* it has fewer values than the heading */
	LOG_LINE_LONG,		/* … or more */
	LOG_LINE_STRANGE	/* this is no log of the tool */
};

/* What a row says. */
enum log_verdict {
	LOG_FLOW,		/* a flow */
	LOG_NO_FLOW,		/* another protocol */
	LOG_OTHER_KIND,		/* another kind of record */
	LOG_BAD			/* malformed */
};

/* What is wrong, and where. */
struct log_fault {
	enum log_field field;
	const char *what;
};

/* The state of a text log between its lines. */
struct log_text {
	bool headed;		/* a heading has come */
	bool ended;		/* totals have come */
	char separator;
	bool lines;		/* nfdump: lines for people, not CSV */
	bool has_flags;		/* … with the column Flags */
	bool both_ways;		/* … with packets and bytes of both ways */
};

struct log_tool {
	const char *name;
	const char *expected;	/* what its log is called in messages */
	const char *made_by;	/* the command that makes it */
	enum log_layout layout;
	bool rounds;		/* its times are rounded to microseconds */
	const struct log_name *names;
	const enum log_field *needs;	/* without which nothing can be said;
					   ends in LOG_FIELDS */
	bool json;
	enum log_line (*line)(struct log_text *, struct log_row *, char *s,
	    size_t n);		/* NULL: it writes JSON only */
	enum log_verdict (*flow)(const struct log_row *, struct log_flow *,
	    struct log_fault *);
};

/* NULL if there is none of that name. */
const struct log_tool *log_tool_find(const char *name);

extern const struct log_tool log_argus, log_ndpi, log_nfdump, log_silk,
    log_suricata, log_tshark, log_zeek;

/*
 * What the tools share.
 */

/* A line of a table: splits it; LOG_LINE_ROW or LOG_LINE_SHORT. */
enum log_line log_table_row(struct log_row *, char *s, size_t n, char sep);
void log_table_heading(struct log_row *, char *s, size_t n, char sep);

/* A line of a table that has a heading with a column called `word`, and by what
 * stands behind that its separator: what it is, taken in.  Blanks separate
 * nothing, since values may be empty. */
enum log_line log_table_line(struct log_text *, struct log_row *, char *s,
    size_t n, const char *word);

bool log_begins(const char *s, size_t n, const char *word);

/* Reads the 5-tuple; false with the fault set, or with fault->what NULL
 * for a protocol of which no record is written. */
bool log_read_tuple(const struct log_row *, struct log_flow *,
    struct log_fault *);

/* Reads one value; false with the fault set.  An unknown count is
 * LOG_UNKNOWN, an unknown duration 0. */
bool log_read_time(const struct log_row *, enum log_field, int64_t *,
    struct log_fault *);
bool log_read_duration(const struct log_row *, enum log_field, int64_t *,
    struct log_fault *);
bool log_read_count(const struct log_row *, enum log_field, uint64_t *,
    struct log_fault *);

/* Start and end, the latter by the time of the end or by the duration. */
bool log_read_times(const struct log_row *, struct log_flow *,
    struct log_fault *);

/* Payload bytes out of bytes with headers: what the least headers leave, so
 * exact for UDP unless there are IP options, and for TCP too much by the TCP
 * options.  link: bytes of the link layer's header, if these are counted. */
uint64_t log_payload(uint64_t bytes, uint64_t pkts,
    const struct log_flow *, unsigned link);

/* Times, packets and payload of both directions, of a log that counts bytes
 * with such headers. */
bool log_read_counts(const struct log_row *, struct log_flow *, unsigned link,
    struct log_fault *);

/* TCP flags of one direction out of letters, as records have them.  A log
 * that has only their union cannot tell SYN from SYN and ACK: opens says
 * whether this side is taken for the one who opened. */
uint16_t log_flags(struct rec_span letters, bool opens);

/* Who speaks from the higher port is taken for the one who opened. */
bool log_opens(const struct log_flow *);

/* A flow of one direction: end becomes last, the other side sent nothing. */
void log_one_way(struct log_flow *);

#endif
