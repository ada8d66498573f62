/*
 * The values of logs, see logrow.h.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "log/logrow.h"
#include "packet/packet.h"

/* More seconds than that would lie beyond the year 5000: it must be
 * milliseconds, of which there are at most so many. */
#define YEAR_5000 95617584000.0
#define MOST_MS UINT64_C(9000000000000)

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Digits, a point and digits, as nanoseconds; what comes behind nine
 * decimals is cut.  False for all else, and beyond 10^11. */
static bool
log_plain_seconds(struct rec_span v, int64_t *ns)
{
	const char *s = v.s, *end = s + v.n;
	int64_t whole = 0, part = 0, unit = NS_PER_S;

	for (; s < end && is_digit(*s); s++)
		if ((whole = whole * 10 + (*s - '0')) > INT64_C(9000000000))
			return false;
	if (s == v.s)
		return false;
	if (s < end && *s == '.')
		for (s++; s < end && is_digit(*s); s++) {
			unit /= 10;
			part += (*s - '0') * unit;
		}
	*ns = whole * NS_PER_S + part;
	return s == end;
}

/* Any number that strtod reads whole, 0 or more. */
static bool
log_double(struct rec_span v, double *d)
{
	char text[64], *end;

	if (v.n == 0 || v.n >= sizeof text || !(is_digit(*v.s) || *v.s == '.'))
		return false;
	memcpy(text, v.s, v.n);
	text[v.n] = '\0';
	if (strpbrk(text, "xXpP") != NULL)
		return false;
	*d = strtod(text, &end);
	return *end == '\0' && isfinite(*d);
}

/* Days from 1970-01-01 to a day of the Gregorian calendar. */
static int64_t
days_since_1970(int64_t y, int64_t m, int64_t d)
{
	int64_t era, year, day;

	y -= m <= 2;			/* the year begins in March */
	era = y / 400;
	year = y - era * 400;
	day = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	return era * 146097 + year * 365 + year / 4 - year / 100 + day -
	    719468;
}

/* n digits at *s; they must be there, and at most `most`. */
static bool
digits(const char **s, const char *end, int n, int most, int64_t *v)
{
	*v = 0;
	for (; n > 0; n--, ++*s) {
		if (*s == end || !is_digit(**s))
			return false;
		*v = *v * 10 + (**s - '0');
	}
	return *v <= most;
}

/* "Z", "+0200", "-03:30" or nothing: seconds east of Greenwich. */
static bool
log_zone(const char *s, const char *end, int64_t *east)
{
	int64_t sign, h, m;

	*east = 0;
	if (s == end || (*s == 'Z' && s + 1 == end))
		return true;
	if (*s != '+' && *s != '-')
		return false;
	sign = *s++ == '-' ? -1 : 1;
	if (!digits(&s, end, 2, 23, &h))
		return false;
	if (s < end && *s == ':')
		s++;
	if (!digits(&s, end, 2, 59, &m))
		return false;
	*east = sign * (h * 3600 + m * 60);
	return s == end;
}

static bool
log_date(struct rec_span v, int64_t *ns)
{
	const char *s = v.s, *end = s + v.n;
	int64_t y, mon, d, h, min, sec, east, unit = NS_PER_S, part = 0;

	if (!digits(&s, end, 4, 4999, &y) || y < 1970 || s == end)
		return false;
	if (*s != '-' && *s != '/')
		return false;
	s++;
	if (!digits(&s, end, 2, 12, &mon) || mon < 1 || s == end ||
	    (*s != '-' && *s != '/'))
		return false;
	s++;
	if (!digits(&s, end, 2, 31, &d) || d < 1 || s == end ||
	    (*s != ' ' && *s != 'T' && *s != '.'))
		return false;
	s++;
	if (!digits(&s, end, 2, 23, &h) || s == end || *s++ != ':' ||
	    !digits(&s, end, 2, 59, &min) || s == end || *s++ != ':' ||
	    !digits(&s, end, 2, 60, &sec))
		return false;
	if (s < end && (*s == '.' || *s == ','))
		for (s++; s < end && is_digit(*s); s++) {
			unit /= 10;
			part += (*s - '0') * unit;
		}
	if (!log_zone(s, end, &east))
		return false;
	sec += days_since_1970(y, mon, d) * 86400 + h * 3600 + min * 60 - east;
	if (sec < 0 || sec >= INT64_C(9000000000))
		return false;
	*ns = sec * NS_PER_S + part;
	return true;
}

