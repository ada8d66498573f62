/*
 * geommdb: a MaxMind DB file (.mmdb) of places, read through libmaxminddb.
 * geobase.h says which layouts are known.  An entry is decoded once, however
 * many networks lead to it.
 */
#ifndef GEOMMDB_H
#define GEOMMDB_H

#include <maxminddb.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/addr.h"
#include "geo/place.h"

struct geommdb_entry;

/* Set name (of the file) and places before opening; the rest zero. */
struct geommdb {
	const char *name;
	struct place_store *places;
	MMDB_s mmdb;
	struct geommdb_entry *entry;	/* open addressing */
	size_t entries, entry_cap;	/* the latter a power of two */
};

/* Is this file of so many bytes one? */
bool geommdb_is(int fd, off_t size);

/* A damaged file ends the program with a message that names it. */
void geommdb_open(struct geommdb *);
void geommdb_close(struct geommdb *);

/* The place of the address, NULL where the file has nothing for it. */
const struct place *geommdb_find(struct geommdb *, const struct addr *);

#endif
