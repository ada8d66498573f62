#include "base/num.h"

#include <err.h>
#include <string.h>

#include "base/load.h"

const signed char num_hex_value[256] = {
	-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
	-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
	-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
	0, 1, 2, 3, 4, 5, 6, 7, 8, 9, -1, -1, -1, -1, -1, -1,
	-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
	-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
	-1, 10, 11, 12, 13, 14, 15, -1, -1, -1, -1, -1, -1, -1, -1, -1,
	-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
	-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
	-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
	-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
	-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
	-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
	-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
	-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
	-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
};

/* All at once: of a letter bit 6 is set, and its digit's value is 9 more than
 * its lower four bits, 1 to 6, say. */
bool
num_hex8(const char *s, uint64_t *v)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	uint64_t text = load8(s), letter = text >> 6 & ones;
	uint64_t low = text & 15 * ones;
	uint64_t bad = (text ^ low) ^ (0x30 * ones + 0x30 * letter);

	bad |= (low + 6 * ones + 3 * letter) & 0x10 * ones;
	bad |= ~(low + 15 * ones) & 0x10 * letter;
	low += 9 * letter;
	low = (low << 4 | low >> 8) & UINT64_C(0x00ff00ff00ff00ff);
	*v = *v << 32 | (low & 255) << 24 | (low >> 16 & 255) << 16 |
	    (low >> 32 & 255) << 8 | low >> 48;
	return bad == 0;
}

enum { AT_ONCE = 8, SAFE = 19 };	/* so many digits fit 64 bits */

/* 2 to 8 of them, the last one in the highest byte, zeros before the first. */
static inline uint64_t
load_digits(const char *s, size_t n)
{
	const uint32_t zeros = UINT32_C(0x30303030);
	unsigned skip = 8 * (AT_ONCE - (unsigned)n);
	uint32_t first, last;

	if (n < 4) {
		first = (uint32_t)(unsigned char)s[0] |
		    (uint32_t)(unsigned char)s[n / 2] << 8 * (n / 2) |
		    (uint32_t)(unsigned char)s[n - 1] << 8 * (n - 1);
		return (uint64_t)(first ^ zeros) << skip;
	}
	first = load4(s) ^ zeros;
	last = load4(s + n - 4) ^ zeros;
	return (uint64_t)last << 32 | (uint32_t)((uint64_t)first << skip);
}

/* Without a branch on how many there are, which nothing foretells. */
static inline bool
few_digits(const char *s, size_t n, uint64_t *v)
{
	const uint64_t tens = UINT64_C(0x000000ff000000ff);
	uint64_t d = load_digits(s, n), two;

	two = d * 10 + (d >> 8);
	if ((((d + UINT64_C(0x7676767676767676)) | d) &
	    UINT64_C(0x8080808080808080)) != 0)
		return false;
	*v = ((two & tens) * (UINT64_C(1000000) << 32 | 100) +
	    (two >> 16 & tens) * (UINT64_C(10000) << 32 | 1)) >> 32;
	return true;
}

bool
num_digits(const char *s, size_t n, uint64_t max, uint64_t *v)
{
	uint64_t sum = 0;
	size_t safe = n < SAFE ? n : SAFE;

	if (n - 2 <= AT_ONCE - 2)
		return few_digits(s, n, v) && *v <= max;
	if (n == 0)
		return false;
	for (; safe > 0; s++, n--, safe--) {
		unsigned d = (unsigned)(unsigned char)*s - '0';

		if (d > 9)
			return false;
		sum = sum * 10 + d;
	}
	for (; n > 0; s++, n--) {
		unsigned d = (unsigned)(unsigned char)*s - '0';

		if (d > 9 || sum > (UINT64_MAX - d) / 10)
			return false;
		sum = sum * 10 + d;
	}
	*v = sum;
	return sum <= max;
}

/* Digits [. digits]: the value times 10^decimals, further digits cut. */
static bool
parse_decimal(const char *s, size_t n, size_t most_whole, unsigned decimals,
    uint64_t *v)
{
	const char *point = memchr(s, '.', n);
	size_t whole = point ? (size_t)(point - s) : n;
	size_t part = point ? n - whole - 1 : 0;
	uint64_t high, low = 0;

	if (whole > most_whole || part > 18 || (point && part == 0))
		return false;
	if (!num_u64(s, whole, UINT64_MAX, &high))
		return false;
	if (part > 0 && !num_u64(point + 1, part, UINT64_MAX, &low))
		return false;
	for (; part > decimals; part--)
		low /= 10;
	for (; part < decimals; part++)
		low *= 10;
	for (unsigned i = 0; i < decimals; i++)
		high *= 10;
	*v = high + low;
	return true;
}

bool
num_time(const char *s, size_t n, int64_t *ns)
{
	const char *point = memchr(s, '.', n);
	uint64_t v;

	if (point && n - (size_t)(point - s) - 1 > 9)
		return false;
	/* The last second whose nanoseconds an int64_t can count. */
	if (!parse_decimal(s, n, 10, 9, &v) || v > (uint64_t)INT64_MAX - 1)
		return false;
	*ns = (int64_t)v;
	return true;
}

bool
num_fixed(const char *s, size_t n, unsigned decimals, int64_t *v)
{
	bool minus = n > 0 && *s == '-';
	uint64_t abs;

	if (n > 0 && (*s == '-' || *s == '+')) {
		s++;
		n--;
	}
	if (!parse_decimal(s, n, 9, decimals, &abs))
		return false;
	*v = minus ? -(int64_t)abs : (int64_t)abs;
	return true;
}

uint64_t
num_option(int opt, const char *arg, uint64_t lo, uint64_t hi)
{
	uint64_t v;

	if (!num_u64(arg, strlen(arg), hi, &v) || v < lo)
		errx(2, "-%c: not a whole number from %llu to %llu: \"%s\"",
		    opt, (unsigned long long)lo, (unsigned long long)hi, arg);
	return v;
}

bool
num_duration(const char *s, size_t n, int64_t *ns)
{
	static const char unit[] = "smhd";
	static const int64_t seconds[] = {1, 60, 3600, 86400};
	const char *u = n > 0 ? strchr(unit, s[n - 1]) : NULL;
	int64_t factor = u != NULL ? seconds[u - unit] : 1;

	if (!num_time(s, n - (u != NULL), ns) || *ns > INT64_MAX / factor)
		return false;
	*ns *= factor;
	return true;
}

int64_t
num_option_s(int opt, const char *arg, bool inf_allowed)
{
	int64_t ns;

	if (inf_allowed && strcmp(arg, "inf") == 0)
		return TIME_INF;
	if (!num_duration(arg, strlen(arg), &ns))
		errx(2, "-%c: not a time as 90, 90s, 5m, 1h, 7d%s: \"%s\"",
		    opt, inf_allowed ? " or inf" : "", arg);
	return ns;
}
