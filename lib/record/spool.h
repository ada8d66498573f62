/*
 * spool: rows that are read again, once all have been seen.
 *
 * As long as the rows kept follow each other in one regular file that was
 * opened by name, nothing is stored: the file is read a second time.  Other
 * rows go to an unlinked file in TMPDIR.
 *
 * A file that was shortened or rewritten between the two readings ends the
 * program with status 1 and a message.  One that was still being written when
 * it was opened (in the last ten seconds), and that has only grown, does not:
 * what came later is left out.  A hash of the lines, which is no match for
 * somebody who wants to deceive, tells it from one that was rewritten.
 */
#ifndef SPOOL_H
#define SPOOL_H

#include <sys/stat.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/lines.h"
#include "base/out.h"

struct spool {
	uint64_t rows;		/* kept */

	struct out *out;	/* the unlinked file, or NULL */
	int fd;			/* the rows' own file, or -1 */
	const char *name;	/* of that */
	uint64_t from, to;	/* its bytes */
	bool grows;		/* it may be that it is still written */
	uint64_t kept, back;	/* then: hashes of the lines kept, and of
				   those that came back */
	struct stat then;
};

void spool_init(struct spool *);

/* Keeps a line without its LF.  as_read: it is the last line of `in', byte
 * for byte. */
void spool_keep(struct spool *, const struct lines *in, const char *s,
    size_t n, bool as_read);

/* Closes `in' and opens it again on the lines kept. */
void spool_replay(struct spool *, struct lines *in);

/* To be called for each line that comes back. */
void spool_back(struct spool *, const char *s, size_t n);

/* To be called when a line kept does not come back as it was (false), and
 * after the last (true): ends the program if the file has changed. */
void spool_check(const struct spool *, bool came);

void spool_free(struct spool *);

#endif
