/*
 * value: what an expression compares a column with: a number, a time, an
 * address, a network, or text.
 */
#ifndef VALUE_H
#define VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/addr.h"
#include "query/decimal.h"
#include "record/column.h"

enum value_kind { VALUE_TEXT, VALUE_NUMBER, VALUE_ADDR, VALUE_NET };

struct value {
	enum value_kind kind;
	char *text;			/* as it was typed, and a NUL … */
	size_t n;			/* … without that */
	bool duration;			/* a number of seconds, by its unit */
	struct decimal number;
	struct addr addr;
	struct net net;
};

/*
 * What the n bytes at s mean.  Numbers may end in k, M, G, T (powers of
 * 1,000), Ki, Mi, Gi (of 1,024), or in ms, s, min, h, d (seconds).  Times
 * are dates as RFC 3339 has them, 2007-04-22, 2007-04-22T10:00, seconds,
 * decimals and an offset as one likes; without offset they are UTC.  Quoted
 * text is text, or a date with a blank before the hour.  Returns NULL, or
 * what is wrong.
 */
const char *value_read(struct value *, const char *s, size_t n, bool quoted);

/* A network as tcpdump writes it too: 10, 192.168, 2001:db8::/32. */
const char *value_read_net(struct value *, const char *s, size_t n);

/* Why no field of such a column can be equal to it; NULL: one can. */
const char *value_unfit(const struct value *, enum column_type);

/* Is a field equal to it?  Numbers by value, addresses by value, networks
 * if they hold the field, all else byte for byte. */
bool value_equals(const struct value *, const char *s, size_t n);

#endif
