/*
 * logfile: the text of a log, by lines or by JSON objects.  gzip, zstd and
 * xz are undone on the way.
 */
#ifndef LOGFILE_H
#define LOGFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "log/json.h"
#include "packet/decompress.h"

/* A line or an object has at most this many bytes; a longer one ends the
 * program with status 1. */
enum { LOGFILE_LONGEST = 16 << 20 };

struct logfile {
	const char *name;	/* as messages show it */
	uint64_t line;		/* where the last line or object began */
	bool open_end;		/* the last line had no line feed */

	struct decompress *source;
	bool eof;
	char *buf;
	size_t at, end, size;	/* unread: buf[at .. end) */
	uint64_t lines;		/* line feeds before buf[at] */
};

/* path: "-" is standard input.  False after a message. */
bool logfile_open(struct logfile *, const char *path);

/* The next bytes that wait, at least `want` unless the file has fewer;
 * nothing is taken. */
const char *logfile_peek(struct logfile *, size_t want, size_t *n);

/* Passes over a byte order mark, if it comes next. */
void logfile_skip_mark(struct logfile *);

/* The next line without LF or CR LF; NULL at the end. */
char *logfile_line(struct logfile *, size_t *n);

/* Takes the next object apart, see json.h; white space, commas and brackets
 * between objects are skipped.  JSON_CUT: the file ends inside of one.
 * JSON_BAD: something else stands there; it is skipped to its line's end.
 * LOGFILE_END: there is no more. */
enum { LOGFILE_END = -1 };
int logfile_object(struct logfile *, json_take *, void *arg);

/* False, after a message, if not all could be read. */
bool logfile_close(struct logfile *);

#endif
