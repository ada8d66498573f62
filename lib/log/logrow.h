/*
 * logrow: one row of a tool's log, its values by what they mean, whatever
 * the tool calls them and wherever they stand.
 */
#ifndef LOGROW_H
#define LOGROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/addr.h"
#include "base/scan.h"

/* What a value means.  R stands for the responder's direction. */
enum log_field {
	LOG_START, LOG_END, LOG_DURATION, LOG_PROTO, LOG_SRC, LOG_SPORT,
	LOG_DST, LOG_DPORT, LOG_PKTS, LOG_RPKTS, LOG_BYTES, LOG_RBYTES,
	LOG_FLAGS, LOG_RFLAGS, LOG_APP, LOG_NAME,
	LOG_KIND,		/* of record, where a log has several */
	LOG_HISTORY,		/* Zeek: what was seen, by letters */
	LOG_STATE,		/* Zeek: conn_state; argus: State */
	LOG_LOCAL, LOG_RLOCAL,	/* Zeek: is the end internal? */
	LOG_SYNACK, LOG_ACKDAT,	/* argus: times of the handshake */
	LOG_ALL_PKTS, LOG_ALL_BYTES,	/* argus: both ways together */
	LOG_SRC_BYTES,		/* argus: with headers */
	LOG_UDP_LENGTH,		/* tshark */
	LOG_PAYLOAD,		/* tshark: in hex */
	LOG_UID, LOG_ANSWER, LOG_TYPE,	/* of names: DNS */
	LOG_FIELDS
};

enum { LOG_NAMES = 48 };	/* most names of a tool */
enum { LOG_WORD = 32 };		/* more bytes than a word for "nothing" has */

/* A name that the tool uses.  Of several for one field the first in the
 * table that is not empty counts. */
struct log_name {
	const char *name;
	enum log_field field;
};

struct log_row {
	const struct log_name *names;
	size_t n, length[LOG_NAMES];	/* of names, and of each one */
	struct rec_span v[LOG_FIELDS];	/* n is 0 where it is unknown */
	uint8_t from[LOG_FIELDS];	/* which name it has come by */

	/* of a table: the column of each name, -1 if there is none */
	int column[LOG_NAMES];
	size_t columns;
	char nothing[2][LOG_WORD];	/* the log's own words for it */
	size_t next;		/* of an object: the name to be met next */
};

/* The names end in one that is NULL. */
void log_row_init(struct log_row *, const struct log_name *);

/* The heading of a table. */
void log_row_heading(struct log_row *, const struct rec_span *, size_t n);

/* Has the table's heading this field? */
bool log_row_has(const struct log_row *, enum log_field);

/* The name of the field in this log, for messages. */
const char *log_row_name(const struct log_row *, enum log_field);

/* Fills the row out of a table's n values; blanks and a pair of quotes around
 * them are cut, as are "-", "(empty)" and the row's own words for nothing. */
void log_row_set(struct log_row *, const struct rec_span *, size_t n);

/* Sets one value, for lines that are no table. */
void log_row_field(struct log_row *, enum log_field, struct rec_span);

/* Fills it out of an object, a json_take with the row as its argument.
 * Clear it before each object. */
void log_row_clear(struct log_row *);
void log_row_take(void *row, const char *path, size_t path_n,
    const char *value, size_t value_n);

/*
 * Values.  Each returns NULL, or what is wrong with the text.
 */

/* A point in time: seconds since the epoch, with decimals and exponent;
 * milliseconds where so many seconds would lie beyond the year 5000; or a
 * date and time of day in UTC or with its zone behind it, as ISO 8601 or
 * with blanks and slashes. */
const char *log_time(struct rec_span, int64_t *ns);

/* A duration: seconds, or [days:]hh:mm:ss, with decimals. */
const char *log_duration(struct rec_span, int64_t *ns);

const char *log_count(struct rec_span, uint64_t *);
const char *log_port(struct rec_span, uint16_t *);
const char *log_addr(struct rec_span, struct addr *);

/* 6 or 17 for what is TCP or UDP, by name or number; 0 for all else. */
uint8_t log_proto(struct rec_span);

/* Is it this word, whatever its capitals? */
bool log_is(struct rec_span, const char *word);

#endif
