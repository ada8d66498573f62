/*
 * skypeflow: a flow record as the classifier sees it: the two ends, what
 * each of them sent, and what kind of call that alone makes it.
 */
#ifndef SKYPEFLOW_H
#define SKYPEFLOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/addr.h"
#include "record/rec.h"
#include "skype/call.h"
#include "skype/sentmsgs.h"

struct skypeflow {
	bool tcp;
	bool other;			/* neither UDP nor TCP: never Skype */
	struct addr end[2];		/* initiator, responder */
	uint16_t port[2];
	struct sentmsgs source[2];	/* what each sent */
	struct call_evidence evidence[2];
	struct call_kind call;
};

/* The columns that a record must have: the program's rec_spec names these,
 * and no others. */
enum { SKYPEFLOW_NEEDS = 17 };
extern const char *const skypeflow_need[SKYPEFLOW_NEEDS];

/* Reads the current row's protocol and ends.  False where the row is bad and
 * was dropped. */
bool skypeflow_read_ends(struct skypeflow *, struct rec *);

/* Reads all of the row, and judges it as a call.  How long it lasts is known
 * if the record has start and end, too. */
bool skypeflow_read(struct skypeflow *, struct rec *, const struct call_rule *);

#endif
