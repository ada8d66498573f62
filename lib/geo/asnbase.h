/*
 * asnbase: the autonomous system of an address and who runs it, from a
 * MaxMind DB file: autonomous_system_number and
 * autonomous_system_organization, as in GeoLite2 ASN and the files of DB-IP
 * and ip-location-db; or asn ("AS64500") and as_name, name or organization.
 */
#ifndef ASNBASE_H
#define ASNBASE_H

#include "base/addr.h"

struct asnbase;

/* An unknown part is "". */
struct asn {
	const char *number;	/* digits */
	const char *org;	/* clean text, as in place.h */
};

/* An error ends the program with status 1 and a message. */
struct asnbase *asnbase_open(const char *path);
void asnbase_close(struct asnbase *);

/* Valid until the base is closed; NULL where it has nothing. */
const struct asn *asnbase_find(struct asnbase *, const struct addr *);

#endif
