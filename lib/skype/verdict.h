/*
 * verdict: the columns that skypeclass adds to a row: class, via and score;
 * and with -x the evidence that they rest on.
 */
#ifndef VERDICT_H
#define VERDICT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "record/rec.h"
#include "skype/endpoints.h"
#include "skype/skypeflow.h"

/* The columns, those of -x behind the others. */
enum { VERDICT_COLS = 3, VERDICT_ALL_COLS = 33 };
extern const char *const verdict_col[VERDICT_ALL_COLS];

/* What the verdict has to know of a row, once endpoints are listed. */
struct verdict_row {
	uint32_t endpoint[2];	/* ENDPOINT_NONE: not known */
	uint32_t length;	/* of the row's line, with its LF */
	struct call_kind call;
	bool tcp;
	bool other;		/* neither UDP nor TCP */
};

/* Looks up the ends that are not known yet. */
void verdict_find_ends(struct verdict_row *, const struct skypeflow *,
    const struct endpoints *);

/* Sets class and via of the current row; is it Skype's?  Of the flow the
 * ends alone are looked at, and only where the row's are not both known. */
bool verdict_set_class(struct rec *, const struct verdict_row *,
    const struct skypeflow *, const struct endpoints *);

/* Sets score: that of the end that is Skype's, the higher one if both are, or
 * the higher of both if none is. */
void verdict_set_score(struct rec *, const struct verdict_row *,
    struct endpoints *);

/* Sets the columns of -x. */
void verdict_explain(struct rec *, const struct verdict_row *,
    const struct skypeflow *, const struct endpoints *);

#endif
