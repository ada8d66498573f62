#include "skype/endsums.h"

void
endsums_add_sign(struct endsums *e, const struct sign *sign)
{
	for (unsigned g = 0; g < sign->nibbles; g++)
		e->nib[g][sign->nib >> (60 - 4 * g) & 15]++;
	if (sign->fun != SIGN_NONE)
		e->fun[sign->fun]++;
}
