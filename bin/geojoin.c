/*
 * geojoin: adds the place of an address to each record: continent, country,
 * city and coordinates, from geolocation bases (-d), the first of which that
 * knows the country counts.
 *
 * The address is that of the flow's external end: dst where dir is out, src
 * where it is in.  Of a flow between two external ends it is the
 * responder's, since the initiator is the side that rttcalc and sigtag look
 * from; one between two internal ends has none.  With -c it is a column's.
 *
 * Addresses of special purpose are nowhere, whatever a base says; with -t one
 * that has an IPv4 address inside (6to4, Teredo, NAT64) is where that is.
 * Bases of autonomous systems (-a) add who runs the network.
 *
 * The continents are those of the paper's Table II.  Memory: CSV bases 48
 * bytes a range, mmdb files as the system maps them, about 200 bytes for
 * each different place, and 3 MiB of recent addresses; nothing for a record.
 */
#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "geo/asnbase.h"
#include "geo/geobase.h"
#include "geo/special.h"
#include "base/mem.h"
#include "base/out.h"
#include "record/rec.h"
#include "record/cmdline.h"
#include "record/word.h"

static const char usage[] =
"usage: geojoin [-hkltVv] [-a base] [-c column] [-d base] [-H columns]\n"
"\t[file ...]\n";

enum { DIR, SRC, DST, N_NEED };
enum { CONTINENT, COUNTRY, CITY, LAT, LON, N_PLACE, ASN = N_PLACE, ORG, N_COL };

static const char *const need[N_NEED] = {
	"dir", "src", "dst"
};

static const char *const made[N_COL] = {
	"continent", "country", "city", "lat", "lon", "asn", "org"
};

/* The columns of -l. */
static const char *const list_col[] = {
	"country", "name", "continent", "eu"
};

/* Places of addresses met before: a new one takes the slot of an old one,
 * so that no choice of addresses makes it slow. */
enum { N_RECENT = 1 << 17 };

struct recent {
	struct addr addr;
	const struct place *place;	/* NULL: free */
	const struct asn *asn;
};

static const struct place nowhere = { "", "", "", "", NULL };
static const struct asn no_asn = { "", "" };
static const struct recent nothing = { .place = &nowhere, .asn = &no_asn };

struct join {
	struct geobase **base;
	size_t n;
	struct recent *recent;
	struct asnbase **asn_base;	/* -a */
	size_t n_asn;
	bool by_column;		/* -c */
	bool embedded;		/* -t */
};

/* The place of an address, by the first base that knows the country. */
static const struct place *
join_place(struct join *j, const struct addr *a)
{
	const struct place *any = &nowhere;

	for (size_t i = 0; i < j->n; i++) {
		const struct place *p = geobase_find(j->base[i], a);

		if (p != NULL && *p->country != '\0')
			return p;
		if (p != NULL && any == &nowhere)
			any = p;
	}
	return any;
}

static const struct asn *
join_asn(struct join *j, const struct addr *a)
{
	for (size_t i = 0; i < j->n_asn; i++) {
		const struct asn *found = asnbase_find(j->asn_base[i], a);

		if (found != NULL)
			return found;
	}
	return &no_asn;
}

/* Looks the address up, or the one inside of it. */
static void
join_look_up(struct join *j, struct recent *slot)
{
	struct addr inside;
	const struct addr *a = &slot->addr;

	if (j->embedded && special_embedded(a, &inside))
		a = &inside;
	if (special_addr(a)) {
		slot->place = &nowhere;
		slot->asn = &no_asn;
		return;
	}
	slot->place = join_place(j, a);
	slot->asn = join_asn(j, a);
}

static size_t
slot_of(const struct addr *a)
{
	uint64_t half[2];

	memcpy(half, a, sizeof half);
	return (half[0] * 31 + half[1]) * UINT64_C(0x9e3779b97f4a7c15) >>
	    32 & (N_RECENT - 1);
}

static const struct recent *
join_find(struct join *j, const struct addr *a)
{
	struct recent *slot = &j->recent[slot_of(a)];

	if (slot->place == NULL || memcmp(&slot->addr, a, sizeof *a) != 0) {
		slot->addr = *a;
		join_look_up(j, slot);
	}
	return slot;
}

static void
set(struct rec *r, size_t column, const char *text, const char *unknown)
{
	if (*text == '\0')
		text = unknown;
	rec_set(r, column, text, strlen(text));
}

static void
add_place(struct rec *r, const struct join *j, const struct recent *found)
{
	const struct place *p = found->place;

	set(r, CONTINENT, p->known ? p->known->continent : "",
	    COUNTRY_UNKNOWN);
	set(r, COUNTRY, p->country, COUNTRY_UNKNOWN);
	set(r, CITY, p->city, COUNTRY_UNKNOWN);
	set(r, LAT, p->lat, "-");
	set(r, LON, p->lon, "-");
	if (j->n_asn > 0) {
		set(r, ASN, found->asn->number, "-");
		set(r, ORG, found->asn->org, "-");
	}
}

