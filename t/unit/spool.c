/* Lines kept and read again, while their file is left alone, grows, shrinks,
 * is rewritten, or is one of two. */
#include "record/spool.h"

#include <sys/types.h>
#include <sys/wait.h>

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "tap.h"

enum { MOST = 400 };

static char one[] = "/tmp/spoolXXXXXX", two[] = "/tmp/spoolXXXXXX";

static void
put(const char *file, int flags, const char *text)
{
	int fd = open(file, O_WRONLY | flags);
	size_t n = strlen(text);

	if (fd < 0 || write(fd, text, n) != (ssize_t)n || close(fd) != 0)
		abort();
}

/* Keeps the lines of the files that do not begin with #. */
static void
keep(struct spool *s, struct lines *in, char *const *files)
{
	char *text;
	size_t n;

	spool_init(s);
	lines_open(in, files);
	while ((text = lines_next(in, &n)) != NULL)
		if (*text != '#')
			spool_keep(s, in, text, n, true);
}

/* The lines as they come back, each with a slash behind it. */
static const char *
again(struct spool *s, struct lines *in)
{
	static char all[MOST];
	size_t used = 0;
	char *text;
	size_t n;

	spool_replay(s, in);
	in->empty_ok = true;
	while ((text = lines_next(in, &n)) != NULL && used + n + 1 < MOST) {
		spool_back(s, text, n);
		memcpy(all + used, text, n);
		all[used + n] = '/';
		used += n + 1;
	}
	all[used] = '\0';
	spool_check(s, true);
	lines_close(in);
	spool_free(s);
	return all;
}

/* Does what was kept come back as `want', though `change' was written to the
 * file in between?  Or, without `want', does the program end with status 1? */
static bool
survives(int flags, const char *change, const char *want)
{
	/* Clocks of files are coarse. */
	const struct timespec tick = { .tv_nsec = 20000000 };
	char *files[] = {one, NULL};
	struct spool s;
	struct lines in;
	const char *got;
	int status;
	pid_t child;

	put(one, O_TRUNC, "#h\na\nb\n");
	fflush(stdout);
	if ((child = fork()) == 0) {
		close(STDERR_FILENO);
		keep(&s, &in, files);
		if (s.out != NULL)
			_exit(3);
		nanosleep(&tick, NULL);
		put(one, flags, change);
		got = again(&s, &in);
		_exit(want != NULL && strcmp(got, want) == 0 ? 0 : 4);
	}
	waitpid(child, &status, 0);
	return WIFEXITED(status) && WEXITSTATUS(status) == (want ? 0 : 1);
}

static const char *
kept(const char *first, const char *second, bool *stored)
{
	char *files[] = {one, two, NULL};
	struct spool s;
	struct lines in;

	put(one, O_TRUNC, first);
	put(two, O_TRUNC, second);
	if (*second == '\0')
		files[1] = NULL;
	keep(&s, &in, files);
	*stored = s.out != NULL;
	return again(&s, &in);
}

int
main(void)
{
	bool stored;

	if (mkstemp(one) < 0 || mkstemp(two) < 0)
		return 2;
	ok(strcmp(kept("#h\na\nb\n", "", &stored), "a/b/") == 0 && !stored);
	ok_as(strcmp(kept("#h\na\nb", "", &stored), "a/b/") == 0 && !stored,
	    "last line without LF");
	ok_as(strcmp(kept("#h\na\n#c\nb\n", "", &stored), "a/b/") == 0 &&
	    stored,
	    "a line between that is not kept");
	ok_as(strcmp(kept("#h\n", "", &stored), "") == 0, "no line");
	ok_as(strcmp(kept("a\nb", "c\n", &stored), "a/b/c/") == 0 && stored,
	    "two files, the first without a last LF");
	ok_as(strcmp(kept("#h\na\n", "c\nd\n", &stored), "a/c/d/") == 0 &&
	    stored,
	    "the second goes on where the first ends, in bytes");
	ok_as(survives(O_APPEND, "c\n", "a/b/"), "grown");
	ok_as(survives(O_TRUNC, "#h\n", NULL), "shortened");
	ok_as(survives(0, "#h\nx\ny\n", NULL), "rewritten");
	ok_as(survives(0, "#h\na\nx\nc\n", NULL), "rewritten, and grown");
	ok_as(survives(0, "#h\na\nb\nc\n", "a/b/"),
	    "grown, the rest written anew as it was");
	unlink(one);
	unlink(two);
	return done();
}
