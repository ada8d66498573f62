/*
 * geobase: where an address is, from a database of places: MaxMind DB
 * files (.mmdb) through libmaxminddb, or CSV tables through libcsv.
 *
 * CSV: first,last,country[,city,lat,lon]; addresses dotted, IPv6, or whole
 * numbers; country is ISO 3166-1 alpha-2, or a code for a whole continent
 * such as EU.  A first line that is no range is a heading.
 */
#ifndef GEOBASE_H
#define GEOBASE_H

#include <stdbool.h>
#include <stddef.h>

#include "addr.h"

/* Text is valid until the base is closed; an unknown part is "". */
struct place {
	const char *country;	/* alpha-2 */
	const char *city;
	const char *lat, *lon;	/* decimal degrees, as they will be printed */
};

struct geobase;

/* Opens a database of either kind (told by its content, not its name).
 * An error ends the program with status 1 and a message with file and,
 * for CSV, line. */
struct geobase *geobase_open(const char *path);
void geobase_close(struct geobase *);

/* False where the base has nothing for the address. */
bool geobase_find(struct geobase *, const struct addr *, struct place *);

/* The ranges of a CSV base, in rising order of address; none for mmdb.
 * (For drawing addresses out of a base.) */
struct geobase_range {
	struct addr first, last;
	struct place place;
};
const struct geobase_range *geobase_ranges(const struct geobase *, size_t *n);

/* Opens a CSV base that stands in memory; name is for messages. */
struct geobase *geobase_parse(const char *name, const char *text, size_t n);

#endif