/* An address, or an endpoint: 192.0.2.1:80, [2001:db8::1]:80. */
static bool
parse_endpoint(struct rec_span v, struct addr *a)
{
	size_t n = v.n;

	if (addr_parse(v.s, v.n, a))
		return true;
	while (n > 0 && v.s[n - 1] >= '0' && v.s[n - 1] <= '9')
		n--;
	if (n == 0 || n == v.n || v.s[n - 1] != ':')
		return false;
	n--;
	if (n >= 2 && v.s[0] == '[' && v.s[n - 1] == ']')
		return addr_parse(v.s + 1, n - 2, a);
	return addr_parse(v.s, n, a) && addr_is4(a);
}

/* The place of the row's address, nowhere if it is unknown or has none.  False:
 * the row is dropped. */
static bool
place_of_row(struct join *j, struct rec *r, const struct recent **found)
{
	size_t end = 0;
	struct addr a;

	*found = &nothing;
	if (!j->by_column) {
		enum flow_dir dir;

		if (!word_dir_parse(rec_get(r, DIR), &dir))
			return rec_bad(r, DIR, WORD_DIR_FAULT);
		if (dir == FLOW_INT || dir == FLOW_UNKNOWN)
			return true;
		end = dir == FLOW_IN ? SRC : DST;
	}
	if (rec_unknown(r, end))
		return true;
	if (!j->by_column) {
		if (!rec_addr(r, end, &a))
			return false;
	} else if (!parse_endpoint(rec_get(r, end), &a)) {
		return rec_bad(r, end, "not an address");
	}
	*found = join_find(j, &a);
	return true;
}

/* -l: what is known of the countries. */
static int
list_countries(void)
{
	static struct out out;
	size_t n;
	const struct country *c = country_all(&n);

	out_open(&out, 1, "<stdout>");
	rec_header(&out, list_col, sizeof list_col / sizeof list_col[0]);
	for (size_t i = 0; i < n; i++) {
		out_str(&out, c[i].code);
		out_char(&out, '\t');
		out_str(&out, c[i].name);
		out_char(&out, '\t');
		out_str(&out, c[i].continent);
		out_str(&out, c[i].eu2007 ? "\tyes\n" : "\tno\n");
	}
	out_close(&out);
	return 0;
}

static void
join_open(struct join *j, char *const *path, size_t n, char *const *asn_path,
    size_t n_asn)
{
	j->base = mem_alloc(n, sizeof *j->base);
	j->recent = mem_alloc(N_RECENT, sizeof *j->recent);
	for (j->n = 0; j->n < n; j->n++)
		j->base[j->n] = geobase_open(path[j->n]);
	j->asn_base = mem_alloc(n_asn + 1, sizeof *j->asn_base);
	for (; j->n_asn < n_asn; j->n_asn++)
		j->asn_base[j->n_asn] = asnbase_open(asn_path[j->n_asn]);
}

static void
join_close(struct join *j)
{
	for (size_t i = 0; i < j->n; i++)
		geobase_close(j->base[i]);
	for (size_t i = 0; i < j->n_asn; i++)
		asnbase_close(j->asn_base[i]);
	free(j->asn_base);
	free(j->base);
	free(j->recent);
}

/* Reads all records; returns the exit status. */
static int
join(struct join *j, char *const *files, const struct rec_spec *spec)
{
	struct rec *r = rec_open(files, spec);
	const struct recent *found;

	while (rec_next(r))
		if (place_of_row(j, r, &found)) {
			add_place(r, j, found);
			rec_write(r);
		}
	return rec_close(r);
}

int
main(int argc, char *argv[])
{
	struct join j = { .by_column = false };
	const char *column[1] = { NULL };
	struct rec_spec spec = {
		.need = need, .n_need = N_NEED, .made = made, .n_made = N_PLACE
	};
	char **path = mem_alloc((size_t)argc, sizeof *path);
	char **asn_path = mem_alloc((size_t)argc, sizeof *path);
	size_t n = 0, n_asn = 0;
	int c, status;

	while ((c = cmdline_getopt(argc, argv, "a:c:d:hH:kltVv")) != -1)
		switch (c) {
		case 'a':
			asn_path[n_asn++] = optarg;
			spec.n_made = N_COL;
			break;
		case 'c':
			column[0] = optarg;
			spec.need = column;
			spec.n_need = 1;
			j.by_column = true;
			break;
		case 'd':
			path[n++] = optarg;
			break;
		case 'h':
			cmdline_help(usage, need, N_NEED, made, N_COL);
		case 'l':
			free(path);
			free(asn_path);
			return list_countries();
		case 't':
			j.embedded = true;
			break;
		default:
			cmdline_filter(c, usage, &spec);
		}
	if (n == 0 && n_asn == 0)
		errx(2, "no geolocation base: name one with -d");

	join_open(&j, path, n, asn_path, n_asn);
	status = join(&j, argv + optind, &spec);
	join_close(&j);
	free(path);
	free(asn_path);
	return status;
}
