/*
 * namepackets: the names that the packets of captures say.
 */
#ifndef NAMEPACKETS_H
#define NAMEPACKETS_H

#include "base/out.h"

/* Reads the captures and writes a row for each name; returns the status.
 * Memory: 26 MiB at most for ClientHellos whose rest has not come, 16 of
 * TCP and 10 of QUIC. */
int namepackets_read(struct out *, char *const *files);

#endif
