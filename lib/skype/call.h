/*
 * call: is a flow a Skype call, and of which kind?  Both tests of [8] on
 * each direction.  Source: Bonfiglio et al., SIGCOMM 2007, 4.
 */
#ifndef CALL_H
#define CALL_H

#include <stdbool.h>
#include <stdint.h>

#include "skype/bayes.h"
#include "skype/chi2.h"
#include "skype/sentmsgs.h"

enum call { CALL_NONE, CALL_VOICE, CALL_VIDEO, CALL_SKYPEOUT };

struct call_rule {
	double belief;		/* accepted above this */
	unsigned skypeout_port;	/* 0: any */
};

enum { CALL_SKYPEOUT_PORT = 12340, CALL_BELIEF = -5 };

/* What the verdict on one direction rests on. */
struct call_evidence {
	struct chi2 chi2;	/* n is 0 below CHI2_LEAST messages */
	struct belief belief;
	enum call kind;
};

/* skypeout_port: one of the flow's ports is the rule's. */
void call_measure(struct call_evidence *, const struct sentmsgs *,
    const struct call_rule *, bool skypeout_port);

/* The flow's kind from its directions'. */
enum call call_of(enum call, enum call reverse);

const char *call_name(enum call);

#endif
