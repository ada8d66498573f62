/*
 * country: what is known of a country by its code: its English name, its
 * continent as the paper's Table II divides the world, and whether it was
 * a member of the European Union in 2007.
 */
#ifndef COUNTRY_H
#define COUNTRY_H

#include <stdbool.h>
#include <stddef.h>

/* How every column says that a place is not known. */
#define COUNTRY_UNKNOWN "UNKNOWN"

struct country {
	char code[3];		/* ISO 3166-1 alpha-2, or EU, AP, XK */
	const char *name;	/* UNKNOWN for the continent-only EU and AP */
	const char *continent;	/* Africa, America NO, America SO, Asia,
				   Europe, Oceania; UNKNOWN: Antarctic */
	bool eu2007;		/* one of the 27, or the code EU itself */
};

/* The country of the code of n bytes, in capitals; NULL for no country. */
const struct country *country_find(const char *code, size_t n);

/* All of them, in order of their codes. */
const struct country *country_all(size_t *n);

#endif
