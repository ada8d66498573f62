#include "record/rotate.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/newfile.h"
#include "base/num.h"

enum { NAME_MOST = 240 };

static const char part[] = ".part";

struct rotate {
	struct rotate_want want;
	struct out out;
	int dir;
	const char *pattern;		/* behind the directory */
	bool begun;
	int64_t turn;			/* the present turn's begin */
	char base[NAME_MOST];		/* names: by strftime … */
	unsigned k;			/* … the number behind it, … */
	char name[NAME_MOST + 16];	/* … the whole … */
	char partial[NAME_MOST + 32];	/* … and while it is written */
};

/* Opens the directory of the pattern. */
static void
open_dir(struct rotate *r)
{
	const char *slash = strrchr(r->want.pattern, '/');
	char *dir;

	if (slash == NULL) {
		r->pattern = r->want.pattern;
		r->dir = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	} else {
		r->pattern = slash + 1;
		dir = strndup(r->want.pattern,
		    (size_t)(r->pattern - r->want.pattern));
		r->dir = dir == NULL ? -1 :
		    open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		free(dir);
	}
	if (r->dir == -1)
		err(1, "%s: its directory", r->want.pattern);
	if (*r->pattern == '\0')
		errx(1, "%s: is a directory", r->want.pattern);
	if (strchr(r->pattern, '%') == NULL &&
	    newfile_is_special(r->dir, r->pattern))
		errx(1, "%s: is a device or a pipe", r->want.pattern);
}

bool
rotate_option(struct rotate_want *want, int c, const char *arg)
{
	switch (c) {
	case 'C':
		want->bytes = num_option(c, arg, 1, UINT32_MAX) << 20;
		return true;
	case 'G':
		want->every_ns = num_option_s(c, arg, false);
		if (want->every_ns < NS_PER_S || want->every_ns % NS_PER_S)
			errx(2, "-G: not a whole number of seconds from 1 on: "
			    "\"%s\"", arg);
		return true;
	case 'o':
		want->pattern = strcmp(arg, "-") == 0 ? NULL : arg;
		return true;
	}
	return false;
}

struct rotate *
rotate_open(const struct rotate_want *want)
{
	struct rotate *r = mem_alloc(1, sizeof *r);

	r->want = *want;
	r->dir = -1;
	if (want->pattern == NULL) {
		out_open(&r->out, STDOUT_FILENO, "<stdout>");
		want->header(want->arg, &r->out);
		r->begun = true;
	} else {
		tzset();	/* reads a file that is out of reach later */
		open_dir(r);
	}
	return r;
}

int
rotate_dir(const struct rotate *r)
{
	return r->dir;
}

/* The base name for a turn that begins at that time. */
static void
name_turn(struct rotate *r, int64_t ns)
{
	time_t s = (time_t)(ns / NS_PER_S);
	char base[NAME_MOST];
	struct tm tm;

	if (localtime_r(&s, &tm) == NULL ||
	    strftime(base, sizeof base, r->pattern, &tm) == 0)
		errx(1, "%s: makes no name of at most %d bytes",
		    r->want.pattern, NAME_MOST - 1);
	if (strchr(base, '/') != NULL)
		errx(1, "%s: makes a name with /: %s", r->want.pattern, base);
	if (strcmp(base, r->base) != 0)
		r->k = 0;
	strcpy(r->base, base);
}

/* The next name of the turn. */
static void
next_name(struct rotate *r)
{
	if (r->k == 0)
		snprintf(r->name, sizeof r->name, "%s", r->base);
	else
		snprintf(r->name, sizeof r->name, "%s.%u", r->base, r->k);
	r->k++;
}

/* Begins a file whose name nobody has; its partial name is ours alone. */
static void
open_file(struct rotate *r)
{
	int fd;

	do {
		next_name(r);
		snprintf(r->partial, sizeof r->partial, "%s%s", r->name, part);
		fd = -1;
		if (faccessat(r->dir, r->name, F_OK, 0) == 0) {
			errno = EEXIST;
			continue;
		}
		fd = openat(r->dir, r->partial,
		    O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	} while (fd == -1 && errno == EEXIST && r->k != 0);
	if (fd == -1 && errno == EACCES && r->want.user != NULL)
		err(1, "%s: %s: as user %s, see -Z", r->want.pattern,
		    r->partial, r->want.user);
	if (fd == -1)
		err(1, "%s: %s", r->want.pattern, r->partial);
	out_open(&r->out, fd, r->name);
	r->want.header(r->want.arg, &r->out);
	r->begun = true;
}

/* Gives the file its name, or the next one if somebody has taken that in the
 * meantime. */
static void
finish_file(struct rotate *r)
{
	out_close(&r->out);
	while (!newfile_rename(r->dir, r->partial, r->name)) {
		if (errno != EEXIST || r->k == 0)
			err(1, "%s: %s: cannot rename", r->want.pattern,
			    r->partial);
		next_name(r);
	}
	r->begun = false;
}

void
rotate_tick(struct rotate *r, int64_t now_ns)
{
	int64_t every = r->want.every_ns;
	int64_t turn = every > 0 ? now_ns - now_ns % every : now_ns;

	if (r->begun && (every == 0 || turn <= r->turn))
		return;
	if (r->begun)
		finish_file(r);
	r->turn = turn;
	name_turn(r, turn);
	open_file(r);
}

void
rotate_record(struct rotate *r)
{
	if (r->want.bytes == 0 || r->out.written + r->out.n < r->want.bytes)
		return;
	finish_file(r);
	open_file(r);
}

struct out *
rotate_out(struct rotate *r)
{
	return &r->out;
}

void
rotate_close(struct rotate *r)
{
	if (r->want.pattern == NULL) {
		out_close(&r->out);
	} else {
		if (!r->begun)		/* there was not even a packet */
			rotate_tick(r, 0);
		finish_file(r);
		close(r->dir);
	}
	free(r);
}
