/*
 * header: the names of the columns of a stream, each of which is found in
 * the same time however many there are.
 */
#ifndef HEADER_H
#define HEADER_H

#include <stddef.h>

#include "base/scan.h"
#include "base/strtab.h"

enum { HEADER_ABSENT = -1 };

struct header {
	size_t width;
	struct rec_span *name;		/* each ends in a NUL, too */
	char *text;			/* the line, as it was read */
	size_t text_n;
	char *names;
	size_t cap;
	struct strtab index;		/* a name's number is its column's */
};

void header_init(struct header *);
void header_free(struct header *);

/* Takes over n >= 1 names, which stand one behind the other in one text with
 * one byte between them.  Returns NULL, or what is wrong with name *at. */
const char *header_set(struct header *, const struct rec_span *name, size_t n,
    size_t *at);

/* The number of the column, or HEADER_ABSENT. */
int header_find(const struct header *, const char *name, size_t n);

#endif
