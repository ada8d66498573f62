#define _POSIX_C_SOURCE 200809L

#include "record/spool.h"

#include <sys/types.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"

enum { CHUNK = 1 << 16 };

static const char spool_name[] = "spool file";

void
spool_init(struct spool *s)
{
	*s = (struct spool){ .fd = -1 };
}

static void
open_out(struct spool *s)
{
	s->out = mem_alloc(1, sizeof *s->out);
	out_open_temporary(s->out, spool_name);
}

static size_t
read_at(const struct spool *s, char *buf, size_t n, uint64_t at)
{
	ssize_t k;

	do
		k = pread(s->fd, buf, n, (off_t)at);
	while (k < 0 && errno == EINTR);
	if (k < 0)
		err(1, "%s: cannot read", s->name);
	return (size_t)k;
}

/* The rows so far, out of their own file; its last line may lack an LF. */
static void
move_out(struct spool *s)
{
	char *buf = mem_alloc(CHUNK, 1), last = '\n';
	uint64_t at = s->from;

	open_out(s);
	while (s->fd >= 0 && at < s->to) {
		uint64_t left = s->to - at;
		size_t n = read_at(s, buf, left < CHUNK ? left : CHUNK, at);

		if (n == 0)
			break;
		out_mem(s->out, buf, n);
		last = buf[n - 1];
		at += n;
	}
	if (last != '\n')
		out_char(s->out, '\n');
	if (s->fd >= 0) {
		spool_check(s, at + 1 >= s->to);
		close(s->fd);
	}
	s->fd = -1;
	free(buf);
}

static bool
begin_in_place(struct spool *s, const struct lines *in)
{
	s->fd = fcntl(in->fd, F_DUPFD_CLOEXEC, 0);
	if (s->fd < 0)
		return false;
	if (fstat(s->fd, &s->then) < 0)
		err(1, "%s", in->name);
	s->name = in->name;
	s->from = s->to = in->offset;
	return true;
}

/* Need the last line of `in' not be stored?  Names are compared as pointers:
 * a file that is named twice is two. */
static bool
stays_in_place(struct spool *s, const struct lines *in)
{
	if (s->out != NULL || !in->seeks)
		return false;
	if (s->rows == 0)
		return begin_in_place(s, in);
	return s->fd >= 0 && in->name == s->name && in->offset == s->to;
}

void
spool_keep(struct spool *spool, const struct lines *in, const char *s, size_t n,
    bool as_read)
{
	if (as_read && stays_in_place(spool, in)) {
		spool->to += n + 1;
	} else {
		if (spool->out == NULL)
			move_out(spool);
		out_mem(spool->out, s, n);
		out_char(spool->out, '\n');
	}
	spool->rows++;
}

void
spool_replay(struct spool *s, struct lines *in)
{
	int fd;

	lines_close(in);
	if (s->fd < 0 && s->out == NULL)
		open_out(s);
	if (s->out != NULL) {
		out_flush(s->out);
		if (lseek(s->out->fd, 0, SEEK_SET) < 0)
			err(1, "%s", spool_name);
		lines_open_fd(in, s->out->fd, "<spool>");
		return;
	}
	spool_check(s, true);
	if ((fd = fcntl(s->fd, F_DUPFD_CLOEXEC, 0)) < 0 ||
	    lseek(fd, (off_t)s->from, SEEK_SET) < 0)
		err(1, "%s", s->name);
	lines_open_fd(in, fd, s->name);
	in->limit = s->to - s->from;
}

void
spool_check(const struct spool *s, bool came)
{
	struct stat now;

	if (s->fd >= 0 && fstat(s->fd, &now) < 0)
		err(1, "%s", s->name);
	if (came && (s->fd < 0 || now.st_size > s->then.st_size ||
	    (now.st_size == s->then.st_size &&
	    now.st_mtim.tv_sec == s->then.st_mtim.tv_sec &&
	    now.st_mtim.tv_nsec == s->then.st_mtim.tv_nsec)))
		return;
	errx(1, "%s: changed while it was read",
	    s->fd >= 0 ? s->name : spool_name);
}

void
spool_free(struct spool *s)
{
	if (s->fd >= 0)
		close(s->fd);
	free(s->out);
}