static bool
log_is_time_of_day(struct rec_span v)
{
	bool colon = false;

	for (size_t i = 0; i < v.n; i++) {
		colon |= v.s[i] == ':';
		if (!is_digit(v.s[i]) && strchr(":.,", v.s[i]) == NULL)
			return false;
	}
	return colon;
}

const char *
log_time(struct rec_span v, int64_t *ns)
{
	uint64_t ms;
	double d;

	if (log_plain_seconds(v, ns) || log_date(v, ns))
		return NULL;
	if (num_u64(v.s, v.n, MOST_MS, &ms)) {
		*ns = (int64_t)ms * 1000000;
		return NULL;
	}
	if (!log_double(v, &d))
		return log_is_time_of_day(v) ?
		    "a time of day without its date" : "not a time";
	if (d > YEAR_5000)
		d /= 1000;
	if (d > 9e9)
		return "not a time";
	*ns = (int64_t)(d * 1e6 + 0.5) * 1000;	/* no double has more */
	return NULL;
}

const char *
log_duration(struct rec_span v, int64_t *ns)
{
	static const char fault[] = "not a duration";
	struct rec_span part = { v.s, 0 };
	const char *end = v.s + v.n;
	int64_t sum = 0, unit;
	double d;

	if (log_plain_seconds(v, ns))
		return NULL;
	if (memchr(v.s, ':', v.n) == NULL) {
		if (!log_double(v, &d) || d > 9e9)
			return fault;
		*ns = (int64_t)(d * 1e9 + 0.5);
		return NULL;
	}
	for (int parts = 0; part.s <= end && parts < 4; parts++) {
		const char *colon = memchr(part.s, ':',
		    (size_t)(end - part.s));

		if (parts == 0 && memchr(part.s, 'd', v.n) != NULL)
			return fault;
		part.n = (size_t)((colon != NULL ? colon : end) - part.s);
		if (!log_plain_seconds(part, &unit) || sum > INT64_MAX / 61 ||
		    unit > INT64_MAX - sum * 60)
			return fault;
		sum = sum * 60 + unit;
		part.s += part.n + 1;
	}
	*ns = sum;
	return part.s == end + 1 && sum < INT64_C(9000000000) * NS_PER_S ?
	    NULL : fault;
}

const char *
log_count(struct rec_span v, uint64_t *n)
{
	if (num_u64(v.s, v.n, UINT64_MAX / 4, n))
		return NULL;
	if (v.n > 2 && strchr("kKMGT", v.s[v.n - 1]) != NULL)
		return "a rounded number";
	return "not a number";
}

const char *
log_port(struct rec_span v, uint16_t *port)
{
	uint64_t n;

	if (!num_u64(v.s, v.n, UINT16_MAX, &n))
		return v.n > 0 && (*v.s | 0x20) >= 'a' && (*v.s | 0x20) <= 'z' ?
		    "the name of a port, not its number" : "not a port";
	*port = (uint16_t)n;
	return NULL;
}

/* The zone of RFC 4007 ("%eth0") is no part of the address. */
const char *
log_addr(struct rec_span v, struct addr *a)
{
	const char *zone = v.n > 0 ? memchr(v.s, '%', v.n) : NULL;

	if (zone != NULL && memchr(v.s, ':', v.n) != NULL)
		v.n = (size_t)(zone - v.s);
	if (addr_parse(v.s, v.n, a))
		return NULL;
	for (size_t i = 0; i + 1 < v.n; i++)
		if (v.s[i] == '.' && v.s[i + 1] == '.')
			return "an address cut short";
	return "not an address";
}

uint8_t
log_proto(struct rec_span v)
{
	if (log_is(v, "tcp") || log_is(v, "6"))
		return PROTO_TCP;
	return log_is(v, "udp") || log_is(v, "17") ? PROTO_UDP : 0;
}
