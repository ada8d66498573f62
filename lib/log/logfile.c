#include "log/logfile.h"

#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { BLOCK = 1 << 18 };

bool
logfile_open(struct logfile *f, const char *path)
{
	bool is_stdin = strcmp(path, "-") == 0;

	*f = (struct logfile){ .name = is_stdin ? "<stdin>" : path };
	f->source = decompress_open(is_stdin ? NULL : path, f->name);
	if (f->source == NULL)
		return false;
	f->size = BLOCK;
	f->buf = mem_alloc(f->size, 1);
	return true;
}

/* Reads on; what waits moves to the front.  False at the end. */
static bool
logfile_more(struct logfile *f)
{
	size_t held = f->end - f->at, n;
	const uint8_t *waiting;

	if (f->eof)
		return false;
	memmove(f->buf, f->buf + f->at, held);
	f->at = 0;
	f->end = held;
	if (held >= LOGFILE_LONGEST)
		errx(1, "%s:%llu: longer than %d MiB", f->name,
		    (unsigned long long)f->lines + 1, LOGFILE_LONGEST >> 20);
	if (f->size - held < BLOCK / 2) {
		f->size *= 2;
		f->buf = mem_resize(f->buf, f->size, 1);
	}
	waiting = decompress_waiting(f->source, &n);
	if (n == 0 && decompress_fill(f->source))
		waiting = decompress_waiting(f->source, &n);
	if (n > f->size - held)
		n = f->size - held;
	memcpy(f->buf + held, waiting, n);
	decompress_take(f->source, n);
	f->end += n;
	f->eof = n == 0;
	return n > 0;
}

const char *
logfile_peek(struct logfile *f, size_t want, size_t *n)
{
	while (f->end - f->at < want && logfile_more(f))
		;
	*n = f->end - f->at;
	return f->buf + f->at;
}

void
logfile_skip_mark(struct logfile *f)
{
	static const char mark[] = "\xef\xbb\xbf";
	enum { K = sizeof mark - 1 };
	size_t n;
	const char *s = logfile_peek(f, K, &n);

	if (n >= K && memcmp(s, mark, K) == 0)
		f->at += K;
}

char *
logfile_line(struct logfile *f, size_t *n)
{
	size_t seen = 0;
	char *lf, *s;

	for (;;) {
		s = f->buf + f->at;
		lf = memchr(s + seen, '\n', f->end - f->at - seen);
		if (lf != NULL)
			break;
		seen = f->end - f->at;
		if (!logfile_more(f))
			break;
	}
	s = f->buf + f->at;
	*n = lf != NULL ? (size_t)(lf - s) : f->end - f->at;
	if (*n == 0 && lf == NULL)
		return NULL;
	f->line = ++f->lines;
	f->open_end = lf == NULL;
	f->at += *n + (lf != NULL);
	if (*n > 0 && s[*n - 1] == '\r')
		--*n;
	return s;
}

/* Takes n bytes and counts their lines. */
static void
logfile_take(struct logfile *f, size_t n)
{
	const char *p = f->buf + f->at, *end = p + n;

	while ((p = memchr(p, '\n', (size_t)(end - p))) != NULL) {
		p++;
		f->lines++;
	}
	f->at += n;
}

/* Skips what may stand between objects; false at the end of the file. */
static bool
logfile_skip_between(struct logfile *f)
{
	for (;;) {
		size_t n = 0, held = f->end - f->at;
		const char *s = f->buf + f->at;

		while (n < held && strchr(" \t\r\n,[]", s[n]) != NULL &&
		    s[n] != '\0')
			n++;
		logfile_take(f, n);
		if (n < held)
			return true;
		if (!logfile_more(f))
			return false;
	}
}

/* Most logs have one object a line: then its end is known before it is
 * read.  False: it is not so here. */
static bool
logfile_object_line(struct logfile *f, json_take *take, void *arg)
{
	char *s = f->buf + f->at;
	char *lf = memchr(s, '\n', f->end - f->at);
	size_t n, used;

	if (lf == NULL)
		return false;
	n = (size_t)(lf - s);
	if (n > 0 && s[n - 1] == '\r')
		n--;
	if (n == 0 || s[n - 1] != '}' ||
	    json_object(s, n, take, arg, &used) != JSON_OBJECT)
		return false;
	f->at += used;
	return true;
}

int
logfile_object(struct logfile *f, json_take *take, void *arg)
{
	enum json_result r = JSON_BAD;
	size_t n = 0;

	if (!logfile_skip_between(f))
		return LOGFILE_END;
	f->line = f->lines + 1;
	if (logfile_object_line(f, take, arg))
		return JSON_OBJECT;
	if (f->buf[f->at] == '{')
		do
			r = json_object(f->buf + f->at, f->end - f->at,
			    NULL, NULL, &n);
		while (r == JSON_CUT && logfile_more(f));
	if (r == JSON_BAD) {
		logfile_line(f, &n);
		return (int)r;
	}
	if (r == JSON_OBJECT)
		r = json_object(f->buf + f->at, n, take, arg, &n);
	logfile_take(f, r == JSON_CUT ? f->end - f->at : n);
	return (int)r;
}

bool
logfile_close(struct logfile *f)
{
	const char *error = decompress_error(f->source);
	bool good = decompress_close(f->source);

	if (error != NULL)
		warnx("%s: cannot read: %s", f->name, error);
	free(f->buf);
	return good && error == NULL;
}
