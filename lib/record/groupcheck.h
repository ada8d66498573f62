/*
 * groupcheck: watches over input that ought to come grouped by a key, so that
 * ungrouped input is an error and not a wrong result.  The last keys are
 * remembered in a table of fixed size, 0.8 MB: a group that comes back
 * while fewer than a few thousand others lie between is found for certain
 * or nearly so; one that comes back later may be missed.  A key that was
 * not there before is never taken for one that was.
 */
#ifndef GROUPCHECK_H
#define GROUPCHECK_H

#include <stdbool.h>
#include <stddef.h>

enum { GROUPCHECK_KEY = 47 };	/* longest key in bytes */

struct groupcheck;

struct groupcheck *groupcheck_open(void);
void groupcheck_close(struct groupcheck *);

/* A group begins.  False if the table knows it: it has been before. */
bool groupcheck_begin(struct groupcheck *, const void *key, size_t n);

#endif
