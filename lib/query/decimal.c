#include "query/decimal.h"

enum { NANOS = 1000000000, DECIMALS = 9 };

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static const char *
read_whole(const char *s, const char *end, uint64_t *whole)
{
	for (*whole = 0; s < end && is_digit(*s); s++) {
		unsigned digit = (unsigned)(*s - '0');

		*whole = *whole > (UINT64_MAX - digit) / 10 ? UINT64_MAX :
		    *whole * 10 + digit;
	}
	return s;
}

static const char *
read_fraction(const char *s, const char *end, struct decimal *d)
{
	int digits = 0;

	for (; s < end && is_digit(*s); s++)
		if (digits++ < DECIMALS)
			d->nano = d->nano * 10 + (uint32_t)(*s - '0');
		else
			d->more |= *s != '0';
	for (; digits < DECIMALS; digits++)
		d->nano *= 10;
	return s;
}

bool
decimal_parse(const char *s, size_t n, struct decimal *d)
{
	const char *end = s + n, *begin, *point;

	*d = (struct decimal){ .negative = n > 0 && *s == '-' };
	if (n > 0 && (*s == '-' || *s == '+'))
		s++;
	begin = s;
	s = read_whole(s, end, &d->whole);
	point = s;
	if (s < end && *s == '.')
		s = read_fraction(s + 1, end, d);
	/* A digit on one side of the point at least. */
	return s == end && s > begin && (point > begin || s > point + 1);
}

static bool
is_zero(const struct decimal *d)
{
	return d->whole == 0 && d->nano == 0 && !d->more;
}

static int
compare_sizes(const struct decimal *a, const struct decimal *b)
{
	if (a->whole != b->whole)
		return a->whole < b->whole ? -1 : 1;
	if (a->nano != b->nano)
		return a->nano < b->nano ? -1 : 1;
	return (int)a->more - (int)b->more;
}

int
decimal_compare(const struct decimal *a, const struct decimal *b)
{
	if (is_zero(a) && is_zero(b))
		return 0;
	if (a->negative != b->negative)
		return a->negative ? -1 : 1;
	return a->negative ? compare_sizes(b, a) : compare_sizes(a, b);
}

bool
decimal_scale(struct decimal *d, uint32_t factor)
{
	uint64_t nano = (uint64_t)d->nano * factor;

	if (d->whole > (UINT64_MAX - nano / NANOS) / factor)
		return false;
	d->whole = d->whole * factor + nano / NANOS;
	d->nano = (uint32_t)(nano % NANOS);
	return true;
}
