/*
 * geocsv: a table of address ranges and their places as CSV, read through
 * libcsv.  geobase.h says what may stand in it.
 */
#ifndef GEOCSV_H
#define GEOCSV_H

#include <stddef.h>

#include "base/addr.h"
#include "geo/geobase.h"
#include "geo/place.h"

/* Set name (for messages) and places before reading; the rest zero.  The
 * ranges are in rising order once the table is read; the caller frees
 * them. */
struct geocsv {
	const char *name;
	struct place_store *places;
	struct geobase_range *range;
	size_t n, cap;
};

/* Reads the table from a file descriptor, or from memory.  An error ends
 * the program with a message that names the table and the line. */
void geocsv_read(struct geocsv *, int fd);
void geocsv_parse(struct geocsv *, const char *text, size_t n);

/* The place of the address, NULL where it lies in no range. */
const struct place *geocsv_find(const struct geocsv *, const struct addr *);

#endif
