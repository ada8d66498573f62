#include "skype/endsums.h"

void
endsums_add_sign(struct endsums *e, const struct sign *sign)
{
	uint64_t rest = sign->nib;

	for (unsigned g = 0; g < sign->nibbles; g++, rest <<= 4)
		e->nib[g][rest >> 60]++;
	if (sign->fun != SIGN_NONE)
		e->fun[sign->fun]++;
}
