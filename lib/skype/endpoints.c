#include "skype/endpoints.h"

#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "skype/score.h"

enum { FEW = 32 };

/* Counts of many signs; their total is below 2^32 as the flows are. */
struct counts {
	uint32_t fun[16];
	uint32_t nib[MSGSTATS_NIBBLES][16];
};

/* There are as many as flows, or twice, so no byte of it is idle. */
struct endpoint {
	uint64_t msgs;
	uint32_t flows, sig, call, answers, asig;
	bool summed;		/* there are counts */
	uint8_t signs;		/* held as they are, at most FEW: the first … */
	uint8_t nibbles, fun;
	uint64_t nib;
	union {
		struct sign *other;	/* … and these, or NULL */
		struct counts *sum;
	};
};

void
endpoints_init(struct endpoints *e)
{
	*e = (struct endpoints){ .cap = 0 };
	endkeys_init(&e->key);
	strtab_init(&e->reach);
}

struct addr
endpoints_addr(const struct endpoints *e, uint32_t id)
{
	return endkeys_addr(&e->key, id);
}

uint16_t
endpoints_port(const struct endpoints *e, uint32_t id)
{
	return endkeys_port(&e->key, id);
}

uint32_t
endpoints_add(struct endpoints *e, const struct addr *a, uint16_t port)
{
	uint32_t n = e->key.n, id = endkeys_add(&e->key, a, port);

	if (id == n) {
		e->endpoint = mem_grow(e->endpoint, &e->cap, (size_t)n + 1,
		    sizeof *e->endpoint);
		e->endpoint[id] = (struct endpoint){ .flows = 0 };
		e->listed = mem_grow(e->listed, &e->listed_cap, (size_t)n + 1,
		    sizeof *e->listed);
		e->listed[id] = false;
	}
	return id;
}

uint32_t
endpoints_find(const struct endpoints *e, const struct addr *a, uint16_t port)
{
	return endkeys_find(&e->key, a, port);
}

/* Adds to a count, which stays below 2^32. */
static void
count(uint32_t *n, uint64_t more)
{
	if (more > UINT32_MAX - *n)
		errx(1, "more than %u flows of one endpoint", UINT32_MAX);
	*n += (uint32_t)more;
}

/* Mostly a sign has all nibbles: four at a time. */
static void
count_sign(struct counts *c, const struct sign *sign)
{
	uint32_t (*nib)[16] = c->nib;
	uint64_t rest = sign->nib;
	unsigned left = sign->nibbles;

	for (; left >= 4; left -= 4, nib += 4, rest <<= 16) {
		nib[0][rest >> 60]++;
		nib[1][rest >> 56 & 15]++;
		nib[2][rest >> 52 & 15]++;
		nib[3][rest >> 48 & 15]++;
	}
	for (; left > 0; left--, nib++, rest <<= 4)
		nib[0][rest >> 60]++;
	if (sign->fun != SIGN_NONE)
		c->fun[sign->fun]++;
}

/* The i-th of those held. */
static struct sign
sign_of(const struct endpoint *p, unsigned i)
{
	return i == 0 ? (struct sign){ p->nib, p->nibbles, p->fun } :
	    p->other[i - 1];
}

/* Empties the signs held into the counts, which are made if need be. */
static void
settle(struct endpoint *p)
{
	struct counts *sum;

	if (p->summed)
		return;
	sum = mem_alloc(1, sizeof *sum);
	for (unsigned i = 0; i < p->signs; i++) {
		struct sign sign = sign_of(p, i);

		count_sign(sum, &sign);
	}
	free(p->other);
	p->sum = sum;
	p->summed = true;
	p->signs = 0;
}

/* `other` has room for 3, 7, 15, 31. */
static void
hold_other(struct endpoint *p, const struct sign *sign)
{
	if (p->signs == 1)
		p->other = mem_alloc(3, sizeof *p->other);
	else if (p->signs >= 4 && (p->signs & (p->signs - 1)) == 0)
		p->other = mem_resize(p->other, 2U * p->signs - 1,
		    sizeof *p->other);
	p->other[p->signs++ - 1] = *sign;
}

static void
hold(struct endpoint *p, const struct sign *sign)
{
	if (p->signs == FEW)
		settle(p);
	if (p->summed) {
		count_sign(p->sum, sign);
	} else if (p->signs > 0) {
		hold_other(p, sign);
	} else {
		p->nib = sign->nib;
		p->nibbles = sign->nibbles;
		p->fun = sign->fun;
		p->signs = 1;
	}
}

void
endpoints_add_link(struct endpoints *e, uint32_t id, uint32_t to)
{
	e->link = mem_grow(e->link, &e->links_cap, e->links + 1,
	    sizeof *e->link);
	e->link[e->links++] = (struct endpoint_link){ id, to };
}

/* An endpoint of port 0, of which nothing else becomes known, stands for the
 * address. */
void
endpoints_add_peer(struct endpoints *e, uint32_t id, const struct addr *to)
{
	uint32_t peer = endpoints_add(e, to, 0);

	endpoints_add_link(e, id, peer);
}

void
endpoints_add_flow(struct endpoints *e, uint32_t id,
    const struct sent_flow *f)
{
	struct endpoint *p = &e->endpoint[id];

	count(&p->flows, 1);
	p->msgs += f->msgs;
	p->call += f->is_call;
	if (!f->is_call) {
		p->sig += f->sign.fun != SIGN_NONE;
		hold(p, &f->sign);
	}
	if (!f->is_call && f->is_answered) {
		p->answers++;
		p->asig += f->answer.fun != SIGN_NONE;
		hold(p, &f->answer);
	}
	endpoints_add_link(e, id, f->to);
}

