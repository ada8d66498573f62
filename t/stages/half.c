/*
 * half: stands in PATH under the name of a command and runs that command, as
 * it is found in STAGE_PATH.  Each run is noted in STAGE_LOG as `id name
 * operands', where the id tells the same run in a repetition: a hash of name
 * and operands, and how many of these there were before.  The run whose id is
 * STAGE_BREAK gives half its output, as whole lines where it has some, and
 * status 1.
 */
#include <sys/types.h>
#include <sys/wait.h>
#include <err.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *
from_env(const char *name)
{
	const char *value = getenv(name);

	if (!value)
		errx(125, "half: no %s", name);
	return value;
}

/* FNV-1a over the text; what mktemp made up counts as one letter. */
static uint64_t
hash_text(uint64_t h, const char *s)
{
	for (;;) {
		if (strncmp(s, "tmp/", 4) == 0 || strncmp(s, "tmp.", 4) == 0)
			for (s += 4; *s && *s != '/'; s++)
				continue;
		h = (h ^ (unsigned char)*s) * UINT64_C(1099511628211);
		if (!*s++)
			return h;
	}
}

static void
note(const char *log, const char *text, size_t len)
{
	int fd = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);

	if (fd < 0 || write(fd, text, len) != (ssize_t)len || close(fd))
		err(125, "half: %s", log);
}

/* How many runs had this hash, this one among them. */
static off_t
count_run(const char *log, uint64_t h)
{
	char path[PATH_MAX];
	off_t n;
	int fd;

	snprintf(path, sizeof path, "%s.%016" PRIx64, log, h);
	fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
	if (fd < 0 || write(fd, "x", 1) != 1)
		err(125, "half: %s", path);
	n = lseek(fd, 0, SEEK_CUR);
	close(fd);
	return n;
}

/* Notes this run; its id goes to id. */
static void
log_run(const char *name, char *argv[], char *id, size_t size)
{
	const char *log = from_env("STAGE_LOG");
	uint64_t h = hash_text(UINT64_C(14695981039346656037), name);
	char line[400];
	size_t used;

	for (int i = 1; argv[i]; i++)
		h = hash_text(h, argv[i]);
	snprintf(id, size, "%016" PRIx64 ".%jd", h,
	    (intmax_t)count_run(log, h));
	used = (size_t)snprintf(line, sizeof line, "%s\t%s", id, name);
	for (int i = 1; argv[i] && used < sizeof line; i++)
		used += (size_t)snprintf(line + used, sizeof line - used,
		    " %s", argv[i]);
	if (used > sizeof line - 2)
		used = sizeof line - 2;
	for (size_t i = 0; i < used; i++)
		if (line[i] == '\n')
			line[i] = ' ';
	line[used++] = '\n';
	note(log, line, used);
}

/* All that can be read; the caller frees it. */
static char *
read_all(int fd, size_t *len)
{
	size_t size = 1 << 16;
	char *all = malloc(size);
	ssize_t n;

	*len = 0;
	while (all && (n = read(fd, all + *len, size - *len)) > 0) {
		*len += (size_t)n;
		if (*len == size)
			all = realloc(all, size *= 2);
	}
	if (!all)
		err(125, "half");
	return all;
}

static void
write_half(const char *text, size_t len)
{
	size_t half = len / 2, line = half;
	ssize_t n;

	while (line > 0 && text[line - 1] != '\n')
		line--;
	if (line > 0)
		half = line;
	for (; half > 0; half -= (size_t)n, text += n)
		if ((n = write(STDOUT_FILENO, text, half)) < 0)
			return;
}

static int
run_half(const char *path, char *argv[])
{
	int ends[2];
	char *text;
	size_t len;
	pid_t pid;

	if (pipe(ends) || (pid = fork()) < 0)
		err(125, "half");
	if (pid == 0) {
		dup2(ends[1], STDOUT_FILENO);
		close(ends[0]);
		close(ends[1]);
		execv(path, argv);
		err(127, "half: %s", path);
	}
	close(ends[1]);
	text = read_all(ends[0], &len);
	waitpid(pid, NULL, 0);
	write_half(text, len);
	free(text);
	return 1;
}

int
main(int argc, char *argv[])
{
	const char *broken = getenv("STAGE_BREAK"), *dir, *end, *name;
	char path[PATH_MAX], id[64];

	(void)argc;
	name = strrchr(argv[0], '/');
	name = name ? name + 1 : argv[0];
	log_run(name, argv, id, sizeof id);
	for (dir = from_env("STAGE_PATH"); *dir; dir = *end ? end + 1 : end) {
		end = strchr(dir, ':');
		if (!end)
			end = dir + strlen(dir);
		snprintf(path, sizeof path, "%.*s/%s", (int)(end - dir), dir,
		    name);
		if (access(path, X_OK) == 0)
			break;
	}
	if (!*dir)
		errx(127, "%s: command not found", name);
	if (broken && strcmp(broken, id) == 0)
		return run_half(path, argv);
	execv(path, argv);
	err(126, "half: %s", path);
}
