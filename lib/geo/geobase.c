#include "geo/geobase.h"

#include <csv.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <maxminddb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/num.h"

enum { FIELD_MAX = 255, LINE_MAX_BYTES = 1 << 20, BLOCK = 1 << 16 };

/* Decoded entries of an mmdb file: place by offset in its data section. */
struct entry {
	uint32_t offset;
	const struct place *place;	/* NULL: free slot */
};

struct geobase {
	const char *name;
	struct place_store places;

	/* CSV */
	struct geobase_range *range;
	size_t n, cap;

	/* mmdb */
	bool is_mmdb;
	MMDB_s mmdb;
	struct entry *entry;		/* open addressing */
	size_t entries, entry_cap;	/* the latter a power of two */
};

/*
 * CSV tables.
 */

enum column { FIRST, LAST, COUNTRY, CITY, LAT, LON, N_COLUMNS };

static const char *const column_name[N_COLUMNS] = {
	"first", "last", "country", "city", "lat", "lon"
};

/* A table while it is read. */
struct load {
	struct geobase *base;
	struct csv_parser csv;
	size_t line;			/* where the row ends */
	size_t row_line;		/* where it began */
	bool rows;			/* a row came already */
	size_t k;			/* fields of the row so far */
	struct {
		char s[FIELD_MAX + 1];
		size_t n;
	} field[N_COLUMNS];
};

static _Noreturn void
bad_field(const struct load *l, enum column c, const char *what)
{
	char text[64];
	size_t n = l->field[c].n < 56 ? l->field[c].n : 56;

	for (size_t i = 0; i < n; i++) {
		unsigned char b = (unsigned char)l->field[c].s[i];

		text[i] = b < ' ' || b == 0x7f ? '?' : (char)b;
	}
	strcpy(text + n, l->field[c].n > n ? "..." : "");
	errx(1, "%s:%zu: %s: %s: \"%s\"", l->base->name, l->row_line,
	    column_name[c], what, text);
}

/* A whole number as an address of 128 bits. */
static bool
parse_number(const char *s, size_t n, struct addr *a)
{
	*a = (struct addr){{0}};
	for (size_t k = 0; k < n; k++) {
		unsigned carry = (unsigned)(unsigned char)s[k] - '0';

		if (carry > 9)
			return false;
		for (int i = 15; i >= 0; i--) {
			carry += a->b[i] * 10u;
			a->b[i] = (uint8_t)carry;
			carry >>= 8;
		}
		if (carry > 0)
			return false;
	}
	return n > 0;
}

static bool
below_32_bits(const struct addr *a)
{
	static const uint8_t zero[12];

	return memcmp(a->b, zero, sizeof zero) == 0;
}

/* Numbers are IPv4 if both lie below 2^32, else IPv6. */
static void
parse_range(const struct load *l, struct geobase_range *r)
{
	bool number = parse_number(l->field[FIRST].s, l->field[FIRST].n,
	    &r->first);

	if (!number && !addr_parse(l->field[FIRST].s, l->field[FIRST].n,
	    &r->first))
		bad_field(l, FIRST, "not an address");
	if (number ? !parse_number(l->field[LAST].s, l->field[LAST].n,
	    &r->last) : !addr_parse(l->field[LAST].s, l->field[LAST].n,
	    &r->last))
		bad_field(l, LAST, number ? "not a number as the first" :
		    "not an address");
	if (number && below_32_bits(&r->first) && below_32_bits(&r->last)) {
		r->first = addr_from4(r->first.b + 12);
		r->last = addr_from4(r->last.b + 12);
	}
	if (addr_is4(&r->first) != addr_is4(&r->last))
		bad_field(l, LAST, "of another family than the first");
	if (memcmp(&r->first, &r->last, sizeof r->first) > 0)
		bad_field(l, LAST, "before the first");
}

static bool
is_unknown(const struct load *l, enum column c)
{
	return l->field[c].n == 0 ||
	    (l->field[c].n == 1 && l->field[c].s[0] == '-');
}

