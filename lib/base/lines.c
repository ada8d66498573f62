#include "base/lines.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/samefile.h"
#include "base/scan.h"

enum { BLOCK = 1 << 18, LITTLE = 1 << 14, LONGEST = 64 << 20 };

static const char stdin_name[] = "<stdin>";
static char *const only_stdin[] = {(char []){"-"}, NULL};
static char *const none[] = {NULL};

void
lines_open(struct lines *l, char *const *files)
{
	*l = (struct lines){ .fd = -1, .files = *files ? files : only_stdin };
	l->size = BLOCK;
	l->buf = mem_alloc(l->size, 1);
}

static void
begin_file(struct lines *l, int fd, const char *name)
{
	struct stat st;

	l->fd = fd;
	l->name = name;
	l->number = 0;
	l->eof = false;
	l->at = l->end = l->scanned = l->suspect = 0;
	l->taken = 0;
	l->limit = UINT64_MAX;
	l->seeks = false;
	l->waits = fstat(fd, &st) < 0 || !S_ISREG(st.st_mode);
}

void
lines_open_fd(struct lines *l, int fd, const char *name)
{
	lines_open(l, none);
	l->files = none;
	begin_file(l, fd, name);
}

static void
begin_next_file(struct lines *l)
{
	const char *name = *l->files++;
	int fd = 0;

	if (strcmp(name, "-") == 0)
		name = stdin_name;
	else if ((fd = open(name, O_RDONLY)) < 0)
		err(1, "%s", name);
	if (samefile_open(fd, STDOUT_FILENO))
		errx(1, "%s: is the file that is written to", name);
	begin_file(l, fd, name);
	l->seeks = fd > 0 && !l->waits;
}

/* Standard input stays open: what is opened next must not take its place. */
static void
end_file(struct lines *l)
{
	if (l->name == stdin_name)
		l->stdin_read = true;
	else
		close(l->fd);
	l->fd = -1;
}

static void
make_room(struct lines *l)
{
	size_t held = l->end - l->at;

	memmove(l->buf, l->buf + l->at, held);
	l->scanned -= l->at;
	l->suspect = l->suspect > l->at ? l->suspect - l->at : 0;
	l->at = 0;
	l->end = held;
	if (held >= LONGEST)
		errx(1, "%s:%llu: line longer than %d MiB", l->name,
		    (unsigned long long)l->number + 1, LONGEST >> 20);
	if (l->size - held < BLOCK / 2) {
		l->size *= 2;
		l->buf = mem_resize(l->buf, l->size, 1);
	}
}

static void
read_more(struct lines *l)
{
	uint64_t left = l->limit - l->taken;
	size_t room;
	ssize_t n;

	make_room(l);
	room = l->sought ? LITTLE : l->size - l->end;
	l->sought = false;
	if (l->waits && l->flush)
		out_flush(l->flush);
	do
		n = read(l->fd, l->buf + l->end, left < room ? left : room);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		err(1, "%s: cannot read", l->name);
	if (n == 0)
		l->eof = true;
	if (!l->clean &&
	    (l->split || scan_forbidden(l->buf + l->end, (size_t)n)))
		l->suspect = l->end + (size_t)n;
	l->end += (size_t)n;
	l->taken += (uint64_t)n;
}

/* Some editors put a byte order mark before the first line. */
static void
pass_mark(struct lines *l, size_t *n)
{
	static const char mark[] = "\xef\xbb\xbf";
	enum { MARK = sizeof mark - 1 };

	if (l->clean || *n < MARK || memcmp(l->buf + l->at, mark, MARK) != 0)
		return;
	l->at += MARK;
	*n -= MARK;
}

static char *
take_line(struct lines *l, size_t *n, size_t skip, bool clean)
{
	char *s;

	if (l->number == 0)
		pass_mark(l, n);
	s = l->buf + l->at;
	l->dirty = !clean && l->at < l->suspect && scan_forbidden(s, *n);
	l->offset = l->taken - (l->end - l->at);
	l->unended = skip == 0;
	l->at += *n + skip;
	l->scanned = l->at;
	l->number++;
	return s;
}

/* A line of the file at hand, or NULL at its end. */
static char *
line_here(struct lines *l, size_t *n)
{
	for (;;) {
		char *from = l->buf + l->scanned;
		char *lf = memchr(from, '\n', l->end - l->scanned);

		if (lf != NULL) {
			*n = (size_t)(lf - (l->buf + l->at));
			return take_line(l, n, 1, false);
		}
		l->scanned = l->end;
		if (!l->eof) {
			read_more(l);
			continue;
		}
		*n = l->end - l->at;
		return *n > 0 ? take_line(l, n, 0, false) : NULL;
	}
}

char *
lines_next(struct lines *l, size_t *n)
{
	for (;;) {
		char *s;

		if (l->fd < 0) {
			if (*l->files == NULL)
				return NULL;
			begin_next_file(l);
		}
		if ((s = line_here(l, n)) != NULL)
			return s;
		if (l->number == 0 && !l->empty_ok &&
		    !(l->name == stdin_name && l->stdin_read))
			errx(1, "%s: empty input, not even a header: "
			    "did the program before it fail?", l->name);
		end_file(l);
	}
}

char *
lines_split(struct lines *l, size_t *n, uint32_t *at, size_t most,
    size_t *fields)
{
	*fields = scan_line(l->buf + l->at, l->end - l->at, at, most, n);
	return *fields > 0 ? take_line(l, n, 1, true) : lines_next(l, n);
}

void
lines_skip(struct lines *l, uint64_t n)
{
	size_t held = l->end - l->at;

	if (n > held) {
		if (lseek(l->fd, (off_t)(n - held), SEEK_CUR) < 0)
			err(1, "%s: cannot read", l->name);
		l->taken += n - held;
		l->sought = true;
		n = held;
	}
	l->at += (size_t)n;
	l->scanned = l->at;
}

void
lines_close(struct lines *l)
{
	if (l->fd >= 0)
		end_file(l);
	free(l->buf);
	l->fd = -1;
	l->buf = NULL;
}
