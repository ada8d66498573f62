#include "query/value.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/num.h"
#include "query/lasting.h"

enum { MINUTE_S = 60, HOUR_S = 3600, DAY_S = 86400 };

/* Behind a number. */
static const struct unit {
	const char *name;
	uint32_t factor;
	unsigned times;			/* it applies so often */
	bool duration;
} units[] = {
	{"k", 1000, 1, false}, {"K", 1000, 1, false},
	{"M", 1000, 2, false}, {"G", 1000, 3, false},
	{"T", 1000, 4, false}, {"Ki", 1024, 1, false},
	{"Mi", 1024, 2, false}, {"Gi", 1024, 3, false},
	{"s", 1, 1, true}, {"min", MINUTE_S, 1, true},
	{"h", HOUR_S, 1, true}, {"d", DAY_S, 1, true},
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "250ms": a thousandth is no factor, the point moves. */
static bool
read_milliseconds(struct decimal *d, const char *s, size_t n)
{
	if (!decimal_parse(s, n, d))
		return false;
	d->more |= d->nano % 1000 != 0;
	d->nano = (uint32_t)(d->whole % 1000 * 1000000 + d->nano / 1000);
	d->whole /= 1000;
	return true;
}

static bool
read_number(struct value *v, const char *s, size_t n)
{
	size_t digits = n;

	while (digits > 0 && !is_digit(s[digits - 1]) && s[digits - 1] != '.')
		digits--;
	if (n - digits == 2 && memcmp(s + digits, "ms", 2) == 0) {
		v->duration = true;
		return read_milliseconds(&v->number, s, digits);
	}
	if (!decimal_parse(s, digits, &v->number))
		return false;
	if (digits == n)
		return true;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		const struct unit *u = &units[i];

		if (strlen(u->name) != n - digits ||
		    memcmp(u->name, s + digits, n - digits) != 0)
			continue;
		v->duration = u->duration;
		for (unsigned k = 0; k < u->times; k++)
			if (!decimal_scale(&v->number, u->factor))
				return false;
		return true;
	}
	return false;
}

/* Two digits of at most `most` at s; they and one more of `after`, if that
 * is there, are skipped. */
static bool
read_pair(const char **s, const char *end, unsigned most, unsigned *v)
{
	const char *p = *s;

	if (end - p < 2 || !is_digit(p[0]) || !is_digit(p[1]))
		return false;
	*v = (unsigned)(p[0] - '0') * 10 + (unsigned)(p[1] - '0');
	*s = p + 2;
	return *v <= most;
}

static bool
skip(const char **s, const char *end, char c)
{
	if (*s == end || **s != c)
		return false;
	++*s;
	return true;
}

/* Days from 1970-01-01 to a day of the Gregorian calendar; months begin with
 * March, so that the leap day is the last of its year. */
static int64_t
days_before(int64_t year, unsigned month, unsigned day)
{
	int64_t y = year - (month <= 2);
	int64_t m = (month + 9) % 12;

	return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 +
	    day - 1 - 719468;
}

static bool
is_day(int64_t year, unsigned month, unsigned day)
{
	static const unsigned days[] = {
		31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31
	};
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return month >= 1 && month <= 12 && day >= 1 &&
	    day <= days[month - 1] && (month != 2 || day < 29 || leap);
}

/* "T10:00:30.25", all behind the hour optional; seconds of the day. */
static bool
read_clock(const char **s, const char *end, int64_t *second,
    struct decimal *fraction)
{
	unsigned hour, minute = 0, sec = 0;

	if (!read_pair(s, end, 23, &hour))
		return false;
	if (skip(s, end, ':') && !read_pair(s, end, 59, &minute))
		return false;
	if (skip(s, end, ':') && !read_pair(s, end, 60, &sec))
		return false;
	*second = hour * HOUR_S + minute * MINUTE_S + sec;
	if (*s < end && **s == '.') {
		const char *point = *s;

		for (++*s; *s < end && is_digit(**s); ++*s)
			;
		return decimal_parse(point, (size_t)(*s - point), fraction);
	}
	return true;
}

/* "Z", "+02:00", or nothing, which is UTC. */
static bool
read_offset(const char **s, const char *end, int64_t *offset)
{
	unsigned hour, minute = 0;
	bool west;

	*offset = 0;
	if (*s == end || skip(s, end, 'Z'))
		return true;
	west = **s == '-';
	if (!skip(s, end, '+') && !skip(s, end, '-'))
		return false;
	if (!read_pair(s, end, 23, &hour))
		return false;
	skip(s, end, ':');
	if (*s < end && !read_pair(s, end, 59, &minute))
		return false;
	*offset = (west ? -1 : 1) * (int64_t)(hour * HOUR_S +
	    minute * MINUTE_S);
	return true;
}

/* A date has a year of four digits and a '-' behind it. */
static bool
looks_like_date(const char *s, size_t n)
{
	for (size_t i = 0; i < 4; i++)
		if (n < 8 || !is_digit(s[i]))
			return false;
	return s[4] == '-' && is_digit(s[5]);
}

