#include "geo/geocsv.h"

#include <csv.h>
#include <err.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

enum { FIELD_MAX = 255, LINE_MAX_BYTES = 1 << 20, BLOCK = 1 << 16 };

enum geocsv_column { FIRST, LAST, COUNTRY, CITY, LAT, LON, N_COLUMNS };

static const char *const geocsv_column_name[N_COLUMNS] = {
	"first", "last", "country", "city", "lat", "lon"
};

/* A table while it is read. */
struct geocsv_load {
	struct geocsv *base;
	struct csv_parser csv;
	size_t line;			/* where the row ends */
	size_t row_line;		/* where it began */
	bool begun;			/* bytes came already */
	bool rows;			/* a row came already */
	size_t k;			/* fields of the row so far */
	struct {
		char s[FIELD_MAX + 1];
		size_t n;
	} field[N_COLUMNS];
};

static _Noreturn void
geocsv_bad_field(const struct geocsv_load *l, enum geocsv_column c,
    const char *what)
{
	char text[64];
	size_t n = l->field[c].n < 56 ? l->field[c].n : 56;

	for (size_t i = 0; i < n; i++) {
		unsigned char b = (unsigned char)l->field[c].s[i];

		text[i] = b < ' ' || b == 0x7f ? '?' : (char)b;
	}
	strcpy(text + n, l->field[c].n > n ? "..." : "");
	errx(1, "%s:%zu: %s: %s: \"%s\"", l->base->name, l->row_line,
	    geocsv_column_name[c], what, text);
}

/* A whole number as an address of 128 bits. */
static bool
geocsv_number(const char *s, size_t n, struct addr *a)
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
geocsv_range(const struct geocsv_load *l, struct geobase_range *r)
{
	bool number = geocsv_number(l->field[FIRST].s, l->field[FIRST].n,
	    &r->first);

	if (!number && !addr_parse(l->field[FIRST].s, l->field[FIRST].n,
	    &r->first))
		geocsv_bad_field(l, FIRST, "not an address");
	if (number ? !geocsv_number(l->field[LAST].s, l->field[LAST].n,
	    &r->last) : !addr_parse(l->field[LAST].s, l->field[LAST].n,
	    &r->last))
		geocsv_bad_field(l, LAST, number ? "not a number as the first" :
		    "not an address");
	if (number && below_32_bits(&r->first) && below_32_bits(&r->last)) {
		r->first = addr_from4(r->first.b + 12);
		r->last = addr_from4(r->last.b + 12);
	}
	if (addr_is4(&r->first) != addr_is4(&r->last))
		geocsv_bad_field(l, LAST, "of another family than the first");
	if (memcmp(&r->first, &r->last, sizeof r->first) > 0)
		geocsv_bad_field(l, LAST, "before the first");
}

static bool
geocsv_unknown(const struct geocsv_load *l, enum geocsv_column c)
{
	return l->field[c].n == 0 ||
	    (l->field[c].n == 1 && l->field[c].s[0] == '-');
}

static int32_t
geocsv_degrees(const struct geocsv_load *l, enum geocsv_column c, int most)
{
	int32_t v;

	if (geocsv_unknown(l, c))
		return PLACE_NOWHERE;
	if (!place_coordinate(l->field[c].s, l->field[c].n, most, &v))
		geocsv_bad_field(l, c, "not an angle in degrees");
	return v;
}

static void
geocsv_place(struct geocsv_load *l, struct geobase_range *r)
{
	struct place_text t = {
		.country = l->field[COUNTRY].s, .city = l->field[CITY].s,
		.city_n = l->field[CITY].n
	};

	if (!geocsv_unknown(l, COUNTRY)) {
		t.country_n = l->field[COUNTRY].n;
		if (t.country_n != 2)
			geocsv_bad_field(l, COUNTRY,
			    "not a code of two letters");
	}
	t.lat = geocsv_degrees(l, LAT, 90);
	t.lon = geocsv_degrees(l, LON, 180);
	if ((t.lat == PLACE_NOWHERE) != (t.lon == PLACE_NOWHERE))
		geocsv_bad_field(l, LON, "latitude or longitude alone");
	r->place = place_get(l->base->places, &t);
}

/* Is the first row a heading?  Then there is no digit in its first field: an
 * address with a slip of the pen is none. */
static bool
geocsv_is_heading(const struct geocsv_load *l)
{
	struct addr a;

	for (size_t i = 0; i < l->field[FIRST].n; i++)
		if (l->field[FIRST].s[i] >= '0' && l->field[FIRST].s[i] <= '9')
			return false;
	return l->field[FIRST].n > 0 &&
	    !addr_parse(l->field[FIRST].s, l->field[FIRST].n, &a);
}

