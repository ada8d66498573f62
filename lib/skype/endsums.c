#include "skype/endsums.h"

void
endsums_add_sign(struct endsums *e, const struct sign *sign)
{
	uint64_t (*nib)[16] = e->nib, (*end)[16] = nib + sign->nibbles;

	for (uint64_t rest = sign->nib; nib < end; nib++, rest <<= 4)
		(*nib)[rest >> 60]++;
	if (sign->fun != SIGN_NONE)
		e->fun[sign->fun]++;
}
