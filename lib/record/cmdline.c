#define _GNU_SOURCE		/* program_invocation_short_name */
#include "record/cmdline.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static _Noreturn void
end_output(void)
{
	if (fflush(stdout) == EOF || ferror(stdout)) {
		if (errno == EPIPE)
			exit(1);
		err(1, "<stdout>: cannot write");
	}
	exit(0);
}

/* A program names no column that the tables do not have. */
static const struct column *
column_of(const char *name)
{
	const struct column *c = column_find(name, strlen(name));

	if (c == NULL)
		errx(1, "no table of columns has \"%s\"", name);
	return c;
}

_Noreturn void
cmdline_help(const char *usage, const char *const *need, size_t n_need,
    const char *const *made, size_t n_made)
{
	fputs(usage, stdout);
	if (n_need > 0)
		puts("columns read:");
	for (size_t i = 0; i < n_need; i++)
		printf("    %-10s from %s\n", need[i],
		    column_maker(column_of(need[i])));
	if (n_made > 0)
		puts("columns made:");
	for (size_t i = 0; i < n_made; i++) {
		const struct column *c = column_of(made[i]);

		printf("    %-10s %s%s%s%s\n", c->name, c->meaning,
		    *c->unit ? " [" : "", c->unit, *c->unit ? "]" : "");
	}
	end_output();
}

_Noreturn void
cmdline_version(void)
{
	printf("%s %s (flow record format %s)\n",
	    program_invocation_short_name, CMDLINE_VERSION, CMDLINE_FORMAT);
	end_output();
}

/* Before the first option is looked at. */
static void
shorten_options(int argc, char **argv)
{
	static char help[] = "-h", version[] = "-V";

	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strcmp(argv[i], "--help") == 0)
			argv[i] = help;
		else if (strcmp(argv[i], "--version") == 0)
			argv[i] = version;
}

/* A standard file that is closed would be the next that is opened, and a
 * message would stand among the records.  So it is one that cannot be read or
 * written, and what the program says on a closed standard error is lost. */
static void
keep_standard_files(void)
{
	for (int fd = 0; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null",
		    fd == STDOUT_FILENO ? O_RDONLY : O_WRONLY) != fd)
			err(1, "/dev/null");
}

int
cmdline_getopt(int argc, char **argv, const char *options)
{
	static bool begun;

	if (!begun) {
		keep_standard_files();
		shorten_options(argc, argv);
	}
	begun = true;
	return getopt(argc, argv, options);
}

_Noreturn void
cmdline_usage(const char *usage)
{
	fputs(usage, stderr);
	exit(2);
}

void
cmdline_filter(int option, const char *usage, struct rec_spec *spec)
{
	switch (option) {
	case 'H':
		spec->columns = optarg;
		break;
	case 'k':
		spec->keep_going = true;
		break;
	case 'V':
		cmdline_version();
	case 'v':
		spec->verbose = true;
		break;
	default:
		cmdline_usage(usage);
	}
}
