/*
 * capfilter: a BPF filter, compiled anew for each link type it meets.
 */
#ifndef CAPFILTER_H
#define CAPFILTER_H

#include <stdbool.h>

#include "packet/frame.h"

struct capfilter;

/* text: the expression; it must last. */
struct capfilter *capfilter_new(const char *text);
void capfilter_free(struct capfilter *);

/* NULL if the filter can be had for frames of this link (DLT_*), else why
 * not. */
const char *capfilter_compile(struct capfilter *, int link);

/* Does the frame match?  For its link the filter was compiled; if that failed
 * none matches. */
bool capfilter_passes(struct capfilter *, const struct frame *);

#endif
