/*
 * num: numbers and times read from text, always with bounds.
 */
#ifndef NUM_H
#define NUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NS_PER_S INT64_C(1000000000)

/* No time: unknown, or a limit that is never reached ("inf"). */
#define TIME_NONE INT64_MIN
#define TIME_INF INT64_MAX

/* The n bytes at s are decimal digits, nothing else, and at most max. */
static inline bool num_u64(const char *s, size_t n, uint64_t max, uint64_t *v);

/* The same of what has more digits than one. */
bool num_digits(const char *s, size_t n, uint64_t max, uint64_t *v);

/* Mostly it is one: a count of packets. */
static inline bool
num_u64(const char *s, size_t n, uint64_t max, uint64_t *v)
{
	if (n != 1)
		return num_digits(s, n, max, v);
	*v = (uint64_t)(unsigned char)*s - '0';
	return *v <= 9 && *v <= max;
}

/* The value of a hex digit, 0-9 or a-f, or -1.  A table, since the digits of
 * random bytes cannot be foreseen, and a wrong guess costs more. */
extern const signed char num_hex_value[256];

static inline int
num_hex(char c)
{
	return num_hex_value[(unsigned char)c];
}

/* The 8 bytes at s are hex digits, of which the first is the highest: their
 * value is put behind that of *v. */
bool num_hex8(const char *s, uint64_t *v);

/* The decimal digits at s, up to end, are a number of at most max < 10^18:
 * where they end; NULL if there are none, or it is larger. */
static inline const char *
num_read(const char *s, const char *end, uint64_t max, uint64_t *v)
{
	const char *p = s + 1;
	uint64_t sum;

	if (s == end || *s < '0' || *s > '9')
		return NULL;
	sum = (uint64_t)(*s - '0');	/* mostly it is all */
	for (; p < end && *p >= '0' && *p <= '9' && sum <= max; p++)
		sum = sum * 10 + (uint64_t)(*p - '0');
	*v = sum;
	return sum <= max ? p : NULL;
}

/* The n bytes at s are seconds, 1 to 10 digits with up to 9 decimals;
 * *ns is nanoseconds. */
bool num_time(const char *s, size_t n, int64_t *ns);

/* The same, with a unit behind them if it is not seconds: s, m, h, d. */
bool num_duration(const char *s, size_t n, int64_t *ns);

/* As num_time with an optional sign, for coordinates and the like: the
 * value times 10^decimals (<= 9); further digits are cut. */
bool num_fixed(const char *s, size_t n, unsigned decimals, int64_t *v);

/* The argument of option -opt: a whole number from lo to hi, or seconds
 * ("200", "0.5", "5m", and "inf" for TIME_INF where allowed).  Anything else
 * ends the program with status 2 and a message. */
uint64_t num_option(int opt, const char *arg, uint64_t lo, uint64_t hi);
int64_t num_option_s(int opt, const char *arg, bool inf_allowed);

#endif
