#include "skype/sign.h"

#include "base/load.h"

/* The record's own text decides between equally frequent values, by its hash,
 * so that none of them is favoured and the verdict is always the same. */

/* FNV-1a. */
static inline uint32_t
hash_on(uint32_t h, uint32_t c)
{
	return (h ^ c) * UINT32_C(16777619);
}

static inline uint32_t
hash_four(uint32_t h, uint32_t text)
{
	h = hash_on(h, text & 255);
	h = hash_on(h, text >> 8 & 255);
	h = hash_on(h, text >> 16 & 255);
	return hash_on(h, text >> 24);
}

static uint32_t
hash_rest(uint32_t h, struct rec_span v, size_t i)
{
	for (; i + 4 <= v.n; i += 4)
		h = hash_four(h, load4(v.s + i));
	for (; i < v.n; i++)
		h = hash_on(h, (unsigned char)v.s[i]);
	return h ^ h >> 15;
}

/* Each step waits for the one before: both directions' go on together. */
static void
hash_texts(const struct sentmsgs source[2], uint32_t hash[2])
{
	const struct rec_span a = source[0].text, b = source[1].text;
	uint32_t ha = UINT32_C(2166136261), hb = ha;
	size_t both = a.n < b.n ? a.n : b.n, i = 0;

	for (; i + 4 <= both; i += 4) {
		ha = hash_four(ha, load4(a.s + i));
		hb = hash_four(hb, load4(b.s + i));
	}
	hash[0] = hash_rest(ha, a, i);
	hash[1] = hash_rest(hb, b, i);
}

/* One of these values of 16, more than two.  Without a branch, since nothing
 * foretells which: of 8, 4, 2 bits that may have it the upper ones are taken if
 * the lower ones have too few. */
static unsigned
pick_of_many(unsigned values, uint32_t salt)
{
	unsigned by2 = values - (values >> 1 & 0x5555);
	unsigned by4 = (by2 & 0x3333) + (by2 >> 2 & 0x3333);
	unsigned by8 = (by4 + (by4 >> 4)) & 0x0f0f;
	unsigned k = salt % ((by8 & 15) + (by8 >> 8)), at, low, upper;

	low = by8 & 15;
	upper = k >= low;
	k -= low & (0U - upper);
	at = upper * 8;
	low = by4 >> at & 15;
	upper = k >= low;
	k -= low & (0U - upper);
	at += upper * 4;
	low = by2 >> at & 3;
	upper = k >= low;
	k -= low & (0U - upper);
	at += upper * 2;
	return at + (k >= (values >> at & 1));
}

/* One of these, of which there is one at least; mostly there are one or two. */
static inline unsigned
pick(unsigned values, uint32_t salt)
{
	unsigned rest = values & (values - 1);

	if ((rest & (rest - 1)) != 0)
		return pick_of_many(values, salt);
	return (unsigned)__builtin_ctz(rest != 0 && (salt & 1) ? rest : values);
}

/* The most frequent signaling function. */
static unsigned
most_frequent_fun(const struct sentmsgs *f, uint32_t salt)
{
	uint64_t most = 0;
	unsigned values = 0;

	for (unsigned all = SKYPEMSG_SIGNALING; all != 0; all &= all - 1) {
		unsigned v = (unsigned)__builtin_ctz(all);

		if (f->fun[v] < most)
			continue;
		if (f->fun[v] > most)
			values = 0;
		most = f->fun[v];
		values |= 1u << v;
	}
	return pick(values, salt);
}

static void
sign_of_one(struct sign *sign, const struct sentmsgs *f)
{
	*sign = (struct sign){ .nibbles = f->nibbles, .fun = SIGN_NONE };
	if (f->nibbles > 0)
		sign->nib = f->first << (64 - 4 * f->nibbles);
	if (f->fun_n > 0 && SKYPEMSG_SIGNALING >> f->first_fun & 1)
		sign->fun = f->first_fun;
}

static void
sign_of_many(struct sign *sign, const struct sentmsgs *f, uint32_t hash)
{
	unsigned g = 0;

	*sign = (struct sign){ .fun = SIGN_NONE };
	for (; g < MSGSTATS_NIBBLES && f->top[g].n > 0; g++)
		sign->nib = sign->nib << 4 |
		    pick(f->top[g].values, hash + g * 40503U);
	if (g > 0)
		sign->nib <<= 64 - 4 * g;
	sign->nibbles = (uint8_t)g;
	if (sentmsgs_looks_signaling(f))
		sign->fun = (uint8_t)most_frequent_fun(f, hash +
		    MSGSTATS_NIBBLES * 40503U);
}

void
sign_both(const struct sentmsgs source[2], struct sign sign[2])
{
	uint32_t hash[2] = { 0, 0 };

	if (!source[0].one || !source[1].one)
		hash_texts(source, hash);
	for (int d = 0; d < 2; d++)
		if (source[d].one)
			sign_of_one(&sign[d], &source[d]);
		else
			sign_of_many(&sign[d], &source[d], hash[d]);
}