static int32_t
parse_degrees(const struct load *l, enum column c, int most)
{
	int32_t v;

	if (is_unknown(l, c))
		return PLACE_NOWHERE;
	if (!place_coordinate(l->field[c].s, l->field[c].n, most, &v))
		bad_field(l, c, "not an angle in degrees");
	return v;
}

static void
parse_place(struct load *l, struct geobase_range *r)
{
	struct place_text t = {
		.country = l->field[COUNTRY].s, .city = l->field[CITY].s,
		.city_n = l->field[CITY].n
	};

	if (!is_unknown(l, COUNTRY)) {
		t.country_n = l->field[COUNTRY].n;
		if (t.country_n != 2)
			bad_field(l, COUNTRY, "not a code of two letters");
	}
	t.lat = parse_degrees(l, LAT, 90);
	t.lon = parse_degrees(l, LON, 180);
	if ((t.lat == PLACE_NOWHERE) != (t.lon == PLACE_NOWHERE))
		bad_field(l, LON, "latitude or longitude alone");
	r->place = place_get(&l->base->places, &t);
}

/* Is the first row a heading?  Then its first field is no address. */
static bool
is_heading(const struct load *l)
{
	struct addr a;

	return !addr_parse(l->field[FIRST].s, l->field[FIRST].n, &a) &&
	    !parse_number(l->field[FIRST].s, l->field[FIRST].n, &a);
}

static void
add_row(struct load *l)
{
	struct geobase *b = l->base;
	struct geobase_range r = { .line = l->row_line };

	if (l->k <= COUNTRY || l->k > N_COLUMNS || l->k == LON)
		errx(1, "%s:%zu: %zu column%s, not first,last,country"
		    "[,city[,lat,lon]]", b->name, l->row_line, l->k,
		    l->k == 1 ? "" : "s");
	for (size_t k = l->k; k < N_COLUMNS; k++)
		l->field[k].n = 0;
	parse_range(l, &r);
	parse_place(l, &r);
	b->range = mem_grow(b->range, &b->cap, b->n + 1, sizeof *b->range);
	b->range[b->n++] = r;
}

/* libcsv gives a field. */
static void
take_field(void *s, size_t n, void *load)
{
	struct load *l = load;

	if (l->k == 0)
		l->row_line = l->line;
	for (const char *p = s, *end = p + n; p < end; p++)
		l->line += *p == '\n';
	if (l->k < N_COLUMNS) {
		l->field[l->k].n = n < FIELD_MAX ? n : FIELD_MAX;
		memcpy(l->field[l->k].s, s, l->field[l->k].n);
		if (n > FIELD_MAX)
			bad_field(l, (enum column)l->k, "too long");
	}
	l->k++;
}

/* libcsv gives the end of a row: CR or LF, or -1 at the end of the table.
 * Of CR LF it tells both. */
static void
take_row(int end, void *load)
{
	struct load *l = load;

	if (l->k > 0) {
		if (l->rows || !is_heading(l))
			add_row(l);
		l->rows = true;
	}
	l->k = 0;
	l->line += end == '\n';
}

static void *
bounded_realloc(void *p, size_t n)
{
	return n > LINE_MAX_BYTES ? NULL : realloc(p, n);
}

static void
load_begin(struct load *l, struct geobase *b)
{
	*l = (struct load){ .base = b, .line = 1 };
	if (csv_init(&l->csv, CSV_STRICT | CSV_STRICT_FINI |
	    CSV_REPALL_NL) != 0)
		errx(1, "out of memory");
	csv_set_realloc_func(&l->csv, bounded_realloc);
}

static void
load_error(struct load *l)
{
	errx(1, "%s:%zu: %s", l->base->name, l->line,
	    csv_error(&l->csv) == CSV_EPARSE ? "quote out of place" :
	    "field without an end");
}

