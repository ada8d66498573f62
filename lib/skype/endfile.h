/*
 * endfile: endpoints and their evidence as text: ip port proto flows sig call
 * msgs fun nib answers asig score peers, rows in rising order of address and
 * port.  In reading those behind nib may be absent; score is calculated anew.
 */
#ifndef ENDFILE_H
#define ENDFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "skype/endpoints.h"
#include "base/out.h"
#include "record/rec.h"

extern const char *const endfile_col[];
extern const size_t endfile_cols;

/* Writes them; returns the number of rows. */
uint64_t endfile_write(const struct endpoints *, struct out *);

/* Adds the rows of a file (of stdin for "-"), and lists the endpoints of a
 * file of lines "address port".  What is malformed ends the program with
 * status 1 and a message with file and line. */
void endfile_read(struct endpoints *, const char *file);
void endfile_read_list(struct endpoints *, const char *file);

#endif
