#define _GNU_SOURCE		/* program_invocation_short_name */
#include "record/cmdline.h"

#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static _Noreturn void
end(void)
{
	if (fflush(stdout) == EOF || ferror(stdout)) {
		if (errno == EPIPE)
			exit(1);
		err(1, "<stdout>: cannot write");
	}
	exit(0);
}

_Noreturn void
cmdline_help(const char *usage, const struct rec_need *need, size_t n_need,
    const struct rec_col *col, size_t n_col)
{
	fputs(usage, stdout);
	if (n_need > 0)
		puts("columns read:");
	for (size_t i = 0; i < n_need; i++)
		printf("    %-10s from %s\n", need[i].name,
		    need[i].from ? need[i].from : "pcap2flows");
	if (n_col > 0)
		puts("columns made:");
	for (size_t i = 0; i < n_col; i++)
		printf("    %-10s %s%s%s%s\n", col[i].name, col[i].meaning,
		    *col[i].unit ? " [" : "", col[i].unit,
		    *col[i].unit ? "]" : "");
	end();
}

_Noreturn void
cmdline_version(void)
{
	printf("%s %s (flow record format %s)\n",
	    program_invocation_short_name, CMDLINE_VERSION, CMDLINE_FORMAT);
	end();
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
