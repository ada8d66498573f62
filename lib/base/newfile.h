/*
 * newfile: files that take nobody's place.
 */
#ifndef NEWFILE_H
#define NEWFILE_H

#include <stdbool.h>

/* Renames a file of the folder (a descriptor, or AT_FDCWD); false, with errno
 * EEXIST, if the new name is taken, also by somebody who was quicker; or with
 * what else went wrong. */
bool newfile_rename(int dir, const char *from, const char *to);

/* Does that name belong to something of which a file must not take the place: a
 * device, a pipe, a socket? */
bool newfile_is_special(int dir, const char *name);

#endif
