/*
 * chi2: is a direction's payload random where Skype's is, and structured
 * where Skype's is?  Pearson's chi-square of each of the first 16 nibbles
 * against the uniform distribution, 15 degrees of freedom.
 * Source: Bonfiglio et al., SIGCOMM 2007, 4.1.
 */
#ifndef CHI2_H
#define CHI2_H

#include <stdint.h>

#include "skype/skypemsg.h"

enum {
	CHI2_VALUES = 16,
	CHI2_LEAST = 100	/* messages that a verdict needs */
};

/* Limits of the statistic: of [8], 4.1, and a strict one, which random
 * nibbles exceed once in four million times.  Among N messages s with the
 * same nibble raise it by 15 s^2 / N: of 100 messages the first stops at 32
 * alike, the second at 20; of 10,000 at 316 and 200. */
#define CHI2_LIMIT 150.0
#define CHI2_STRICT 60.0

/* Statistics of one direction; g counts nibbles from 1. */
struct chi2 {
	uint64_t n;		/* messages that have all 16 nibbles */
	double id;		/* largest over g = 1 .. 4: message numbers */
	double rest;		/* largest over g = 7 .. 16 */
	double fun;		/* least over g = 5, 6: the function byte */
	double head;		/* least over g = 1 .. 8 */
	double tail;		/* largest over g = 9 .. 16 */
};

/* What they say.  COUNTED is E2E with message numbers that are not random,
 * as Skype's signaling has them.  RANDOM is Skype over TCP, and anything else
 * encrypted. */
enum chi2_kind {
	CHI2_OTHER, CHI2_E2E, CHI2_COUNTED, CHI2_E2O, CHI2_RANDOM
};

/* Sum over v of (n[v] - N/16)^2 / (N/16), N = sum of n; 0 if N is 0. */
double chi2_uniform(const uint64_t n[CHI2_VALUES]);

/* nib[g - 1][v]: messages whose nibble g is v. */
void chi2_measure(struct chi2 *, const uint64_t nib[][CHI2_VALUES]);

/* Of a flow over UDP; OTHER with fewer than CHI2_LEAST messages.  Of the
 * messages `counted` may be signaling, whose numbers are counted up.  The
 * share of messages with the voice function and the SkypeOut port are for the
 * caller to look at. */
enum chi2_kind chi2_udp_kind(const struct chi2 *, uint64_t counted);

/* Of a flow over TCP: RANDOM with all statistics below the limit, or OTHER. */
enum chi2_kind chi2_tcp_kind(const struct chi2 *, double limit);

#endif
