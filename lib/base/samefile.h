/*
 * samefile: is what is read also what is written?  Then reading would never
 * end, or what is to be read is gone before it is.
 */
#ifndef SAMEFILE_H
#define SAMEFILE_H

#include <stdbool.h>

/* Are both, two descriptors, of one regular file? */
bool samefile_open(int, int);

/* Is this name that of the regular file, or "-" standard input from it?  Two
 * names that are the same and of no file yet are so. */
bool samefile_named(const char *name, const char *file);

#endif
