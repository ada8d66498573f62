/*
 * geommdb: a MaxMind DB file of places.  geobase.h says which layouts are
 * known.  An entry is decoded once, however many networks lead to it.
 */
#ifndef GEOMMDB_H
#define GEOMMDB_H

#include <stddef.h>

#include "base/hash.h"
#include "base/addr.h"
#include "geo/mmdbfile.h"
#include "geo/place.h"

struct geommdb_entry;

/* Set places before opening; the rest zero. */
struct geommdb {
	struct place_store *places;
	struct mmdbfile file;
	struct geommdb_entry *entry;	/* open addressing */
	size_t entries, entry_cap;	/* the latter a power of two */
	struct hash_line_key hash;	/* who sends packets chooses entries */
};

void geommdb_open(struct geommdb *, const char *name);
void geommdb_close(struct geommdb *);

/* The place of the address, NULL where the file has nothing for it. */
const struct place *geommdb_find(struct geommdb *, const struct addr *);

#endif