static const char *
read_date(struct value *v, const char *s, size_t n)
{
	static const char fault[] = "no such date: write 2007-04-22, "
	    "2007-04-22T10:00, 2007-04-22T10:00:30Z";
	const char *end = s + n, *p = s + 5;
	unsigned month, day;
	int64_t year = 0, second = 0, offset;
	struct decimal fraction = { .whole = 0 };

	for (int i = 0; i < 4; i++)
		year = year * 10 + (s[i] - '0');
	if (!read_pair(&p, end, 12, &month) || !skip(&p, end, '-') ||
	    !read_pair(&p, end, 31, &day) || !is_day(year, month, day) ||
	    year < 1970)
		return fault;
	if ((skip(&p, end, 'T') || skip(&p, end, ' ')) &&
	    !read_clock(&p, end, &second, &fraction))
		return fault;
	if (!read_offset(&p, end, &offset) || p != end)
		return fault;
	second += days_before(year, month, day) * DAY_S - offset;
	v->kind = VALUE_NUMBER;
	v->number = fraction;
	v->number.whole = second < 0 ? 0 : (uint64_t)second;
	return NULL;
}

static bool
read_net(struct value *v, const char *text)
{
	v->kind = VALUE_NET;
	return net_parse(text, strlen(text), &v->net);
}

const char *
value_read(struct value *v, const char *s, size_t n, bool quoted)
{
	*v = (struct value){ .kind = VALUE_TEXT, .n = n };
	v->text = lasting_alloc(n + 1);
	memcpy(v->text, s, n);
	if (looks_like_date(s, n)) {
		const char *fault = read_date(v, s, n);

		return quoted ? NULL : fault;
	}
	if (quoted)
		return NULL;
	if (addr_parse(s, n, &v->addr))
		v->kind = VALUE_ADDR;
	else if (n > 0 && (is_digit(*s) || strchr("+-.", *s) != NULL) &&
	    read_number(v, s, n))
		v->kind = VALUE_NUMBER;
	else if (memchr(s, '/', n) != NULL && read_net(v, v->text))
		return NULL;
	else if (n > 1 && is_digit(*s) && s[n - 1] == 'm' &&
	    decimal_parse(s, n - 1, &v->number))
		return "ambiguous: M is a million, min a minute";
	else
		v->kind = VALUE_TEXT;
	return NULL;
}

/* 10 is 10.0.0.0/8, 192.168 is 192.168.0.0/16. */
static bool
read_short_net(struct value *v, const char *s, size_t n)
{
	char text[sizeof "255.255.255.0/24"];
	unsigned dots = 0;

	for (size_t i = 0; i < n; i++)
		if (s[i] == '.')
			dots++;
		else if (!is_digit(s[i]))
			return false;
	if (dots > 2 || n > sizeof "255.255.255" - 1)
		return false;
	snprintf(text, sizeof text, "%.*s%s/%u", (int)n, s,
	    &".0.0.0"[2 * dots], 8 * (dots + 1));
	return read_net(v, text);
}

const char *
value_read_net(struct value *v, const char *s, size_t n)
{
	*v = (struct value){ .n = n };
	v->text = lasting_alloc(n + 1);
	memcpy(v->text, s, n);
	if (n == 0 || strpbrk(v->text, ", \t\n") != NULL ||
	    (!read_short_net(v, s, n) && !read_net(v, v->text)))
		return "no network: write 10.0.0.0/8, 192.168, 2001:db8::/32";
	return NULL;
}

/* What was quoted may mean as much. */
const char *
value_unfit(const struct value *v, enum column_type type)
{
	struct value meant;

	if (v->n == 1 && *v->text == '-')
		return NULL;
	if (value_read(&meant, v->text, v->n, false) != NULL)
		meant.kind = VALUE_TEXT;
	switch (type) {
	case COLUMN_ADDRESS:
		return meant.kind == VALUE_ADDR || meant.kind == VALUE_NET ?
		    NULL : "neither an address nor a network";
	case COLUMN_INTEGER:
	case COLUMN_REAL:
	case COLUMN_TIME:
		return meant.kind == VALUE_NUMBER ? NULL :
		    "neither a number nor a date";
	default:
		return NULL;
	}
}

bool
value_equals(const struct value *v, const char *s, size_t n)
{
	struct decimal number;
	struct addr addr;

	if (n == v->n && memcmp(s, v->text, n) == 0)
		return true;
	switch (v->kind) {
	case VALUE_NUMBER:
		return decimal_parse(s, n, &number) &&
		    decimal_compare(&number, &v->number) == 0;
	case VALUE_ADDR:
		return addr_parse(s, n, &addr) &&
		    memcmp(&addr, &v->addr, sizeof addr) == 0;
	case VALUE_NET:
		return addr_parse(s, n, &addr) && net_holds(&v->net, &addr);
	default:
		return false;
	}
}
