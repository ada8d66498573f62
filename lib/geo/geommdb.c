#include "geo/geommdb.h"

#include <err.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

static _Noreturn void
geommdb_damaged(const struct geommdb *b, int status)
{
	errx(1, "%s: %s", b->name, MMDB_strerror(status));
}

/* The value at the first of two paths that leads to one of a wanted type. */
static bool
geommdb_get(const struct geommdb *b, MMDB_entry_s *entry,
    const char *const paths[2][4], bool number, MMDB_entry_data_s *v)
{
	for (int i = 0; i < 2; i++) {
		int status = MMDB_aget_value(entry, v, paths[i]);

		if (status != MMDB_SUCCESS && status !=
		    MMDB_LOOKUP_PATH_DOES_NOT_MATCH_DATA_ERROR)
			geommdb_damaged(b, status);
		if (status != MMDB_SUCCESS || !v->has_data)
			continue;
		if (number ? v->type == MMDB_DATA_TYPE_DOUBLE ||
		    v->type == MMDB_DATA_TYPE_FLOAT :
		    v->type == MMDB_DATA_TYPE_UTF8_STRING)
			return true;
	}
	return false;
}

static int32_t
geommdb_degrees(const struct geommdb *b, MMDB_entry_s *entry,
    const char *const paths[2][4], int most)
{
	MMDB_entry_data_s v;
	int32_t degrees;

	if (!geommdb_get(b, entry, paths, true, &v))
		return PLACE_NOWHERE;
	if (!place_round(v.type == MMDB_DATA_TYPE_DOUBLE ? v.double_value :
	    (double)v.float_value, most, &degrees))
		return PLACE_NOWHERE;
	return degrees;
}

/* Of some addresses only the continent is known. */
static void
geommdb_continent(const struct geommdb *b, MMDB_entry_s *entry,
    struct place_text *t)
{
	MMDB_entry_data_s v;

	if (!geommdb_get(b, entry, continent_paths, false, &v) || v.data_size != 2)
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

	if (geommdb_get(b, entry, country_paths, false, &v)) {
		t.country = v.utf8_string;
		t.country_n = v.data_size;
	} else {
		geommdb_continent(b, entry, &t);
	}
	if (geommdb_get(b, entry, city_paths, false, &v)) {
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
	size_t i = offset * UINT64_C(0x9e3779b97f4a7c15) >> 32;

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

/* A file of IPv4 has nothing for IPv6; in one of both, IPv4 lies in ::/96,
 * which libmaxminddb knows. */
const struct place *
geommdb_find(struct geommdb *b, const struct addr *a)
{
	struct sockaddr_in in4 = { .sin_family = AF_INET };
	struct sockaddr_in6 in6 = { .sin6_family = AF_INET6 };
	bool is4 = addr_is4(a);
	MMDB_lookup_result_s r;
	int status;

	if (!is4 && b->mmdb.metadata.ip_version == 4)
		return NULL;
	memcpy(&in4.sin_addr, a->b + 12, 4);
	memcpy(&in6.sin6_addr, a->b, 16);
	r = MMDB_lookup_sockaddr(&b->mmdb, is4 ? (struct sockaddr *)&in4 :
	    (struct sockaddr *)&in6, &status);
	if (status != MMDB_SUCCESS)
		geommdb_damaged(b, status);
	return r.found_entry ? geommdb_place(b, &r.entry) : NULL;
}

/* The metadata begins with this mark in the last 128 KiB. */
bool
geommdb_is(int fd, off_t size)
{
	static const char mark[] = "\xab\xcd\xefMaxMind.com";
	enum { TAIL = 128 << 10, N = sizeof mark - 1 };
	off_t from = size > TAIL ? size - TAIL : 0;
	char *tail = mem_alloc(TAIL, 1);
	ssize_t n = pread(fd, tail, TAIL, from);
	bool found = false;

	for (ssize_t i = 0; i + N <= n && !found; i++)
		found = tail[i] == mark[0] && memcmp(tail + i, mark, N) == 0;
	free(tail);
	return found;
}

void
geommdb_open(struct geommdb *b)
{
	int status = MMDB_open(b->name, MMDB_MODE_MMAP, &b->mmdb);

	if (status != MMDB_SUCCESS)
		geommdb_damaged(b, status);
	geommdb_grow(b);
}

void
geommdb_close(struct geommdb *b)
{
	MMDB_close(&b->mmdb);
	free(b->entry);
}
