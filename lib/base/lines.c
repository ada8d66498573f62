#include "base/lines.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/scan.h"

enum { BLOCK = 1 << 18, LONGEST = 64 << 20 };

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
begin(struct lines *l, int fd, const char *name)
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
	begin(l, fd, name);
}

static void
begin_next_file(struct lines *l)
{
	const char *name = *l->files++;
	int fd = 0;

	if (strcmp(name, "-") == 0)
		name = "<stdin>";
	else if ((fd = open(name, O_RDONLY)) < 0)
		err(1, "%s", name);
	begin(l, fd, name);
	l->seeks = fd > 0 && !l->waits;
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
fill(struct lines *l)
{
	uint64_t left = l->limit - l->taken;
	size_t room;
	ssize_t n;

	make_room(l);
	room = l->size - l->end;
	if (l->waits && l->flush)
		out_flush(l->flush);
	do
		n = read(l->fd, l->buf + l->end, left < room ? left : room);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		err(1, "%s: cannot read", l->name);
	if (n == 0)
		l->eof = true;
	if (!l->clean && scan_forbidden(l->buf + l->end, (size_t)n))
		l->suspect = l->end + (size_t)n;
	l->end += (size_t)n;
	l->taken += (uint64_t)n;
}

static char *
take(struct lines *l, size_t n, size_t skip)
{
	char *s = l->buf + l->at;

	l->dirty = l->at < l->suspect && scan_forbidden(s, n);
	l->offset = l->taken - (l->end - l->at);
	l->at += n + skip;
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
			return take(l, *n, 1);
		}
		l->scanned = l->end;
		if (!l->eof) {
			fill(l);
			continue;
		}
		*n = l->end - l->at;
		return *n > 0 ? take(l, *n, 0) : NULL;
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
		if (l->number == 0 && !l->empty_ok)
			errx(1, "%s: empty input, not even a header: "
			    "did the program before it fail?", l->name);
		close(l->fd);
		l->fd = -1;
	}
}

void
lines_close(struct lines *l)
{
	if (l->fd >= 0)
		close(l->fd);
	free(l->buf);
	l->fd = -1;
	l->buf = NULL;
}
