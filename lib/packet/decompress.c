#define _GNU_SOURCE		/* pipe2 */

#include "packet/decompress.h"

#include <sys/stat.h>
#include <sys/wait.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

enum { MAGIC = 4 };

/* A file may be compressed again as it is rotated. */
enum { DEEPEST = 2, CHILDREN = 2 * DEEPEST };

static const struct decompressor {
	char name[8];
	unsigned char magic[MAGIC];
	size_t n;
} tools[] = {
	{ "gzip", { 0x1f, 0x8b }, 2 },
	{ "gzip", { 0x1f, 0x9d }, 2 },		/* of compress(1) */
	{ "zstd", { 0x28, 0xb5, 0x2f, 0xfd }, 4 },
	{ "xz", { 0xfd, '7', 'z', 'X' }, 4 },
	{ "bzip2", { 'B', 'Z', 'h' }, 3 },
	{ "lz4", { 0x04, 0x22, 0x4d, 0x18 }, 4 },
};

struct decompress {
	const char *name;
	int file;		/* the file itself, -1 if closed */
	int fd;			/* where its bytes, decompressed, come from */
	int error;		/* errno of a read that failed */
	bool seekable, ended;
	off_t begin;		/* of the file, if seekable */
	unsigned char peek[MAGIC];	/* read from fd already … */
	size_t n_peek;			/* … if it is not seekable */
	const struct decompressor *tool;	/* that undoes it */
	struct child {
		pid_t pid;
		const char *who;
	} child[CHILDREN];		/* tools, and what feeds them */
	size_t children;
	uint64_t done;		/* bytes of the file read */
	uint8_t *buffer;	/* what was read … */
	size_t at, end;		/* … and not taken yet */
};

extern char **environ;

/* For the signal handler.  What is read from is the file of the source that was
 * opened last. */
static volatile sig_atomic_t stopped, reading = -1;
static int nothing = -1;		/* /dev/null */

void
decompress_prepare_stop(void)
{
	nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
	if (nothing == -1)
		err(1, "/dev/null");
}

/* A read that waits is interrupted, and the next one finds the end. */
void
decompress_stop(void)
{
	int before = errno;

	stopped = 1;
	if (reading != -1)
		dup2(nothing, (int)reading);
	errno = before;
}

bool
decompress_is_stopped(void)
{
	return stopped;
}

static ssize_t
read_fd(int fd, void *to, size_t n)
{
	ssize_t r;

	do
		r = read(fd, to, n);
	while (r == -1 && errno == EINTR);
	return r;
}

static void
count_read(struct decompress *s, size_t n)
{
	off_t at;

	s->done += n;
	if (s->tool != NULL && s->seekable) {
		at = lseek(s->file, 0, SEEK_CUR);
		s->done = at > s->begin ? (uint64_t)(at - s->begin) : 0;
	}
}

static ssize_t
read_some(struct decompress *s, uint8_t *to, size_t n)
{
	ssize_t r;

	if (s->n_peek > 0) {
		r = (ssize_t)(n < s->n_peek ? n : s->n_peek);
		memcpy(to, s->peek, (size_t)r);
		s->n_peek -= (size_t)r;
		memmove(s->peek, s->peek + r, s->n_peek);
	} else {
		r = stopped ? 0 : read_fd(s->fd, to, n);
	}
	if (r > 0)
		count_read(s, (size_t)r);
	if (r == 0 && !stopped)
		s->ended = true;
	if (r == -1)
		s->error = errno;
	return r;
}

const uint8_t *
decompress_waiting(const struct decompress *s, size_t *n)
{
	*n = s->end - s->at;
	return s->buffer + s->at;
}

bool
decompress_fill(struct decompress *s)
{
	ssize_t r;

	if (s->at == 0 && s->end == DECOMPRESS_ROOM)
		return false;
	memmove(s->buffer, s->buffer + s->at, s->end - s->at);
	s->end -= s->at;
	s->at = 0;
	r = read_some(s, s->buffer + s->end, DECOMPRESS_ROOM - s->end);
	if (r <= 0)
		return false;
	s->end += (size_t)r;
	return true;
}

/* A file on disk always would; the end of a pipe is something to read, too. */
bool
decompress_ready(const struct decompress *s, int wait_ms)
{
	struct pollfd input = {.fd = s->fd, .events = POLLIN};

	return s->n_peek > 0 || poll(&input, 1, wait_ms) != 0;
}

void
decompress_take(struct decompress *s, size_t n)
{
	s->at += n;
}

const char *
decompress_error(const struct decompress *s)
{
	if (s->error != 0)
		return strerror(s->error);
	return stopped && !s->ended ? "stopped by a signal" : NULL;
}

/* The first bytes of the file, which stay unread if it is seekable, or of what
 * the first tool makes of it. */
static bool
peek(struct decompress *s)
{
	ssize_t r = 1;

	while (r > 0 && s->n_peek < MAGIC) {
		if (s->seekable && s->fd == s->file)
			r = pread(s->file, s->peek + s->n_peek,
			    MAGIC - s->n_peek,
			    s->begin + (off_t)s->n_peek);
		else
			r = read_fd(s->fd, s->peek + s->n_peek,
			    MAGIC - s->n_peek);
		if (r > 0)
			s->n_peek += (size_t)r;
	}
	return r != -1;
}

static const struct decompressor *
tool_for(const struct decompress *s)
{
	for (size_t i = 0; i < sizeof(tools) / sizeof(tools[0]); i++)
		if (s->n_peek >= tools[i].n &&
		    memcmp(s->peek, tools[i].magic, tools[i].n) == 0)
			return &tools[i];
	return NULL;
}

