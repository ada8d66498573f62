/*
 * rotate: records to standard output, or to files that take turns by time
 * and size.
 *
 * A file is named by strftime(3) for the time at which its turn began; if
 * that name is taken, ".1", ".2" … is put behind it, also when it was taken
 * while the file was written.  Until it is whole ".part" stands at the end of
 * its name.
 *
 *	struct rotate *r = rotate_open(&want);
 *	... privileges may be dropped here ...
 *	rotate_tick(r, now_ns);			before records of that time
 *	rotate_record(r);			before each record
 *	... write the record to rotate_out(r) ...
 *	rotate_close(r);
 *
 * What fails ends the program with status 1 and a message.
 */
#ifndef ROTATE_H
#define ROTATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/out.h"

struct rotate_want {
	const char *pattern;	/* NULL: standard output */
	int64_t every_ns;	/* turns begin at its multiples; 0: never */
	uint64_t bytes;		/* a file that has so many is whole; 0: none */
	void (*header)(void *arg, struct out *);	/* of each file */
	void *arg;
	const char *user;	/* who writes, for a refusal; NULL: who began */
};

/* Takes the options -C (MiB), -G (seconds) and -o (pattern); false for others.
 * A wrong argument ends the program with status 2. */
bool rotate_option(struct rotate_want *, int c, const char *arg);

struct rotate;

struct rotate *rotate_open(const struct rotate_want *);

/* The directory of the files; -1 for standard output. */
int rotate_dir(const struct rotate *);

/* The clock never goes back: earlier times than before do nothing. */
void rotate_tick(struct rotate *, int64_t now_ns);
void rotate_record(struct rotate *);

/* Where to write; valid for the whole time. */
struct out *rotate_out(struct rotate *);

void rotate_close(struct rotate *);

#endif
