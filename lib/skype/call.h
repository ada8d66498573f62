/*
 * call: what a flow's own messages make it: a Skype call of some kind, or a
 * stream that may be Skype's and is no signaling.
 *
 * A call passes both tests of Bonfiglio et al., SIGCOMM 2007 (here [8]), 4, in
 * one direction at least.  Between clients over UDP that is enough: the
 * function's byte stands among random ones, as in no other protocol known.
 * What else passes can be others' as well, and is believed only where an
 * endpoint of the flow is known as Skype's by other flows:
 *
 *	- over TCP, where anything encrypted is random throughout;
 *	- to a telephone, where four bytes that stay the same and random ones
 *	  behind them at port 12340 are all that is known;
 *	- with the function of voice, but message numbers that are not random;
 *	- with the function of voice, and a codec's lengths at another pace
 *	  (that is enough by itself if more than 5 % have 350 to 490 bytes,
 *	  since windows leave these out, and the gaps are longer);
 *	- with the function of voice and lengths of no codec: video of later
 *	  versions.  More than 10 % of its messages have 350 to 1,330 bytes,
 *	  not all alike, and they make a stream.
 *
 * Media is a stream of a minute and more of messages that mostly have 350
 * bytes or more, and is none of these: a file, or a video that is not known.
 * Data that a super-node relays is mostly smaller, and stays signaling as in
 * the paper.
 */
#ifndef CALL_H
#define CALL_H

#include <stdbool.h>
#include <stdint.h>

#include "skype/bayes.h"
#include "skype/chi2.h"
#include "skype/sentmsgs.h"

/* By rank: where directions differ, the higher one is the flow's. */
enum call { CALL_NONE, CALL_MEDIA, CALL_SKYPEOUT, CALL_VOICE, CALL_VIDEO };

struct call_rule {
	double belief;		/* accepted above this */
	unsigned skypeout_port;	/* 0: any */
	enum bayes_codecs codecs;
	bool plain;		/* [8] as published: the flow is enough */
};

enum { CALL_BELIEF = -5 };

/* Of a direction, or of both. */
struct call_kind {
	uint8_t alone;		/* enum call, by the flow alone; */
	uint8_t known;		/* at an endpoint known as Skype's */
};

/* What the verdict on one direction rests on. */
struct call_evidence {
	struct chi2 chi2;	/* n alone is set, to 0, below CHI2_LEAST
				   messages; */
	struct belief belief;	/* … there it is of some windows only */
	struct call_kind kind;
};

/* skypeout_port: one of the flow's ports is the rule's.  flow_ms: how long
 * the flow is, 0 if that is not known. */
void call_measure(struct call_evidence *, const struct sentmsgs *,
    const struct call_rule *, bool skypeout_port, uint64_t flow_ms);

/* The flow's kind from its directions'. */
struct call_kind call_of_both(struct call_kind, struct call_kind);

const char *call_name(enum call);

#endif
