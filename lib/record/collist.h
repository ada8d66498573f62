/*
 * collist: the argument of -c, columns that the user names.
 */
#ifndef COLLIST_H
#define COLLIST_H

#include <stddef.h>

#include "record/rec.h"

struct collist {
	const char *const *need;
	size_t n;
};

/* Cuts the list, in place, at its commas; the names stay inside of it.  An
 * empty name, or one that comes twice, ends the program with status 2. */
void collist_parse(struct collist *, char *list);

/* Number of the name of that length, or n where it is not there. */
size_t collist_find(const struct collist *, const char *name, size_t length);

#endif
