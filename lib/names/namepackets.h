/*
 * namepackets: the names that the packets of captures say.
 */
#ifndef NAMEPACKETS_H
#define NAMEPACKETS_H

#include "base/out.h"

/* Reads the captures and writes a row for each name; returns the status.
 * Memory: 16 MiB for first segments whose rest has not come. */
int namepackets_read(struct out *, char *const *files);

#endif
