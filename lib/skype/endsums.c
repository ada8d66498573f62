#include "skype/endsums.h"

void
endsums_add_sign(struct endsums *e, const struct sign *sign)
{
	for (unsigned g = 0; g < sign->nibbles; g++)
		e->nib[g][sign->nib >> (60 - 4 * g) & 15]++;
	if (sign->fun != SIGN_NONE)
		e->fun[sign->fun]++;
}

void
endsums_join(struct endsums *a, const struct endsums *b)
{
	a->flows += b->flows;
	a->sig += b->sig;
	a->call += b->call;
	a->msgs += b->msgs;
	a->answers += b->answers;
	a->asig += b->asig;
	for (int v = 0; v < 16; v++)
		a->fun[v] += b->fun[v];
	for (int g = 0; g < MSGSTATS_NIBBLES; g++)
		for (int v = 0; v < 16; v++)
			a->nib[g][v] += b->nib[g][v];
}
