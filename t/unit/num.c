/* Numbers and times: what is taken, what is refused, what is written. */
#include "base/num.h"

#include <string.h>
#include <unistd.h>

#include "base/out.h"
#include "tap.h"

static bool
whole(const char *s, uint64_t max, uint64_t want)
{
	uint64_t v = 0;

	return num_u64(s, strlen(s), max, &v) && v == want;
}

static bool
no_whole(const char *s, uint64_t max)
{
	uint64_t v;

	return !num_u64(s, strlen(s), max, &v);
}

static bool
time_is(const char *s, int64_t want)
{
	int64_t ns = -1;

	return num_time(s, strlen(s), &ns) && ns == want;
}

static bool
no_time(const char *s)
{
	int64_t ns;

	return !num_time(s, strlen(s), &ns);
}

static bool
duration_is(const char *s, int64_t want)
{
	int64_t ns = -1;

	return num_duration(s, strlen(s), &ns) ? ns == want : want == -1;
}

static bool
fixed_is(const char *s, unsigned decimals, int64_t want)
{
	int64_t v = -1;

	return num_fixed(s, strlen(s), decimals, &v) && v == want;
}

static void
reading(void)
{
	ok(whole("0", 0, 0));
	ok(whole("007", 7, 7));
	ok(whole("18446744073709551615", UINT64_MAX, UINT64_MAX));
	ok(no_whole("18446744073709551616", UINT64_MAX));
	ok(no_whole("99999999999999999999", UINT64_MAX));
	ok(no_whole("256", 255));
	ok(no_whole("", 9));
	ok(no_whole("-1", 9));
	ok(duration_is("90", 90 * NS_PER_S));
	ok(duration_is("90s", 90 * NS_PER_S));
	ok(duration_is("0.5m", 30 * NS_PER_S));
	ok(duration_is("1h", 3600 * NS_PER_S));
	ok(duration_is("7d", 604800 * NS_PER_S));
	ok(duration_is("106751d", INT64_C(106751) * 86400 * NS_PER_S));
	ok(duration_is("106752d", -1));
	ok(duration_is("m", -1));
	ok(duration_is("1hm", -1));
	ok(duration_is("1w", -1));
	ok(duration_is("", -1));
	ok(no_whole("+1", 9));
	ok(no_whole("1 ", 9));
	ok(no_whole("0x1", 9));

	ok(time_is("0000000001.000001", 1000001000));
	ok(time_is("1177200000", 1177200000 * NS_PER_S));
	ok(time_is("1.5", 1500000000));
	ok(time_is("4294967295.999999999", 4294967295999999999));
	ok(time_is("9223372036.854775806", INT64_MAX - 1));
	ok(no_time("9223372036.854775808"));
	ok(no_time("9999999999"));
	ok(no_time("12345678901"));
	ok(no_time("1.0000000001"));
	ok(no_time("1."));
	ok(no_time(".5"));
	ok(no_time("-"));
	ok(no_time("-1"));
	ok(no_time("1.2.3"));

	ok(fixed_is("-7.69", 4, -76900));
	ok(fixed_is("45", 2, 4500));
	ok(fixed_is("1.23456789", 3, 1234));
}

/* Numbers of 1 to 19 digits, and any byte at any place among them. */
static bool
digits_told(size_t n)
{
	static const char text[] = "9876543210987654321";
	uint64_t want = 0, v;

	for (size_t i = 0; i < n; i++)
		want = want * 10 + (uint64_t)(text[i] - '0');
	if (!num_u64(text, n, want, &v) || v != want ||
	    num_u64(text, n, want - 1, &v))
		return false;
	for (size_t at = 0; at < n; at++)
		for (int c = 0; c < 256; c++) {
			char s[sizeof text];

			memcpy(s, text, sizeof text);
			s[at] = (char)c;
			if (num_u64(s, n, UINT64_MAX, &v) !=
			    (c >= '0' && c <= '9'))
				return false;
		}
	return true;
}

static void
digits(void)
{
	for (size_t n = 1; n <= 19; n++)
		ok(digits_told(n));
}

static bool
writes_time(const char *want, int64_t ns)
{
	char text[20];

	return (size_t)(out_put_time(text, ns, 6) - text) == strlen(want) &&
	    memcmp(text, want, strlen(want)) == 0;
}

/* Back and forth, since digits of the time before are used again. */
static void
times(void)
{
	ok(writes_time("0000009999.999999", 9999999999999));
	ok(writes_time("0000010000.000000", 10000000000000));
	ok(writes_time("0000009999.000000", 9999000000000));
	ok(writes_time("1234567890.012345", 1234567890012345678));
	ok(writes_time("1234570000.000001", 1234570000000001000));
	ok(writes_time("9223372036.854775", INT64_MAX));
	ok(writes_time("0000000000.000000", 0));
}

static bool
hex_is(const char *s, uint64_t v)
{
	uint64_t got = 0;

	return num_hex8(s, &got) && got == v;
}

/* Any byte at any place among digits. */
static bool
hex_told(void)
{
	for (int at = 0; at < 8; at++)
		for (int c = 0; c < 256; c++) {
			char s[] = "0a9f1e8b";
			uint64_t v = 0;

			s[at] = (char)c;
			if (num_hex8(s, &v) != (num_hex((char)c) >= 0))
				return false;
			if (num_hex((char)c) >= 0 && (int)(v >> (28 - 4 * at) &
			    15) != num_hex((char)c))
				return false;
		}
	return true;
}

static void
hex(void)
{
	uint64_t v = 0x12345678;

	ok(hex_is("00000000", 0));
	ok(hex_is("01234567", 0x01234567));
	ok(hex_is("89abcdef", 0x89abcdef));
	ok(num_hex8("fedcba98", &v) && v == UINT64_C(0x12345678fedcba98));
	ok(hex_told());
}

static void
writing(void)
{
	static struct out o;

	out_open(&o, 1, "<stdout>");
	out_time(&o, 1177200000000001999, 6);
	out_char(&o, ' ');
	out_time(&o, 1999, 9);
	out_char(&o, ' ');
	out_fixed(&o, -5, 3);
	out_char(&o, ' ');
	out_fixed(&o, 12345, 0);
	out_char(&o, ' ');
	out_u64(&o, UINT64_MAX);
	ok(o.n == strlen("1177200000.000001 0000000000.000001999 -0.005 "
	    "12345 18446744073709551615"));
	ok(memcmp(o.buf, "1177200000.000001 0000000000.000001999 -0.005 "
	    "12345 18446744073709551615", o.n) == 0);
	o.n = 0;
}

int
main(void)
{
	reading();
	hex();
	digits();
	writing();
	times();
	return done();
}
