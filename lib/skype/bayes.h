/*
 * bayes: do the lengths and gaps of a direction's messages fit a voice
 * codec?  A naive Bayes classifier over windows of 30 messages.
 * Source: Bonfiglio et al., SIGCOMM 2007, 4.2.
 */
#ifndef BAYES_H
#define BAYES_H

#include <stdbool.h>
#include <stdint.h>

/* The codecs of [8], table 2, stand before those that came later. */
enum bayes_codecs { BAYES_CODECS_2007 = 7, BAYES_CODECS = 11 };

enum { BAYES_FLOOR = -25 };	/* least log10 likelihood of a window */

/* Sums over windows; all zero is none yet. */
struct bayes {
	uint64_t windows;
	double length[BAYES_CODECS];
	double gap[BAYES_CODECS];
};

/* A slower window holds no voice, and says nothing of that in others: calls
 * share a flow with signaling.  (No codec has gaps above 100 ms.) */
enum { BAYES_SLOW_MS = 1000 };

/* Mean log10 likelihood of the windows under the best of the codecs, by
 * length, by gap, and the smaller of both; BAYES_FLOOR without windows. */
struct belief {
	double length, gap, both;
	int length_codec, gap_codec;	/* numbers for bayes_codec */
};

/* Adds `count` windows, if they are not slow, with this mean and population
 * standard deviation of the UDP or TCP payload's length in bytes and this
 * mean gap. */
void bayes_add(struct bayes *, bool tcp, uint32_t mean, uint32_t sd,
    uint32_t gap_ms, uint64_t count);

struct belief bayes_belief(const struct bayes *, enum bayes_codecs);

const char *bayes_codec(int);

#endif
