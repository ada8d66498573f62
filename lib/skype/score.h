/*
 * score: how much better a Skype client explains what an endpoint sent than
 * anything else does, in bits: log2 of a likelihood ratio.
 *
 * Each source flow that is no call counts with its sign (srcflow.h), 256 of
 * them at most: where there are more, all counts are scaled down, since a
 * client's flows are not independent and no model is exact.
 *
 *		function	  bits 4-6 of byte 3  nibbles 7-16  nibble 4
 *	Skype	its six, in any	  0 for 02; else 0    uniform	    varied
 *		mix; others in	  or uniform, in any
 *		at most 5 %	  mix
 *	random	uniform		  uniform	      uniform	    as Skype
 *	header	in any mix,	  0, or uniform, or   uniform or    varied or
 *		best if constant  constant	      constant	    constant
 *
 * "In any mix" is a Dirichlet prior over the shares, so that a mix which
 * nobody foresaw costs little, and one value throughout almost nothing where
 * the prior is sparse.  A header's nibbles are independent: each is uniform
 * or not with probability 1/2.  A call counts CALL bits once.
 *
 * An answer counts for half a flow, as it depends on what it answers.
 * Functions outside the six count as one.
 *
 * Hence one probe has 4 bits and never 11 with its answer; five or six
 * probes, answered or not, have about 15, and a client that sends nothing but
 * probes stays there, because a protocol with 02 in its third byte and
 * all else random looks the same.  Dialogs, with their other functions, add
 * to that.
 */
#ifndef SCORE_H
#define SCORE_H

#include "skype/endsums.h"

struct score {
	double random, header;	/* bits against each alternative */
	double bits;		/* the smaller of both */
};

enum {
	SCORE_SKYPE = 11,	/* bits that make an endpoint Skype's */
	SCORE_ONE_FLOW = 11	/* no flow alone has as many, but a call */
};

struct score score_of(const struct endsums *);

#endif