static void
geocsv_add_row(struct geocsv_load *l)
{
	struct geocsv *b = l->base;
	struct geobase_range r = { .line = l->row_line };

	if (l->k <= COUNTRY || l->k > N_COLUMNS || l->k == LON)
		errx(1, "%s:%zu: %zu column%s, not first,last,country"
		    "[,city[,lat,lon]]", b->name, l->row_line, l->k,
		    l->k == 1 ? "" : "s");
	for (size_t k = l->k; k < N_COLUMNS; k++)
		l->field[k].n = 0;
	geocsv_range(l, &r);
	geocsv_place(l, &r);
	b->range = mem_grow(b->range, &b->cap, b->n + 1, sizeof *b->range);
	b->range[b->n++] = r;
}

/* libcsv gives a field. */
static void
geocsv_take_field(void *s, size_t n, void *load)
{
	struct geocsv_load *l = load;

	if (l->k == 0)
		l->row_line = l->line;
	for (const char *p = s, *end = p + n; p < end; p++)
		l->line += *p == '\n';
	if (l->k < N_COLUMNS) {
		l->field[l->k].n = n < FIELD_MAX ? n : FIELD_MAX;
		memcpy(l->field[l->k].s, s, l->field[l->k].n);
		if (n > FIELD_MAX)
			geocsv_bad_field(l, (enum geocsv_column)l->k,
			    "too long");
	}
	l->k++;
}

/* libcsv gives the end of a row: CR or LF, or -1 at the end of the table.
 * Of CR LF it tells both. */
static void
geocsv_take_row(int end, void *load)
{
	struct geocsv_load *l = load;

	if (l->k > 0) {
		if (l->rows || !geocsv_is_heading(l))
			geocsv_add_row(l);
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
geocsv_begin(struct geocsv_load *l, struct geocsv *b)
{
	*l = (struct geocsv_load){ .base = b, .line = 1 };
	if (csv_init(&l->csv, CSV_STRICT | CSV_STRICT_FINI |
	    CSV_REPALL_NL) != 0)
		errx(1, "out of memory");
	csv_set_realloc_func(&l->csv, bounded_realloc);
}

static void
geocsv_fail(struct geocsv_load *l)
{
	errx(1, "%s:%zu: %s", l->base->name, l->line,
	    csv_error(&l->csv) == CSV_EPARSE ? "quote out of place" :
	    "field without an end");
}

/* A byte order mark is no part of the table. */
static void
geocsv_block(struct geocsv_load *l, const char *s, size_t n)
{
	if (!l->begun && n >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0) {
		s += 3;
		n -= 3;
	}
	l->begun = true;
	if (csv_parse(&l->csv, s, n, geocsv_take_field, geocsv_take_row,
	    l) != n)
		geocsv_fail(l);
}

static int
compare_ranges(const void *a, const void *b)
{
	const struct geobase_range *x = a, *y = b;

	return memcmp(&x->first, &y->first, sizeof x->first);
}

static void
geocsv_put_in_order(struct geocsv *b)
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
geocsv_end(struct geocsv_load *l)
{
	if (csv_fini(&l->csv, geocsv_take_field, geocsv_take_row, l) != 0)
		geocsv_fail(l);
	csv_free(&l->csv);
	if (l->base->n == 0)
		errx(1, "%s: no range of addresses in it", l->base->name);
	geocsv_put_in_order(l->base);
}

void
geocsv_read(struct geocsv *b, int fd)
{
	char *block = mem_alloc(BLOCK, 1);
	struct geocsv_load l;
	ssize_t n;

	geocsv_begin(&l, b);
	while ((n = read(fd, block, BLOCK)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			err(1, "%s", b->name);
		if (!l.rows && memchr(block, '\0', (size_t)n) != NULL)
			errx(1, "%s: neither a MaxMind database nor a CSV "
			    "table", b->name);
		geocsv_block(&l, block, (size_t)n);
	}
	geocsv_end(&l);
	free(block);
}

void
geocsv_parse(struct geocsv *b, const char *text, size_t n)
{
	struct geocsv_load l;

	geocsv_begin(&l, b);
	geocsv_block(&l, text, n);
	geocsv_end(&l);
}

const struct place *
geocsv_find(const struct geocsv *b, const struct addr *a)
{
	size_t lo = 0, hi = b->n;

	/* The last range that begins at the address or before it. */
	while (lo < hi) {
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
