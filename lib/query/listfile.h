/*
 * listfile: a list in a file, one item a line: addresses, networks, or any
 * other words.  Blank lines and what stands behind # are passed over.
 */
#ifndef LISTFILE_H
#define LISTFILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strtab.h"
#include "query/netset.h"

struct listfile {
	struct netset nets;
	struct strtab words;
};

/* A file that cannot be read ends the program with status 1, an empty one
 * is an empty list. */
struct listfile *listfile_read(char *name);

/* Is the field an address that a network of the list holds, or one of its
 * words, byte for byte? */
bool listfile_holds(const struct listfile *, const char *s, size_t n);

#endif
