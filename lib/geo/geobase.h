/*
 * geobase: where an address is, from a database of places: MaxMind DB
 * files (.mmdb) through libmaxminddb, or CSV tables through libcsv.
 *
 * CSV: first,last,country[,city,lat,lon]; addresses dotted, IPv6, or whole
 * numbers; country is ISO 3166-1 alpha-2, or a code for a whole continent
 * such as EU; empty or "-" is unknown.  A first line whose first field has
 * no digit is a heading.  Ranges may stand in any order but must not overlap.
 *
 * mmdb: country.iso_code, city.names.en, location.latitude and longitude,
 * or flat country_code, city, latitude and longitude; float or double.
 * Where a nested record has no country, continent EU or AS becomes the code
 * EU or AP.
 */
#ifndef GEOBASE_H
#define GEOBASE_H

#include <stddef.h>

#include "base/addr.h"
#include "geo/place.h"

struct geobase;

/* Opens a database of either kind (told by its content, not its name).
 * An error ends the program with status 1 and a message with file and,
 * for CSV, line. */
struct geobase *geobase_open(const char *path);

/* Opens a CSV base that stands in memory; name is for messages. */
struct geobase *geobase_parse(const char *name, const char *text, size_t n);

void geobase_close(struct geobase *);

/* The place of the address, valid until the base is closed; NULL where the
 * base has nothing for it.  A damaged base ends the program. */
const struct place *geobase_find(struct geobase *, const struct addr *);

/* The ranges of a CSV base, in rising order of address; none for mmdb.
 * (For drawing addresses out of a base.) */
struct geobase_range {
	struct addr first, last;
	const struct place *place;
	size_t line;		/* of the table */
};
const struct geobase_range *geobase_ranges(const struct geobase *,
    size_t *n);

#endif
