#include "base/wide.h"

bool
wide_times(struct wide a, uint64_t n, struct wide *product)
{
	struct wide low = wide_product(a.low, n);
	struct wide high = wide_product(a.high, n);

	product->low = low.low;
	product->high = low.high + high.low;
	return high.high == 0 && product->high >= low.high;
}

double
wide_double(struct wide a)
{
	unsigned shift = 0;

	/* The last of 64 bits tells whether anything was cut, so that the
	 * conversion, which keeps 53, rounds once. */
	while (a.high != 0) {
		a.low = (a.low >> 1) | (a.high << 63) | (a.low & 1);
		a.high >>= 1;
		shift++;
	}
	return (double)a.low * (double)(UINT64_C(1) << shift / 2) *
	    (double)(UINT64_C(1) << (shift - shift / 2));
}
