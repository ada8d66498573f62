#include "geo/place.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/utf8.h"

enum { CITY_MAX = PLACE_TEXT_MAX, DEGREES_MAX = 24 };

bool
place_coordinate(const char *s, size_t n, int most, int32_t *v)
{
	const int64_t unit = NS_PER_S / PLACE_DEGREE;
	int64_t fine, half;

	if (!num_fixed(s, n, 9, &fine))
		return false;
	half = fine < 0 ? -unit / 2 : unit / 2;
	fine = (fine + half) / unit;
	if (fine < -(int64_t)most * PLACE_DEGREE ||
	    fine > (int64_t)most * PLACE_DEGREE)
		return false;
	*v = (int32_t)fine;
	return true;
}

bool
place_round(double degrees, int most, int32_t *v)
{
	/* Not a number fails here as well. */
	if (!(degrees >= -most && degrees <= most))
		return false;
	*v = (int32_t)lround(degrees * PLACE_DEGREE);
	return true;
}

size_t
place_clean(char to[PLACE_TEXT_MAX], const char *from, size_t n)
{
	const unsigned char *s = (const unsigned char *)from;
	size_t len = 0;

	while (n > 0) {
		size_t k = utf8_length((const char *)s, n);
		const void *put = k > 0 ? (const void *)s : "\xef\xbf\xbd";
		size_t put_n = k > 0 ? k : 3;

		if (*s <= ' ' || *s == 0x7f)
			put = " ";
		if (len + put_n > CITY_MAX)
			break;
		if (*(const char *)put != ' ' ||
		    (len > 0 && to[len - 1] != ' ')) {
			memcpy(to + len, put, put_n);
			len += put_n;
		}
		k += k == 0;
		s += k;
		n -= k;
	}
	while (len > 0 && to[len - 1] == ' ')
		len--;
	return len;
}

/* "Berlin (Mitte)": the length of "Berlin". */
static size_t
place_cut_suffix(const char *s, size_t n)
{
	const char *bracket = memchr(s, '(', n);

	if (n == 1 && *s == '-')
		return 0;
	if (bracket == NULL || bracket == s || s[n - 1] != ')')
		return n;
	n = (size_t)(bracket - s);
	while (n > 0 && s[n - 1] == ' ')
		n--;
	return n;
}

static size_t
place_put_country(char *to, const struct place_text *t)
{
	for (size_t i = 0; i < 2; i++) {
		unsigned letter;

		if (t->country_n != 2)
			return 0;
		letter = (unsigned char)t->country[i] | 0x20u;
		if (letter < 'a' || letter > 'z')
			return 0;
		to[i] = (char)(letter - 0x20);
	}
	return memcmp(to, "ZZ", 2) == 0 ? 0 : 2;
}

static size_t
place_put_degrees(char to[DEGREES_MAX], int32_t v)
{
	int32_t abs = v < 0 ? -v : v;
	int n = snprintf(to, DEGREES_MAX, "%s%" PRId32 ".%04" PRId32,
	    v < 0 ? "-" : "", abs / PLACE_DEGREE, abs % PLACE_DEGREE);

	return (size_t)n;
}

void
place_store_init(struct place_store *st)
{
	*st = (struct place_store){0};
	strtab_init(&st->seen);
}

void
place_store_free(struct place_store *st)
{
	for (size_t i = 0; i < st->seen.n; i++)
		free(st->place[i]);
	free(st->place);
	strtab_free(&st->seen);
}

/* A place and its text in one piece of memory; text is the four parts, each
 * ending in a NUL. */
static struct place *
place_make(const char *text, size_t n)
{
	struct place *p = mem_alloc(1, sizeof *p + n);
	char *s = (char *)(p + 1);

	memcpy(s, text, n);
	p->country = s;
	p->city = s + strlen(s) + 1;
	p->lat = p->city + strlen(p->city) + 1;
	p->lon = p->lat + strlen(p->lat) + 1;
	p->known = country_find(p->country, strlen(p->country));
	return p;
}

const struct place *
place_get(struct place_store *st, const struct place_text *t)
{
	char text[2 + 1 + CITY_MAX + 1 + 2 * (DEGREES_MAX + 1)];
	size_t n = place_put_country(text, t);
	bool located = t->lat != PLACE_NOWHERE && t->lon != PLACE_NOWHERE;
	uint32_t id, before = st->seen.n;

	text[n++] = '\0';
	if (t->city_n > 0) {
		size_t len = place_clean(text + n, t->city, t->city_n);

		n += len > 0 ? place_cut_suffix(text + n, len) : 0;
	}
	text[n++] = '\0';
	n += located ? place_put_degrees(text + n, t->lat) : 0;
	text[n++] = '\0';
	n += located ? place_put_degrees(text + n, t->lon) : 0;
	text[n++] = '\0';
	id = strtab_add(&st->seen, text, n);
	if (id == before) {
		st->place = mem_grow(st->place, &st->cap, st->seen.n,
		    sizeof *st->place);
		st->place[id] = place_make(text, n);
	}
	return st->place[id];
}
