/*
 * column: the columns of the suite, flow(5), each defined once: its name,
 * what a value is, its unit, its meaning, and the program that makes it.
 *
 * The columns of flows stand in flowcol.c, with what prints and parses each;
 * all others in column.c.  Header lines, what -h and flowcut -T print, and
 * the messages that tell who makes a column that is absent follow from these
 * two tables; programs name the columns they read and make, no more.
 */
#ifndef COLUMN_H
#define COLUMN_H

#include <stddef.h>

/* What a value that is not "-" looks like. */
enum column_type {
	COLUMN_TEXT,
	COLUMN_ADDRESS,		/* IPv4 or IPv6, as inet_ntop prints it */
	COLUMN_INTEGER,		/* whole, not negative */
	COLUMN_REAL,		/* a fixed number of decimals */
	COLUMN_TIME,		/* seconds since 1970 with 6 or 9 decimals */
	COLUMN_HISTOGRAM,	/* key:count,key:count,... (hist.h) */
	COLUMN_TYPES
};

struct column {
	const char *name;
	enum column_type type;
	const char *unit;	/* "" if it has none */
	const char *meaning;
	const char *maker;	/* NULL: pcap2flows */
};

/* The column of that name, n bytes; NULL if the suite makes none. */
const struct column *column_find(const char *name, size_t n);

/* "text", "address" and so on. */
const char *column_type_name(enum column_type);

/* The program that makes it. */
const char *column_maker(const struct column *);

#endif
