/*
 * Scores of endpoints.  Those of one and two messages are calculated by
 * hand from the model in lib/skype/score.h; the rest are facts that any
 * reading of
 * it must show.
 */
#include "skype/score.h"

#include <math.h>

#include "tap.h"

/* A source flow with this third byte and the other nibbles of `random`;
 * constant: how many of the nibbles from 7 on are always 0. */
static void
add(struct endsums *e, unsigned byte3, uint64_t random, unsigned constant)
{
	unsigned low = byte3 & 0x8f;
	struct sign sign = { .nibbles = 16, .fun = SIGN_NONE };

	if (low < 16 && SKYPEMSG_SIGNALING >> low & 1)
		sign.fun = (uint8_t)low;
	sign.nib = (random & ~(UINT64_C(0xff) << 40)) | (uint64_t)byte3 << 40;
	for (unsigned g = 6; g < 6 + constant; g++)
		sign.nib &= ~(UINT64_C(15) << (60 - 4 * g));
	endsums_add_sign(e, &sign);
	e->flows++;
	e->msgs++;
	e->sig += sign.fun != SIGN_NONE;
}

/* splitmix64: any fixed numbers that look random. */
static uint64_t
next(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

static struct score
of(unsigned flows, unsigned byte3, unsigned constant)
{
	struct endsums e = { .flows = 0 };
	uint64_t state = flows;

	for (unsigned i = 0; i < flows; i++)
		add(&e, byte3, next(&state), constant);
	return score_of(&e);
}

static double
of_random(unsigned flows, uint64_t seed)
{
	struct endsums e = { .flows = 0 };

	for (unsigned i = 0; i < flows; i++) {
		uint64_t r = next(&seed);

		add(&e, (unsigned)(r & 0xff), next(&seed), 0);
	}
	return score_of(&e).bits;
}

static bool
near(double a, double b)
{
	return fabs(a - b) < 0.001;
}

/* One probe.  Skype: the mean of 1 - p over the shares of others, .987357;
 * 02 with 1 in 2.  Random: 2^-5 * 2^-3.  Header: .06, and for the zeros
 * 1/2 + 1/4 * 1/8 + 1/4 * 1/8; each nibble 1/16 either way. */
static void
one_probe(void)
{
	double skype = log2(.987357) - 1;
	struct score s = of(1, 0x02, 0);

	ok(near(s.random, skype + 8));
	ok(near(s.header, skype - log2(.06) - log2(.5625)));
	ok(s.bits == s.header);
}

/* Two messages with one nibble 7 in common, else different ones. */
static void
two_probes(void)
{
	struct endsums e = { .flows = 0 };
	double skype = log2((.9995 * .9995 + .999 * .999 + .998 * .998 +
	    .995 * .995 + .99 * .99 + .98 * .98 + .95 * .95) / 7) -
	    log2(3);		/* 1/2 * 2/3 */
	double fun = log2(.06 * 1.06 / 2);
	double zeros = log2(.5 + .25 / 64 + .25 / 8 * (1.125 / 2));
	/* Dirichlet, 1/64 each, 1/4 in all: 1/16 * (1/64) / (5/4) if they
	 * differ, 1/16 * (65/64) / (5/4) if not; uniform 1/256. */
	double differ = 256. / 16 / 64 / 1.25;
	double equal = 256. / 16 * 65 / 64 / 1.25;
	/* Nibble 4: the same against Dirichlet, .3 each. */
	double count = .3 / 5.8 / (1. / 64 / 1.25);

	add(&e, 0x02, 0x0000000123456789, 0);
	add(&e, 0x02, 0x111100023456789a, 0);
	ok(near(score_of(&e).random, skype + 16));
	ok(near(score_of(&e).header, skype - fun - zeros -
	    9 * log2(.5 + differ / 2) - log2(.5 + equal / 2) -
	    log2(.5 + .5 / count)));
}

static void
levels(void)
{
	ok(of(1, 0x02, 0).bits < 4);
	ok(of(8, 0x02, 0).bits > SCORE_SKYPE);
	ok(of(100, 0x02, 0).bits > SCORE_SKYPE);
	ok(of(100000, 0x02, 0).bits > SCORE_SKYPE);
	ok(of(100000, 0x02, 0).bits < 20);
	/* Other functions, and what only looks like 02. */
	ok(of(20, 0x04, 0).bits < 0);
	ok(of(20, 0x82, 0).bits < 0);
	ok(of(20, 0x32, 0).bits < SCORE_SKYPE);
	/* A header of four to eight bytes. */
	for (unsigned k = 2; k <= 10; k += 2)
		ok(of(20, 0x02, k).bits < 0);
	ok(of(4, 0x02, 2).bits < SCORE_SKYPE);
}

static void
random_bytes(void)
{
	unsigned high = 0;

	for (uint64_t seed = 1; seed <= 10000; seed++)
		high += of_random(4, seed << 32) >= SCORE_SKYPE;
	/* 2^-11 of them, 5 of 10,000, is what a likelihood ratio allows. */
	ok(high <= 5);
	ok(of_random(50, 1) < -50);
}

static void
sums(void)
{
	struct endsums once = { .flows = 0 }, twice = once;
	uint64_t state = 7;

	for (int i = 0; i < 600; i++) {
		uint64_t r = next(&state);

		add(&once, i % 2 ? 0x02 : 0x57, r, 0);
		add(&twice, i % 2 ? 0x02 : 0x57, r, 0);
		add(&twice, i % 2 ? 0x02 : 0x57, r, 0);
	}
	/* Beyond 256 flows only the shares matter. */
	ok(near(score_of(&once).bits, score_of(&twice).bits));
}

static void
calls(void)
{
	struct endsums e = { .flows = 1, .call = 1, .msgs = 5000 };

	ok(score_of(&e).bits == 12);
	e.flows = e.call = 50;
	ok(score_of(&e).bits == 12);
	e = (struct endsums){ .flows = 0 };
	ok(score_of(&e).bits == 0);
}

/* An answer is half a flow: a flow with its answer is less than two. */
static void
answers(void)
{
	struct endsums flow = { .flows = 0 }, two;
	uint64_t state = 1;

	add(&flow, 0x02, next(&state), 0);
	add(&flow, 0x02, next(&state), 0);
	two = flow;
	flow.flows = flow.sig = flow.answers = flow.asig = 1;
	ok(score_of(&flow).random < score_of(&two).random);
	ok(score_of(&flow).bits < SCORE_SKYPE);
}

/* No flow with its answer reaches SCORE_ONE_FLOW, whatever its functions,
 * not even if no nibble is the same. */
static void
one_flow(void)
{
	static const unsigned fun[] = { 0x02, 0x03, 0x05, 0x07, 0x0d, 0x0f };
	double most = -1000;

	for (int i = 0; i < 6; i++)
		for (int j = 0; j < 6; j++) {
			struct endsums e = { .flows = 0 };
			double bits;

			add(&e, fun[i], UINT64_C(0x0000000000000000), 0);
			add(&e, fun[j], UINT64_C(0x1111110111111111), 0);
			e.flows = e.answers = 1;
			e.sig = e.asig = 1;
			bits = score_of(&e).bits;
			most = bits > most ? bits : most;
		}
	ok(most < SCORE_ONE_FLOW);
	ok(most > SCORE_ONE_FLOW - 1);
}

int
main(void)
{
	one_probe();
	two_probes();
	levels();
	random_bytes();
	sums();
	calls();
	answers();
	one_flow();
	return done();
}
