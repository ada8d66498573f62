/*
 * octaves: a histogram of durations in bounded memory: eight bins an octave.
 *
 * A bin is named by the least duration in it, in microseconds.  Durations
 * below 8 us have a bin each; above, the bins of an octave 2^e ... 2^(e+1) are
 * equally wide, so the name of a bin is its duration rounded down to 4
 * significant bits: at most an eighth too small.  There are not more than
 * 420 bins.  The first few durations are held as they are.
 */
#ifndef OCTAVES_H
#define OCTAVES_H

#include <stdint.h>

#include "base/out.h"
#include "flow/hist.h"

enum { OCTAVES_FEW = 4 };

/* All zero: empty. */
struct octaves {
	uint64_t n;			/* durations */
	uint64_t few[OCTAVES_FEW];	/* bins, of the first ones */
	struct hist hist;		/* of all, if there are more */
};

/* The name of the bin of a duration. */
static inline uint64_t
octaves_bin(uint64_t us)
{
	unsigned shift;

	if (us < 8)
		return us;
	shift = 60 - (unsigned)__builtin_clzll(us);
	return us >> shift << shift;
}

void octaves_add(struct octaves *, uint64_t us);
void octaves_free(struct octaves *);

/* The bin of the k-th duration, k from 1 to n, in rising order. */
uint64_t octaves_rank(const struct octaves *, uint64_t k);

/* bin:count,bin:count,... rising, or -. */
void octaves_write(struct out *, const struct octaves *);

#endif