/* The k-th of the values counted; 16 if there are no more. */
static unsigned
kth(const uint64_t n[16], uint64_t k)
{
	unsigned v = 0;

	while (v < 16 && n[v] <= k)
		k -= n[v++];
	return v;
}

/* Signs that sum up to the evidence, as few as there can be: which nibble
 * goes with which does not matter. */
static void
hold_sums(struct endpoint *p, const struct endsums *v, uint64_t signs)
{
	for (uint64_t k = 0; k < signs; k++) {
		struct sign sign = { .fun = SIGN_NONE };
		unsigned value = kth(v->fun, k);

		if (value < 16)
			sign.fun = (uint8_t)value;
		for (unsigned g = 0; g < MSGSTATS_NIBBLES; g++) {
			value = kth(v->nib[g], k);
			if (value == 16)
				break;
			sign.nib |= (uint64_t)value << (60 - 4 * g);
			sign.nibbles++;
		}
		hold(p, &sign);
	}
}

static void
count_sums(struct endpoint *p, const struct endsums *v)
{
	settle(p);
	for (int i = 0; i < 16; i++)
		count(&p->sum->fun[i], v->fun[i]);
	for (int g = 0; g < MSGSTATS_NIBBLES; g++)
		for (int i = 0; i < 16; i++)
			count(&p->sum->nib[g][i], v->nib[g][i]);
}

void
endpoints_add_evidence(struct endpoints *e, uint32_t id,
    const struct endsums *v)
{
	struct endpoint *p = &e->endpoint[id];
	uint64_t signs = v->flows - v->call + v->answers;

	count(&p->flows, v->flows);
	count(&p->sig, v->sig);
	count(&p->call, v->call);
	count(&p->answers, v->answers);
	count(&p->asig, v->asig);
	p->msgs += v->msgs;
	if (!p->summed && p->signs + signs <= FEW)
		hold_sums(p, v, signs);
	else
		count_sums(p, v);
}

static void
add_counts(struct endsums *v, const struct counts *c)
{
	for (int i = 0; i < 16; i++)
		v->fun[i] += c->fun[i];
	for (int g = 0; g < MSGSTATS_NIBBLES; g++)
		for (int i = 0; i < 16; i++)
			v->nib[g][i] += c->nib[g][i];
}

void
endpoints_foresee_key(const struct endpoints *e, const struct addr *a,
    uint16_t port)
{
	endkeys_foresee(&e->key, a, port);
}

void
endpoints_foresee(const struct endpoints *e, uint32_t id)
{
	__builtin_prefetch(&e->endpoint[id]);
	__builtin_prefetch((const char *)(&e->endpoint[id + 1]) - 1);
}

void
endpoints_evidence(const struct endpoints *e, uint32_t id, struct endsums *v)
{
	const struct endpoint *p = &e->endpoint[id];

	*v = (struct endsums){
		.flows = p->flows, .sig = p->sig, .call = p->call,
		.msgs = p->msgs, .answers = p->answers, .asig = p->asig
	};
	if (p->summed)
		add_counts(v, p->sum);
	for (unsigned i = 0; i < p->signs; i++) {
		struct sign sign = sign_of(p, i);

		endsums_add_sign(v, &sign);
	}
}

/*
 * Verdicts.
 */

void
endpoints_list(struct endpoints *e, uint32_t id)
{
	e->listed[id] = true;
}

bool
endpoints_listed(const struct endpoints *e, uint32_t id)
{
	return id != ENDPOINT_NONE && e->listed[id];
}

/* Could its score reach so many bits?  Most endpoints are settled by that. */
static bool
may_reach(const struct endpoint *p, double bits)
{
	if (p->flows == 0)
		return false;
	if (p->call > 0)
		return true;
	if (p->sig == 0 && p->asig == 0)
		return bits <= 0;
	return p->flows > 1 || bits < SCORE_ONE_FLOW;
}

static void
reach(struct endpoints *e, const struct addr *from, const struct addr *to)
{
	struct addr both[2] = { *from, *to };

	strtab_add(&e->reach, both, sizeof both);
}

bool
endpoints_score(struct endpoints *e, uint32_t id, double *bits)
{
	struct endsums v;

	if (id == ENDPOINT_NONE || e->endpoint[id].flows == 0)
		return false;
	if (e->bits[id] == 0) {
		endpoints_evidence(e, id, &v);
		e->bits[id] = score_of(&v).bits;
	}
	*bits = e->bits[id];
	return true;
}

void
endpoints_decide(struct endpoints *e, double bits)
{
	double score;

	e->bits = mem_alloc(e->key.n, sizeof *e->bits);
	for (uint32_t i = 0; i < e->key.n; i++)
		if (may_reach(&e->endpoint[i], bits) &&
		    endpoints_score(e, i, &score) && score >= bits)
			endpoints_list(e, i);
	for (size_t i = 0; i < e->links; i++) {
		struct addr from, to;

		if (!e->listed[e->link[i].from])
			continue;
		from = endpoints_addr(e, e->link[i].from);
		to = endpoints_addr(e, e->link[i].to);
		reach(e, &from, &to);
	}
}

void
endpoints_reach(struct endpoints *e, const struct addr *from,
    const struct addr *to)
{
	reach(e, from, to);
}

bool
endpoints_reached(const struct endpoints *e, const struct addr *from,
    const struct addr *to)
{
	struct addr both[2] = { *from, *to };

	return strtab_find(&e->reach, both, sizeof both) != STRTAB_NONE;
}