/* A pipe whose ends no other program inherits. */
static bool
make_pipe(const struct decompress *s, int end[2])
{
	if (pipe2(end, O_CLOEXEC) == 0)
		return true;
	warn("%s: pipe", s->name);
	return false;
}

/* What feeds the tool when bytes were read that cannot be read again. */
static _Noreturn void
feed(const struct decompress *s, int to)
{
	static char buf[1 << 16];
	const char *p = (const char *)s->peek;
	ssize_t n = (ssize_t)s->n_peek, w;

	signal(SIGPIPE, SIG_IGN);
	do {
		for (; n > 0; p += w, n -= w)
			if ((w = write(to, p, (size_t)n)) == -1)
				_exit(0);	/* the tool says why */
		p = buf;
		n = read_fd(s->fd, buf, sizeof(buf));
	} while (n > 0);
	_exit(n == 0 ? 0 : 1);
}

static void
add_child(struct decompress *s, pid_t pid, const char *who)
{
	s->child[s->children++] = (struct child){ pid, who };
}

/* Returns where the tool reads, -1 after a message. */
static int
start_feeder(struct decompress *s)
{
	int end[2];
	pid_t pid;

	if (!make_pipe(s, end))
		return -1;
	pid = fork();
	if (pid == 0) {
		signal(SIGINT, SIG_DFL);
		signal(SIGTERM, SIG_DFL);
		close(end[0]);
		feed(s, end[1]);
	}
	close(end[1]);
	if (pid == -1) {
		warn("%s: fork", s->name);
		close(end[0]);
		return -1;
	}
	add_child(s, pid, "reading");
	s->n_peek = 0;
	return end[0];
}

static int
spawn(struct decompress *s, int in, int out)
{
	pid_t pid;
	char name[sizeof s->tool->name], option[] = "-dc";
	char *argv[] = { name, option, NULL };
	posix_spawn_file_actions_t act;
	int e;

	strcpy(name, s->tool->name);
	posix_spawn_file_actions_init(&act);
	posix_spawn_file_actions_adddup2(&act, in, 0);
	posix_spawn_file_actions_adddup2(&act, out, 1);
	e = posix_spawnp(&pid, name, &act, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&act);
	if (e == 0)
		add_child(s, pid, s->tool->name);
	return e;
}

static bool
start_tool(struct decompress *s)
{
	bool direct = s->seekable && s->fd == s->file;
	int in = direct ? s->file : start_feeder(s);
	int end[2], e;

	if (in == -1)
		return false;
	if (!make_pipe(s, end)) {
		if (!direct)
			close(in);
		return false;
	}
	e = spawn(s, in, end[1]);
	close(end[1]);
	if (!direct)
		close(in);
	if (s->fd != s->file)
		close(s->fd);
	s->fd = end[0];
	if (e != 0) {
		errno = e;
		warn("%s: %s, which must decompress it", s->name,
		    s->tool->name);
	}
	return e == 0;
}

static bool
open_file(struct decompress *s, const char *path)
{
	struct stat st;

	s->file = path == NULL ? STDIN_FILENO :
	    open(path, O_RDONLY | O_CLOEXEC);
	if (s->file == -1 || fstat(s->file, &st) == -1) {
		warn("%s", s->name);
		return false;
	}
	if (S_ISDIR(st.st_mode)) {
		warnx("%s: is a directory", s->name);
		return false;
	}
	s->fd = reading = s->file;
	s->begin = lseek(s->file, 0, SEEK_CUR);
	s->seekable = s->begin != -1;
	if (!peek(s)) {
		warn("%s", s->name);
		return false;
	}
	if (s->n_peek == 0)
		warnx("%s: %s", s->name, stopped ? "stopped by a signal" :
		    "is empty");
	return s->n_peek != 0;
}

static bool
open_bytes(struct decompress *s)
{
	const struct decompressor *tool = tool_for(s);

	if (s->seekable)
		s->n_peek = 0;
	for (int deep = 0; tool != NULL && deep < DEEPEST; deep++) {
		s->tool = tool;
		if (!start_tool(s))
			return false;
		reading = s->fd;
		if (!peek(s)) {
			warn("%s", s->name);
			return false;
		}
		tool = tool_for(s);
	}
	s->buffer = mem_resize(NULL, DECOMPRESS_ROOM, 1);
	return true;
}

struct decompress *
decompress_open(const char *path, const char *name)
{
	struct decompress *s = mem_alloc(1, sizeof(*s));

	s->name = name;
	s->fd = s->file = -1;
	if (open_file(s, path) && open_bytes(s)) {
		reading = s->fd;
		return s;
	}
	s->ended = false;
	decompress_close(s);
	return NULL;
}

uint64_t
decompress_bytes(const struct decompress *s)
{
	return s->done;
}

/* A process that was not read to its end, and so may wait for ever, is
 * stopped; how it ends does not matter. */
static bool
reap(const struct decompress *s, const struct child *c)
{
	int status;

	if (!s->ended)
		kill(c->pid, SIGTERM);
	while (waitpid(c->pid, &status, 0) == -1)
		if (errno != EINTR)
			return true;
	if (!s->ended || (WIFEXITED(status) && WEXITSTATUS(status) == 0))
		return true;
	if (WIFEXITED(status))
		warnx("%s: %s failed, exit status %d", s->name, c->who,
		    WEXITSTATUS(status));
	else
		warnx("%s: %s failed, signal %d", s->name, c->who,
		    WTERMSIG(status));
	return false;
}

bool
decompress_close(struct decompress *s)
{
	bool good = true;

	reading = -1;
	if (s->fd != s->file)
		close(s->fd);
	if (s->file > STDIN_FILENO)
		close(s->file);
	for (size_t i = 0; i < s->children; i++)
		good = reap(s, &s->child[i]) && good;
	free(s->buffer);
	free(s);
	return good;
}