static void
load_block(struct load *l, const char *s, size_t n)
{
	if (csv_parse(&l->csv, s, n, take_field, take_row, l) != n)
		load_error(l);
}

static int
compare_ranges(const void *a, const void *b)
{
	const struct geobase_range *x = a, *y = b;

	return memcmp(&x->first, &y->first, sizeof x->first);
}

static void
put_in_order(struct geobase *b)
{
	struct geobase_range *r = b->range;
	size_t i = 1;

	while (i < b->n && compare_ranges(&r[i - 1], &r[i]) < 0)
		i++;
	if (i < b->n)
		qsort(r, b->n, sizeof *r, compare_ranges);
	for (i = 1; i < b->n; i++) {
		const struct geobase_range *x = &r[i - 1], *y = &r[i];

		if (memcmp(&x->last, &y->first, sizeof x->last) < 0)
			continue;
		errx(1, "%s:%zu: range overlaps that of line %zu", b->name,
		    x->line > y->line ? x->line : y->line,
		    x->line > y->line ? y->line : x->line);
	}
}

static void
load_end(struct load *l)
{
	if (csv_fini(&l->csv, take_field, take_row, l) != 0)
		load_error(l);
	csv_free(&l->csv);
	if (l->base->n == 0)
		errx(1, "%s: no range of addresses in it", l->base->name);
	put_in_order(l->base);
}

