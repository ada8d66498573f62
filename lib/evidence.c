#include "evidence.h"

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
	for (int v = 0; v < 16; v++)
		a->fun[v] += b->fun[v];
	for (int g = 0; g < FEATURE_NIBBLES; g++)
		for (int v = 0; v < 16; v++)
			a->nib[g][v] += b->nib[g][v];
}

static bool
nearly_constant(const uint64_t n[16])
{
	uint64_t sum = 0, most = 0;

	for (int v = 0; v < 16; v++) {
		sum += n[v];
		most = n[v] > most ? n[v] : most;
	}
	return most * 4 > sum * 3;
}

bool
evidence_is_skype(const struct evidence *e)
{
	if (e->flows <= 5 || e->sig * 10 <= e->flows * 8 ||
	    (e->sig + e->call) * 20 <= e->flows * 19)
		return false;
	for (int g = 6; g < FEATURE_NIBBLES; g++)
		if (nearly_constant(e->nib[g]))
			return false;
	return true;
}
