/* Coordinates, clean text, countries. */
#include "geo/place.h"

#include <math.h>
#include <string.h>

#include "tap.h"

static bool
reads_as(const char *s, int most, int32_t want)
{
	int32_t v;

	return place_coordinate(s, strlen(s), most, &v) && v == want;
}

static bool
is_refused(const char *s, int most)
{
	int32_t v;

	return !place_coordinate(s, strlen(s), most, &v);
}

static bool
rounds_to(double d, int32_t want)
{
	int32_t v;

	return place_round(d, 180, &v) && v == want;
}

static void
coordinates(void)
{
	int32_t v;

	ok(reads_as("45.07", 90, 450700));
	ok(reads_as("-0", 90, 0));
	ok(reads_as("+90.00004", 90, 900000));
	ok(reads_as("-89.99995", 90, -900000));
	ok(reads_as("-89.999949", 90, -899999));
	ok(reads_as("180", 180, 1800000));
	ok(is_refused("90.00005", 90));
	ok(is_refused("-180.1", 180));
	ok(is_refused("", 90));
	ok(is_refused("-", 90));
	ok(is_refused("1e1", 90));
	ok(is_refused("1,5", 90));
	ok(is_refused("999999999999", 90));
	ok(rounds_to(-73.9857, -739857));
	ok(rounds_to((double)45.07f, 450700));
	ok(rounds_to(-180, -1800000));
	ok(!place_round(180.01, 180, &v));
	ok(!place_round((double)NAN, 180, &v));
	ok(!place_round((double)INFINITY, 180, &v));
}

static struct place_store store;

static const struct place *
get(const char *country, const char *city, int32_t lat, int32_t lon)
{
	struct place_text t = { country, city, strlen(country), strlen(city),
	    lat, lon };

	return place_get(&store, &t);
}

static bool
city_is(const char *given, const char *want)
{
	return strcmp(get("IT", given, 0, 0)->city, want) == 0;
}

static void
texts(void)
{
	char mixed[] = "x\0y";
	struct place_text t = { "IT", mixed, 2, 3, 0, 0 };
	char longest[400];

	ok(city_is("Torino", "Torino"));
	ok(city_is("", ""));
	ok(city_is("-", ""));
	ok(city_is("  a \t b  ", "a b"));
	ok(city_is("\x01\x7f", ""));
	ok(city_is("Berlin (Mitte)", "Berlin"));
	ok(city_is("Berlin(Mitte) ", "Berlin"));
	ok(city_is("Bad (A) (B)", "Bad"));
	ok(city_is("(A)", "(A)"));
	ok(city_is("A (B) C", "A (B) C"));
	ok_as(city_is("\xc3\xa9\xe6\x9d\xb1\xf0\x9f\x98\x80",
	    "\xc3\xa9\xe6\x9d\xb1\xf0\x9f\x98\x80"), "UTF-8 stays");
	ok_as(city_is("\xc0\xaf", "\xef\xbf\xbd\xef\xbf\xbd"), "overlong");
	ok_as(city_is("a\xe6\x9d", "a\xef\xbf\xbd\xef\xbf\xbd"), "cut short");
	ok_as(city_is("\xf4\x90\x80\x80x",
	    "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdx"),
	    "above U+10FFFF");
	ok_as(strcmp(place_get(&store, &t)->city, "x y") == 0, "NUL");
	for (size_t i = 0; i < 398; i += 2)
		memcpy(longest + i, "\xc3\xa9", 2);
	longest[398] = '\0';
	ok(strlen(get("IT", longest, 0, 0)->city) == 200);
	longest[0] = 'x';
	longest[1] = 'y';
	longest[2] = 'z';
	longest[3] = '\xc3';
	longest[4] = '\xa9';
	memmove(longest + 5, longest + 6, 393);
	ok_as(strlen(get("IT", longest, 0, 0)->city) <= 200, "cut in time");
}

static void
places(void)
{
	const struct place *p = get("it", "Torino", 450700, -1);

	ok(strcmp(p->country, "IT") == 0);
	ok(strcmp(p->lat, "45.0700") == 0);
	ok(strcmp(p->lon, "-0.0001") == 0);
	ok(strcmp(p->known->continent, "Europe") == 0 && p->known->eu2007);
	ok(get("IT", "Torino", 450700, -1) == p);
	ok(get("IT", "Torino", 450700, -2) != p);
	p = get("IT", "Torino", 450700, PLACE_NOWHERE);
	ok(strcmp(p->lat, "") == 0 && strcmp(p->lon, "") == 0);
	ok(strcmp(get("ZZ", "x", 0, 0)->country, "") == 0);
	ok(strcmp(get("I1", "x", 0, 0)->country, "") == 0);
	ok(strcmp(get("ITA", "x", 0, 0)->country, "") == 0);
	ok(get("QQ", "x", 0, 0)->known == NULL);
	ok(strcmp(get("QQ", "x", 0, 0)->country, "QQ") == 0);
	for (int32_t i = 0; i < 5000; i++)
		get("DE", "x", i, i);
	ok(strcmp(get("DE", "x", 4999, 4999)->lon, "0.4999") == 0);
}

static void
countries(void)
{
	size_t n, sorted = 1, members = 0;
	const struct country *c = country_all(&n);

	for (size_t i = 0; i < n; i++) {
		sorted += i > 0 && strcmp(c[i - 1].code, c[i].code) < 0;
		members += c[i].eu2007;
		if (country_find(c[i].code, 2) != &c[i])
			ok_as(false, c[i].code);
	}
	ok(sorted == n);
	ok(members == 27 + 1);
	ok(country_find("AA", 2) == NULL);
	ok(country_find("ZZ", 2) == NULL);
	ok(country_find("IT", 1) == NULL);
}

int
main(void)
{
	place_store_init(&store);
	coordinates();
	texts();
	places();
	countries();
	place_store_free(&store);
	return done();
}