static const struct place *
find_csv(const struct geobase *b, const struct addr *a)
{
	size_t lo = 0, hi = b->n;

	while (lo < hi) {		/* the last that begins at or before a */
		size_t mid = lo + (hi - lo) / 2;

		if (memcmp(&b->range[mid].first, a, sizeof *a) <= 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo == 0 || memcmp(&b->range[lo - 1].last, a, sizeof *a) < 0)
		return NULL;
	return b->range[lo - 1].place;
}

/*
 * MaxMind DB files.
 */

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
damaged(const struct geobase *b, int status)
{
	errx(1, "%s: %s", b->name, MMDB_strerror(status));
}

/* The value at the first of two paths that leads to one of a wanted type. */
static bool
get(const struct geobase *b, MMDB_entry_s *entry,
    const char *const paths[2][4], bool number, MMDB_entry_data_s *v)
{
	for (int i = 0; i < 2; i++) {
		int status = MMDB_aget_value(entry, v, paths[i]);

		if (status != MMDB_SUCCESS && status !=
		    MMDB_LOOKUP_PATH_DOES_NOT_MATCH_DATA_ERROR)
			damaged(b, status);
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
get_degrees(const struct geobase *b, MMDB_entry_s *entry,
    const char *const paths[2][4], int most)
{
	MMDB_entry_data_s v;
	int32_t degrees;

	if (!get(b, entry, paths, true, &v))
		return PLACE_NOWHERE;
	if (!place_round(v.type == MMDB_DATA_TYPE_DOUBLE ? v.double_value :
	    (double)v.float_value, most, &degrees))
		return PLACE_NOWHERE;
	return degrees;
}

/* Of some addresses only the continent is known. */
static void
get_continent(const struct geobase *b, MMDB_entry_s *entry,
    struct place_text *t)
{
	MMDB_entry_data_s v;

	if (!get(b, entry, continent_paths, false, &v) || v.data_size != 2)
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
decode(struct geobase *b, MMDB_entry_s *entry)
{
	struct place_text t = {0};
	MMDB_entry_data_s v;

	if (get(b, entry, country_paths, false, &v)) {
		t.country = v.utf8_string;
		t.country_n = v.data_size;
	} else {
		get_continent(b, entry, &t);
	}
	if (get(b, entry, city_paths, false, &v)) {
		t.city = v.utf8_string;
		t.city_n = v.data_size;
	}
	t.lat = get_degrees(b, entry, lat_paths, 90);
	t.lon = get_degrees(b, entry, lon_paths, 180);
	return place_get(&b->places, &t);
}

/* The slot of the entry at this offset, or where it would go. */
static struct entry *
slot_of(const struct geobase *b, uint32_t offset)
{
	size_t i = offset * UINT64_C(0x9e3779b97f4a7c15) >> 32;

	for (;; i++) {
		struct entry *e = &b->entry[i & (b->entry_cap - 1)];

		if (e->place == NULL || e->offset == offset)
			return e;
	}
}

static void
grow_entries(struct geobase *b)
{
	struct entry *old = b->entry;
	size_t n = b->entry_cap;

	b->entry_cap = n ? n * 2 : 1024;
	b->entry = mem_alloc(b->entry_cap, sizeof *b->entry);
	for (size_t i = 0; i < n; i++)
		if (old[i].place != NULL)
			*slot_of(b, old[i].offset) = old[i];
	free(old);
}

static const struct place *
entry_place(struct geobase *b, MMDB_entry_s *entry)
{
	struct entry *e = slot_of(b, entry->offset);

	if (e->place != NULL)
		return e->place;
	if (b->entries * 2 >= b->entry_cap) {
		grow_entries(b);
		e = slot_of(b, entry->offset);
	}
	e->offset = entry->offset;
	e->place = decode(b, entry);
	b->entries++;
	return e->place;
}

/* A file of IPv4 has nothing for IPv6; in one of both, IPv4 lies in ::/96,
 * which libmaxminddb knows. */
static const struct place *
find_mmdb(struct geobase *b, const struct addr *a)
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
		damaged(b, status);
	return r.found_entry ? entry_place(b, &r.entry) : NULL;
}

/*
 * Both.
 */

/* Does the file end in MaxMind's metadata, which begins with this mark in
 * its last 128 KiB? */
static bool
has_mark(int fd, off_t size)
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

static void
open_mmdb(struct geobase *b)
{
	int status = MMDB_open(b->name, MMDB_MODE_MMAP, &b->mmdb);

	if (status != MMDB_SUCCESS)
		damaged(b, status);
	b->is_mmdb = true;
	grow_entries(b);
}

static void
load_file(struct geobase *b, int fd)
{
	char *block = mem_alloc(BLOCK, 1);
	struct load l;
	ssize_t n;

	load_begin(&l, b);
	while ((n = read(fd, block, BLOCK)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			err(1, "%s", b->name);
		if (!l.rows && memchr(block, '\0', (size_t)n) != NULL)
			errx(1, "%s: neither a MaxMind database nor a CSV "
			    "table", b->name);
		load_block(&l, block, (size_t)n);
	}
	load_end(&l);
	free(block);
}

static struct geobase *
base_new(const char *name)
{
	struct geobase *b = mem_alloc(1, sizeof *b);

	b->name = name;
	place_store_init(&b->places);
	return b;
}

struct geobase *
geobase_open(const char *path)
{
	struct geobase *b = base_new(path);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;

	if (fd < 0 || fstat(fd, &st) < 0)
		err(1, "%s", path);
	if (S_ISREG(st.st_mode) && has_mark(fd, st.st_size))
		open_mmdb(b);
	else
		load_file(b, fd);
	close(fd);
	return b;
}

struct geobase *
geobase_parse(const char *name, const char *text, size_t n)
{
	struct geobase *b = base_new(name);
	struct load l;

	load_begin(&l, b);
	load_block(&l, text, n);
	load_end(&l);
	return b;
}

void
geobase_close(struct geobase *b)
{
	if (b->is_mmdb)
		MMDB_close(&b->mmdb);
	place_store_free(&b->places);
	free(b->range);
	free(b->entry);
	free(b);
}

const struct place *
geobase_find(struct geobase *b, const struct addr *a)
{
	return b->is_mmdb ? find_mmdb(b, a) : find_csv(b, a);
}

const struct geobase_range *
geobase_ranges(const struct geobase *b, size_t *n)
{
	*n = b->n;
	return b->range;
}
