/*
 * groups: watches over input that ought to come grouped by a key, so that
 * ungrouped input is an error and not a wrong result.  The last keys are
 * remembered in a table of fixed size, 0.8 MB: a group that comes back
 * while fewer than a few thousand others lie between is found for certain
 * or nearly so; one that comes back later may be missed.  A key that was
 * not there before is never taken for one that was.
 */
#ifndef GROUPS_H
#define GROUPS_H

#include <stdbool.h>
#include <stddef.h>

enum { GROUPS_KEY = 47 };	/* longest key in bytes */

struct groups;

struct groups *groups_open(void);
void groups_close(struct groups *);

/* A group begins.  False if the table knows it: it has been before. */
bool groups_begin(struct groups *, const void *key, size_t n);

#endif
