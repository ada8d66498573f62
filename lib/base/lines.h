/*
 * lines: the lines of some files, one after the other, in place in one
 * buffer.  Text is without bytes below 0x20 (but TAB) and without 0x7f: a
 * line that has one is marked.  A byte order mark at the beginning of a file is
 * passed over.
 *
 * What cannot be opened or read ends the program with status 1 and a
 * message, and so does a line of more than 64 MiB, and a file that standard
 * output is written to.
 */
#ifndef LINES_H
#define LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/out.h"

struct lines {
	const char *name;	/* of the file the last line came from … */
	uint64_t number;	/* … its number there, from 1 … */
	uint64_t offset;	/* … and where it begins there, in bytes */
	bool seeks;		/* the file is a regular one, opened by name */
	uint64_t limit;		/* bytes of the file that are read at most */
	bool dirty;		/* the last line holds a forbidden byte */
	bool unended;		/* it has no LF: the file may be cut there */
	bool empty_ok;		/* a file of 0 bytes is no error */
	bool clean;		/* known to hold no forbidden byte */
	bool split;		/* lines are read by lines_split */
	struct out *flush;	/* flushed before a read that may wait */

	char *const *files;	/* what is still to be read */
	int fd;			/* -1 between files */
	uint64_t taken;		/* bytes read from it */
	bool waits;		/* fd is no regular file */
	bool stdin_read;	/* "-" has been read to its end */
	bool eof;
	bool sought;		/* little may be wanted from here on */
	char *buf;
	size_t size;
	size_t at, end;		/* unread bytes of buf */
	size_t scanned;		/* no LF in buf[at .. scanned) */
	size_t suspect;		/* forbidden bytes stand before this only */
};

/* files: names, NULL-terminated and lasting; none at all means stdin, and
 * so does "-", which may come again: there is no more in it, then. */
void lines_open(struct lines *, char *const *files);

/* One open descriptor, which lines_close closes; name is for messages. */
void lines_open_fd(struct lines *, int fd, const char *name);

/* The next line, without its LF, *n bytes; valid until the next call.  NULL
 * at the end of the last file.  A last line without LF is whole. */
char *lines_next(struct lines *, size_t *n);

/* The same, and where its fields begin, as scan_starts tells; *fields is 0
 * where that is still to be asked.  It looks at the bytes once, not thrice,
 * where `split' was set before the first line. */
char *lines_split(struct lines *, size_t *n, uint32_t *at, size_t most,
    size_t *fields);

/* Leaves out the next n bytes, whole lines, of a regular file that was opened
 * by lines_open_fd.  Numbers of lines are wrong from there on. */
void lines_skip(struct lines *, uint64_t n);

void lines_close(struct lines *);

#endif
