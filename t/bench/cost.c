/*
 * cost: runs a command and appends to a file what it took: seconds by the
 * clock, seconds of CPU, MiB of memory at most.
 *
 *	cost FILE LABEL COMMAND [ARGUMENT ...]
 *
 * A command that fails gets no line; its status is ours.
 */
#define _DEFAULT_SOURCE		/* wait4 */

#include <sys/resource.h>
#include <sys/wait.h>

#include <err.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static double
seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int
main(int argc, char **argv)
{
	struct rusage used;
	double begin = now(), wall;
	int status;
	pid_t pid;
	FILE *f;

	if (argc < 4)
		errx(2, "usage: cost file label command ...");
	if ((pid = fork()) == 0) {
		execvp(argv[3], argv + 3);
		err(127, "%s", argv[3]);
	}
	if (pid == -1 || wait4(pid, &status, 0, &used) == -1)
		err(1, "%s", argv[3]);
	wall = now() - begin;
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
	if ((f = fopen(argv[1], "a")) == NULL)
		err(1, "%s", argv[1]);
	fprintf(f, "%s\t%.4f\t%.4f\t%.1f\n", argv[2], wall,
	    seconds(used.ru_utime) + seconds(used.ru_stime),
	    (double)used.ru_maxrss / 1024);
	if (fclose(f) != 0)
		err(1, "%s", argv[1]);
	return 0;
}
