/*
 * names: the argument of -c, columns that the user names.
 */
#ifndef NAMES_H
#define NAMES_H

#include <stddef.h>

#include "record/rec.h"

struct names {
	const struct rec_need *need;	/* whose maker is not known */
	size_t n;
};

/* Cuts the list, in place, at its commas; the names stay inside of it.  An
 * empty name, or one that comes twice, ends the program with status 2. */
void names_parse(struct names *, char *list);

/* Number of the name of that length, or n where it is not there. */
size_t names_find(const struct names *, const char *name, size_t length);

#endif
