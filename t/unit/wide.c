/* Numbers of 128 bits, calculated by hand; where the compiler has its own,
 * also against those. */
#include "base/wide.h"
#include "tap.h"

static const uint64_t edge[] = {
	0, 1, 2, 3, UINT32_MAX, UINT64_C(1) << 32, (UINT64_C(1) << 32) + 1,
	(UINT64_C(1) << 53) + 1, UINT64_C(1) << 63, UINT64_MAX - 1, UINT64_MAX,
	UINT64_C(12345678901234567890), UINT64_C(6364136223846793005)
};
enum { EDGES = sizeof edge / sizeof edge[0] };

static bool
is(struct wide a, uint64_t high, uint64_t low)
{
	return a.high == high && a.low == low;
}

#ifdef __SIZEOF_INT128__
__extension__ typedef unsigned __int128 native;

static native
whole(struct wide a)
{
	return (native)a.high << 64 | a.low;
}

static bool
is_wrong(struct wide a, struct wide b, uint64_t n)
{
	struct wide product;
	bool fits = wide_times(a, n, &product);
	bool should = n == 0 || whole(a) <= ~(native)0 / n;

	if (whole(wide_sum(a, b)) != whole(a) + whole(b) ||
	    whole(wide_difference(a, b)) != whole(a) - whole(b))
		return true;
	if (wide_double(a) != (double)whole(a) || fits != should)
		return true;
	return fits && whole(product) != whole(a) * n;
}

static bool
any_wrong(void)
{
	for (int i = 0; i < EDGES; i++)
		for (int k = 0; k < EDGES; k++) {
			struct wide a = {edge[i], edge[k]}, c = {0, edge[i]};
			struct wide b = {edge[k], edge[(i + k) % EDGES]};

			if (whole(wide_product(edge[i], edge[k])) !=
			    (native)edge[i] * edge[k])
				return true;
			if (is_wrong(a, b, edge[(i * k) % EDGES]) ||
			    is_wrong(c, b, edge[k]))
				return true;
		}
	return false;
}
#else
static bool
any_wrong(void)
{
	return false;
}
#endif

int
main(void)
{
	struct wide p, max = {UINT64_MAX, UINT64_MAX};

	/* (2^64 - 1)^2 = 2^128 - 2^65 + 1 */
	ok_as(is(wide_product(UINT64_MAX, UINT64_MAX), UINT64_MAX - 1, 1),
	    "the largest product");
	ok_as(is(wide_sum((struct wide){1, UINT64_MAX}, (struct wide){2, 1}),
	    4, 0), "a sum carries");
	ok_as(is(wide_difference((struct wide){4, 0}, (struct wide){2, 1}),
	    1, UINT64_MAX), "a difference borrows");
	ok_as(wide_times((struct wide){1, 1}, UINT64_MAX, &p) &&
	    is(p, UINT64_MAX, UINT64_MAX), "a product that just fits");
	ok_as(!wide_times((struct wide){1, 2}, UINT64_MAX, &p),
	    "and one that does not");
	ok_as(!wide_times(max, 2, &p), "twice the largest");
	ok_as(wide_double((struct wide){1, 0}) == 18446744073709551616.0,
	    "2^64 as a double");
	ok_as(wide_double(max) == 340282366920938463463374607431768211456.0,
	    "the largest rounds to 2^128");
	/* 2^64 + 2^11 is half way between two doubles, and goes to the even
	 * one; one more does not. */
	ok_as(wide_double((struct wide){1, 2048}) == 18446744073709551616.0,
	    "half way: to the even one");
	ok_as(wide_double((struct wide){1, 2049}) ==
	    18446744073709551616.0 + 4096, "a bit more: up");
	ok_as(!any_wrong(), "as the compiler's own");
	return done();
}
