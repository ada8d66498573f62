#define _POSIX_C_SOURCE 200809L

#include "record/spool.h"

#include <sys/types.h>

#include <err.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"

static const char spool_name[] = "spool file";

enum { STILL_S = 10 };	/* a file that was left alone so long is whole */

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

/* The hash behind one more line; the length makes its end count. */
static uint64_t
hash_on(uint64_t h, const char *s, size_t n)
{
	const uint64_t odd = UINT64_C(0x9e3779b97f4a7c15);
	uint64_t word = 0;
	size_t left = n;

	for (; left >= sizeof word; s += sizeof word, left -= sizeof word) {
		memcpy(&word, s, sizeof word);
		h = (h ^ word) * odd;
		h ^= h >> 32;
	}
	word = 0;
	memcpy(&word, s, left);
	return ((h ^ word) * odd ^ n) * odd;
}

void
spool_back(struct spool *spool, const char *s, size_t n)
{
	if (spool->fd >= 0 && spool->grows)
		spool->back = hash_on(spool->back, s, n);
}

/* Is the file what it was, as far as its size, time and, if it has grown, its
 * lines tell?  Ends the program if not. */
static void
check_file(const struct spool *s, bool lines_are_back)
{
	struct stat now;

	if (fstat(s->fd, &now) < 0)
		err(1, "%s", s->name);
	if (now.st_size > s->then.st_size && s->grows &&
	    (!lines_are_back || s->back == s->kept))
		return;
	if (now.st_size == s->then.st_size &&
	    now.st_mtim.tv_sec == s->then.st_mtim.tv_sec &&
	    now.st_mtim.tv_nsec == s->then.st_mtim.tv_nsec)
		return;
	errx(1, "%s: changed while it was read", s->name);
}

/* Opens the lines kept, in their own file, with a descriptor of its own: it
 * shares the offset with the one that they were read from. */
static void
open_in_place(const struct spool *s, struct lines *in)
{
	int fd = fcntl(s->fd, F_DUPFD_CLOEXEC, 0);

	if (fd < 0 || lseek(fd, (off_t)s->from, SEEK_SET) < 0)
		err(1, "%s", s->name);
	lines_open_fd(in, fd, s->name);
	in->limit = s->to - s->from;
	in->empty_ok = in->clean = true;
}

/* The rows so far, out of their own file. */
static void
move_out(struct spool *s)
{
	off_t place = s->fd < 0 ? 0 : lseek(s->fd, 0, SEEK_CUR);
	struct lines in;
	char *line;
	size_t n;

	open_out(s);
	if (s->fd < 0)
		return;
	open_in_place(s, &in);
	while ((line = lines_next(&in, &n)) != NULL) {
		spool_back(s, line, n);
		out_mem(s->out, line, n);
		out_char(s->out, '\n');
	}
	lines_close(&in);
	check_file(s, true);
	if (s->back != s->kept)
		errx(1, "%s: changed while it was read", s->name);
	if (lseek(s->fd, place, SEEK_SET) < 0)
		err(1, "%s", s->name);
	close(s->fd);
	s->fd = -1;
}

static bool
begin_in_place(struct spool *s, const struct lines *in)
{
	s->fd = fcntl(in->fd, F_DUPFD_CLOEXEC, 0);
	if (s->fd < 0)
		return false;
	if (fstat(s->fd, &s->then) < 0)
		err(1, "%s", in->name);
	s->grows = time(NULL) - s->then.st_mtim.tv_sec < STILL_S;
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
		if (spool->grows)
			spool->kept = hash_on(spool->kept, s, n);
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
	check_file(s, false);
	open_in_place(s, in);
}

void
spool_check(const struct spool *s, bool came)
{
	if (came && s->fd >= 0)
		check_file(s, true);
	if (!came)
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
