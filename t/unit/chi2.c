/* Chi-square statistics, calculated by hand. */
#include "skype/chi2.h"

#include <math.h>
#include <string.h>

#include "tap.h"

/* N messages whose 16 nibbles are uniform. */
static void
uniform(uint64_t nib[16][16], uint64_t n)
{
	for (int g = 0; g < 16; g++)
		for (int v = 0; v < 16; v++)
			nib[g][v] = n / 16;
}

/* Nibble g (from 1) of n messages takes only the first k values. */
static void
narrow(uint64_t nib[16][16], int g, uint64_t n, int k)
{
	for (int v = 0; v < 16; v++)
		nib[g - 1][v] = v < k ? n / (uint64_t)k : 0;
}

static struct chi2
measured(uint64_t nib[16][16])
{
	struct chi2 c;

	chi2_measure(&c, (const uint64_t (*)[16])nib);
	return c;
}

static void
statistic(void)
{
	uint64_t n[16] = { 0 };

	ok(chi2_uniform(n) == 0);
	n[3] = 160;			/* one value: 15 N */
	ok(chi2_uniform(n) == 15 * 160);
	memset(n, 0, sizeof n);
	for (int v = 0; v < 8; v++)	/* one fixed bit: N */
		n[v] = 20;
	ok(chi2_uniform(n) == 160);
	for (int v = 0; v < 16; v++)
		n[v] = 10;
	ok(chi2_uniform(n) == 0);
	n[0] = 14;			/* 2 * 4^2 / 10 */
	n[1] = 6;
	ok(fabs(chi2_uniform(n) - 3.2) < 1e-9);
}

static void
kinds(void)
{
	uint64_t nib[16][16];
	struct chi2 c;

	uniform(nib, 160);
	c = measured(nib);
	ok(c.n == 160 && c.rest == 0 && c.id == 0 && c.fun == 0);
	ok(chi2_udp_kind(&c, 0) == CHI2_OTHER);
	ok(chi2_tcp_kind(&c, CHI2_LIMIT) == CHI2_RANDOM);
	narrow(nib, 5, 160, 8);
	narrow(nib, 6, 160, 1);
	c = measured(nib);
	ok(c.fun == 160 && c.rest == 0 && c.head == 0 && c.tail == 0);
	ok(chi2_udp_kind(&c, 0) == CHI2_E2E);
	narrow(nib, 16, 160, 1);
	c = measured(nib);
	ok(c.rest == 2400 && c.tail == 2400);
	ok(chi2_udp_kind(&c, 0) == CHI2_OTHER);
	uniform(nib, 160);
	for (int g = 1; g <= 8; g++)
		narrow(nib, g, 160, 1);
	c = measured(nib);
	ok(c.head == 2400 && c.tail == 0 && chi2_udp_kind(&c, 0) == CHI2_E2O);
	narrow(nib, 8, 160, 16);
	c = measured(nib);
	ok(c.head == 0 && chi2_udp_kind(&c, 0) == CHI2_OTHER);
	/* Of 320 messages 20 have each value of nibble 3, but one 40 more and
	 * eight 5 less: (1600 + 200) / 20 = 90, too much over TCP. */
	uniform(nib, 320);
	nib[2][7] += 40;
	for (int v = 8; v < 16; v++)
		nib[2][v] -= 5;
	c = measured(nib);
	ok(c.id > CHI2_STRICT && c.id < CHI2_LIMIT);
	ok(chi2_tcp_kind(&c, CHI2_STRICT) == CHI2_OTHER);
	ok(chi2_tcp_kind(&c, CHI2_LIMIT) == CHI2_RANDOM);
	/* 1,600 messages of voice and 200 of signaling: of these nibble 1 is
	 * constant, which makes 15 * 200^2 / 1800 = 333.3. */
	uniform(nib, 1800 / 16 * 16);
	narrow(nib, 5, 1792, 8);
	narrow(nib, 6, 1792, 1);
	for (int v = 0; v < 16; v++)
		nib[0][v] = 100;
	nib[0][9] = 300;
	c = measured(nib);
	ok(fabs(c.id - 1000. / 3) < 0.01);
	ok(chi2_udp_kind(&c, 0) == CHI2_COUNTED);
	ok(chi2_udp_kind(&c, 100) == CHI2_COUNTED);	/* 150 + 83 */
	ok(chi2_udp_kind(&c, 200) == CHI2_E2E);
}

static void
too_few(void)
{
	uint64_t nib[16][16];
	struct chi2 c;

	uniform(nib, 96);
	c = measured(nib);
	ok(c.n == 96 && chi2_udp_kind(&c, 0) == CHI2_OTHER);
	/* 160 messages, but of 3 bytes each. */
	uniform(nib, 160);
	for (int g = 7; g <= 16; g++)
		narrow(nib, g, 0, 1);
	c = measured(nib);
	ok(c.n == 0 && chi2_udp_kind(&c, 0) == CHI2_OTHER);
}

int
main(void)
{
	statistic();
	kinds();
	too_few();
	return done();
}
