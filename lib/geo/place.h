/*
 * place: what a geolocation base says of an address, in the form in which
 * it is printed: clean text, coordinates with four decimals.
 */
#ifndef PLACE_H
#define PLACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/country.h"
#include "base/strtab.h"

/* An unknown part is "".  Latitude and longitude are both known or both
 * not. */
struct place {
	const char *country;	/* ISO 3166-1 alpha-2, EU, AP, XK */
	const char *city;	/* UTF-8 without control bytes */
	const char *lat, *lon;	/* decimal degrees, north and east */
	const struct country *known;	/* NULL: no such country */
};

/* Copies text without what must not stand in a record, at most so many
 * bytes, and returns the length: control bytes become blanks, bytes that are
 * not UTF-8 the replacement character; blanks at both ends go, and of
 * several together all but one. */
enum { PLACE_TEXT_MAX = 200 };
size_t place_clean(char to[PLACE_TEXT_MAX], const char *from, size_t n);

/* Coordinates in units of 1e-4 degrees, about 11 m. */
enum { PLACE_DEGREE = 10000, PLACE_NOWHERE = INT32_MIN };

/* The same, read from text or rounded from a number; latitudes lie within
 * 90, longitudes within 180 degrees (most).  False for anything else. */
bool place_coordinate(const char *s, size_t n, int most, int32_t *v);
bool place_round(double degrees, int most, int32_t *v);

/* Places as a base gives them.  The country code is put into capitals; one
 * that is not two letters, or ZZ, is unknown.  Of the city a suffix in
 * brackets is cut (a neighbourhood), control bytes become blanks, bytes
 * that are not UTF-8 the replacement character, and what is longer than
 * 200 bytes is cut. */
struct place_text {
	const char *country, *city;
	size_t country_n, city_n;
	int32_t lat, lon;	/* PLACE_NOWHERE: unknown */
};

struct place_store {
	struct strtab seen;
	struct place **place;	/* by number in seen */
	size_t cap;
};

void place_store_init(struct place_store *);
void place_store_free(struct place_store *);

/* The place of these parts, made once: equal parts, same pointer, which is
 * valid until the store is freed. */
const struct place *place_get(struct place_store *,
    const struct place_text *);

#endif
