#include "flow/octaves.h"

#include <stdlib.h>

void
octaves_add(struct octaves *o, uint64_t us)
{
	uint64_t bin = octaves_bin(us), n = o->n++;

	if (n < OCTAVES_FEW) {
		o->few[n] = bin;
		return;
	}
	for (unsigned i = 0; n == OCTAVES_FEW && i < OCTAVES_FEW; i++)
		hist_add(&o->hist, o->few[i], 1);
	hist_add(&o->hist, bin, 1);
}

void
octaves_free(struct octaves *o)
{
	hist_free(&o->hist);
}

/* The few, in rising order, as bins; how many bins there are. */
static unsigned
few_bins(const struct octaves *o, struct hist_bin bin[OCTAVES_FEW])
{
	unsigned bins = 0;

	for (unsigned i = 0; i < o->n; i++) {
		unsigned k = bins;

		for (; k > 0 && bin[k - 1].key > o->few[i]; k--)
			bin[k] = bin[k - 1];
		bin[k] = (struct hist_bin){o->few[i], 1};
		bins++;
	}
	for (unsigned i = 1; i < bins; )
		if (bin[i].key == bin[i - 1].key) {
			bin[i - 1].n++;
			for (unsigned k = i + 1; k < bins; k++)
				bin[k - 1] = bin[k];
			bins--;
		} else {
			i++;
		}
	return bins;
}

static uint64_t
rank_in(const struct hist_bin *bin, uint64_t k)
{
	while (k > bin->n)
		k -= bin++->n;
	return bin->key;
}

uint64_t
octaves_rank(const struct octaves *o, uint64_t k)
{
	struct hist_bin few[OCTAVES_FEW], *bin;
	uint64_t key;

	if (o->n <= OCTAVES_FEW) {
		few_bins(o, few);
		return rank_in(few, k);
	}
	bin = hist_sorted(&o->hist);
	key = rank_in(bin, k);
	free(bin);
	return key;
}

void
octaves_write(struct out *out, const struct octaves *o)
{
	struct hist_bin few[OCTAVES_FEW];

	if (o->n <= OCTAVES_FEW)
		hist_write_bins(out, few, few_bins(o, few), HIST_US);
	else
		hist_write(out, &o->hist, HIST_US);
}
