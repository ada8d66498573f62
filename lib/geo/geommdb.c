#include "geo/geommdb.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Decoded entries of the file: place by offset in its data section. */
struct geommdb_entry {
	uint32_t offset;
	const struct place *place;	/* NULL: free slot */
};

static const char *const country_paths[][4] = {
	{ "country", "iso_code" }, { "country_code" }
};
static const char *const city_paths[][4] = {
	{ "city", "names", "en" }, { "city" }
};
static const char *const lat_paths[][4] = {
	{ "location", "latitude" }, { "latitude" }
};
static const char *const lon_paths[][4] = {
	{ "location", "longitude" }, { "longitude" }
};
static const char *const continent_paths[][4] = {
	{ "continent", "code" }, { "continent_code" }
};

static bool
geommdb_get(struct geommdb *b, MMDB_entry_s *entry,
    const char *const paths[2][4], enum mmdbfile_kind kind,
    MMDB_entry_data_s *v)
{
	return mmdbfile_get(&b->file, entry, paths, 2, kind, v);
}

static int32_t
geommdb_degrees(struct geommdb *b, MMDB_entry_s *entry,
    const char *const paths[2][4], int most)
{
	MMDB_entry_data_s v;
	int32_t degrees;

	if (!geommdb_get(b, entry, paths, MMDBFILE_REAL, &v))
		return PLACE_NOWHERE;
	if (!place_round(v.type == MMDB_DATA_TYPE_DOUBLE ? v.double_value :
	    (double)v.float_value, most, &degrees))
		return PLACE_NOWHERE;
	return degrees;
}

/* Of some addresses only the continent is known. */
static void
geommdb_continent(struct geommdb *b, MMDB_entry_s *entry,
    struct place_text *t)
{
	MMDB_entry_data_s v;

	if (!geommdb_get(b, entry, continent_paths, MMDBFILE_TEXT, &v) ||
	    v.data_size != 2)
		return;
	t->country_n = 2;
	if (memcmp(v.utf8_string, "EU", 2) == 0)
		t->country = "EU";
	else if (memcmp(v.utf8_string, "AS", 2) == 0)
		t->country = "AP";
	else
		t->country_n = 0;
}

static const struct place *
geommdb_decode(struct geommdb *b, MMDB_entry_s *entry)
{
	struct place_text t = {0};
	MMDB_entry_data_s v;

	if (geommdb_get(b, entry, country_paths, MMDBFILE_TEXT, &v)) {
		t.country = v.utf8_string;
		t.country_n = v.data_size;
	} else {
		geommdb_continent(b, entry, &t);
	}
	if (geommdb_get(b, entry, city_paths, MMDBFILE_TEXT, &v)) {
		t.city = v.utf8_string;
		t.city_n = v.data_size;
	}
	t.lat = geommdb_degrees(b, entry, lat_paths, 90);
	t.lon = geommdb_degrees(b, entry, lon_paths, 180);
	return place_get(b->places, &t);
}

/* The slot of the entry at this offset, or where it would go. */
static struct geommdb_entry *
geommdb_slot(const struct geommdb *b, uint32_t offset)
{
	size_t i = hash_word(&b->hash, offset);

	for (;; i++) {
		struct geommdb_entry *e = &b->entry[i & (b->entry_cap - 1)];

		if (e->place == NULL || e->offset == offset)
			return e;
	}
}

static void
geommdb_grow(struct geommdb *b)
{
	struct geommdb_entry *old = b->entry;
	size_t n = b->entry_cap;

	b->entry_cap = n ? n * 2 : 1024;
	b->entry = mem_alloc(b->entry_cap, sizeof *b->entry);
	for (size_t i = 0; i < n; i++)
		if (old[i].place != NULL)
			*geommdb_slot(b, old[i].offset) = old[i];
	free(old);
}

static const struct place *
geommdb_place(struct geommdb *b, MMDB_entry_s *entry)
{
	struct geommdb_entry *e = geommdb_slot(b, entry->offset);

	if (e->place != NULL)
		return e->place;
	if (b->entries * 2 >= b->entry_cap) {
		geommdb_grow(b);
		e = geommdb_slot(b, entry->offset);
	}
	e->offset = entry->offset;
	e->place = geommdb_decode(b, entry);
	b->entries++;
	return e->place;
}

const struct place *
geommdb_find(struct geommdb *b, const struct addr *a)
{
	MMDB_entry_s entry;

	return mmdbfile_find(&b->file, a, &entry) ?
	    geommdb_place(b, &entry) : NULL;
}

void
geommdb_open(struct geommdb *b, const char *name)
{
	mmdbfile_open(&b->file, name);
	b->hash = hash_random_line_key();
	geommdb_grow(b);
}

void
geommdb_close(struct geommdb *b)
{
	mmdbfile_close(&b->file);
	free(b->entry);
}
