/*
 * mmdbfile: a MaxMind DB file (.mmdb), read through libmaxminddb: the entry
 * of an address, and values in it.  A damaged file ends the program with a
 * message that names it.
 */
#ifndef MMDBFILE_H
#define MMDBFILE_H

#include <maxminddb.h>
#include <stdbool.h>
#include <sys/types.h>

#include "base/addr.h"

struct mmdbfile {
	const char *name;
	MMDB_s mmdb;
};

/* Is this file of so many bytes one? */
bool mmdbfile_is(int fd, off_t size);

void mmdbfile_open(struct mmdbfile *, const char *name);
void mmdbfile_close(struct mmdbfile *);

/* The entry of the address; false where the file has none. */
bool mmdbfile_find(struct mmdbfile *, const struct addr *, MMDB_entry_s *);

/* The value at the first of the paths, of which there are n, that leads to
 * one of the wanted kind.  A path is at most three names and a NULL. */
enum mmdbfile_kind { MMDBFILE_TEXT, MMDBFILE_REAL, MMDBFILE_WHOLE };
bool mmdbfile_get(struct mmdbfile *, MMDB_entry_s *,
    const char *const (*paths)[4], size_t n, enum mmdbfile_kind,
    MMDB_entry_data_s *);

#endif
