/*
 * Beliefs, calculated by hand.  log10 N(x; mu, sigma) at its top is
 * -log10(sigma sqrt(2 pi)): -0.3991 for sigma 1, -1.2742 for 7.5; and
 * -0.2171 d^2 / sigma^2 at distance d.
 */
#include "skype/bayes.h"

#include <math.h>
#include <string.h>

#include "tap.h"

static struct belief
of_window(bool tcp, uint32_t mean, uint32_t sd, uint32_t gap)
{
	struct bayes b = { 0 };

	bayes_add(&b, tcp, mean, sd, gap, 1);
	return bayes_belief(&b, BAYES_CODECS_2007);
}

static bool
near(double a, double b)
{
	return fabs(a - b) < 0.0005;
}

static void
working_points(void)
{
	struct belief is;

	/* PCM, 20 ms: 64 * 20 / 8 = 160, + 8, + 4. */
	is = of_window(false, 172, 0, 20);
	ok(near(is.length, -0.3991) && near(is.gap, -0.3991));
	/* Over TCP it is 168. */
	ok(near(of_window(true, 168, 0, 20).length, -0.3991));
	/* G.729, 10 ms, three copies: (10 + 8) * 3 + 4 = 58. */
	is = of_window(false, 58, 0, 20);
	ok(near(is.length, -0.3991));
	ok(strcmp(bayes_codec(is.length_codec), "g729") == 0);
	/* ISAC at 12 kb/s, 30 ms, three copies: (45 + 8) * 3 + 4 = 163. */
	is = of_window(false, 163, 0, 30);
	ok(near(is.length, -1.2742));
	ok(strcmp(bayes_codec(is.length_codec), "isac") == 0);
}

static void
distances(void)
{
	struct bayes b = { 0 };

	/* 65 ms: 5 from 60, the longest: -0.3991 - 25 * 0.2171. */
	ok(near(of_window(false, 172, 0, 65).gap, -0.3991 - 5.4287));
	/* 34 ms: 4 from ISAC's 30, and from no other nearer than 4. */
	ok(near(of_window(false, 172, 0, 34).gap, -0.3991 - 3.4744));
	/* Far off: the floor. */
	ok(of_window(false, 1400, 0, 20).both == BAYES_FLOOR);
	ok(of_window(false, 172, 0, 900).both == BAYES_FLOOR);
	ok(of_window(false, UINT32_MAX, UINT32_MAX, UINT32_MAX).both ==
	    BAYES_FLOOR);
	/* Spread: ISAC with sd 15: -1.2742 - 225 * 0.2171 / 56.25. */
	ok(near(of_window(false, 163, 15, 30).length, -1.2742 - 0.8686));
	ok(bayes_belief(&b, BAYES_CODECS_2007).both == BAYES_FLOOR);
	/* Mean over windows: three at the top, one at the floor. */
	bayes_add(&b, false, 172, 0, 20, 3);
	bayes_add(&b, false, 172, 0, 900, 1);
	bayes_add(&b, false, 172, 0, 1000, 7);	/* slow: left out */
	ok(near(bayes_belief(&b, BAYES_CODECS_2007).gap,
	    (3 * -0.3991 - 25) / 4));
	ok(near(bayes_belief(&b, BAYES_CODECS_2007).length, -0.3991));
	ok(bayes_belief(&b, BAYES_CODECS_2007).both ==
	    bayes_belief(&b, BAYES_CODECS_2007).gap);
}

int
main(void)
{
	working_points();
	distances();
	return done();
}
