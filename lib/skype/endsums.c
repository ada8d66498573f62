#include "skype/endsums.h"

void
evidence_add_sign(struct evidence *e, const struct sign *sign)
{
	for (unsigned g = 0; g < sign->nibbles; g++)
		e->nib[g][sign->nib >> (60 - 4 * g) & 15]++;
	if (sign->fun != SIGN_NONE)
		e->fun[sign->fun]++;
}

void
evidence_join(struct evidence *a, const struct evidence *b)
{
	a->flows += b->flows;
	a->sig += b->sig;
	a->call += b->call;
	a->msgs += b->msgs;
	a->answers += b->answers;
	a->asig += b->asig;
	for (int v = 0; v < 16; v++)
		a->fun[v] += b->fun[v];
	for (int g = 0; g < FEATURE_NIBBLES; g++)
		for (int v = 0; v < 16; v++)
			a->nib[g][v] += b->nib[g][v];
}
