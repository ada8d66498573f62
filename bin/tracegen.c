/*
 * tracegen: writes a capture of a synthetic campus: Skype clients of 2007
 * as "Following Skype Signaling Footsteps" (Rossi, Mellia, Meo 2008)
 * measured them, their calls, and traffic that is not Skype; and with -l
 * the truth, one flow record (flow(5)) a flow.
 *
 * Input: options only; -g a base of places in CSV.  The same options give
 * the same bytes on every machine.  What clients do stands in
 * lib/campus/model.c.
 * Memory: some hundred bytes a client, a pair and a flow that are going on,
 * however long the trace.
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "campus/campus.h"
#include "campus/model.h"
#include "base/num.h"
#include "base/progress.h"
#include "base/samefile.h"
#include "record/cmdline.h"

extern const char places_csv[];
extern const size_t places_csv_size;

static const char usage[] =
"usage: tracegen [-hNV] [-c clients] [-d duration] [-g places] [-l truth]\n"
"                [-n flows] [-o file] [-s seed] [-w snaplen]\n";

enum { LEAST_S = 60, MOST_S = 366 * 86400, MOST_CLIENTS = 1 << 20,
	LEAST_SNAPLEN = 40, MOST_SNAPLEN = 65535, MOST_NOISE = 10000 };

/* "7d", "12h", "90m", "3600s", "3600". */
static int64_t
duration(const char *arg)
{
	int64_t ns;

	if (!num_duration(arg, strlen(arg), &ns) || ns % NS_PER_S != 0 ||
	    ns / NS_PER_S > MOST_S || ns / NS_PER_S < LEAST_S)
		errx(2, "-d: not a time from 1m to 366d: \"%s\"", arg);
	return ns / NS_PER_S;
}

static bool
is_stdout(const char *path)
{
	return strcmp(path, "-") == 0;
}

static int
create(const char *path)
{
	int fd = is_stdout(path) ? STDOUT_FILENO :
	    open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);

	if (fd < 0)
		err(1, "%s", path);
	return fd;
}

/* The capture, the truth and the places are three files. */
static void
check_names(const char *const name[3])
{
	if (name[0] == NULL && name[1] != NULL && is_stdout(name[1]))
		errx(2, "-l -: standard output is the capture's: use -o");
	for (int i = 0; i < 3; i++)
		for (int k = 0; k < i; k++)
			if (name[i] != NULL && name[k] != NULL &&
			    samefile_named(name[i], name[k]))
				errx(2, "%s: named for two of capture, truth "
				    "and places", name[i]);
}

static struct geobase *
open_base(const char *path)
{
	return path != NULL ? geobase_open(path) :
	    geobase_parse("places.csv", places_csv, places_csv_size);
}

/* What is asked for beside the campus. */
struct files {
	const char *capture, *truth, *places;	/* NULL: the default */
	uint32_t snaplen;
};

static int
generate(const struct campus_options *o, const struct files *f)
{
	static struct wire wire;
	static struct out truth_out;
	static struct truth truth;
	struct geobase *base = open_base(f->places);
	struct peers *peers = peers_open(base, f->places ? f->places :
	    "places.csv", o->seed);

	if (f->truth != NULL)
		out_open(&truth_out, create(f->truth),
		    is_stdout(f->truth) ? "<stdout>" : f->truth);
	truth_open(&truth, base, f->truth ? &truth_out : NULL);
	wire_open(&wire, f->capture ? create(f->capture) : STDOUT_FILENO,
	    f->capture ? f->capture : "<stdout>", f->snaplen);
	payload_init();

	progress_start("tracegen", 0);
	campus_run(o, peers, &wire, &truth, progress_step);
	progress_end();

	wire_close(&wire);
	if (f->truth != NULL)
		out_close(&truth_out);
	peers_close(peers);
	geobase_close(base);
	return 0;
}

/* An option of what is made, or false. */
static bool
set_campus(struct campus_options *o, int c, const char *arg)
{
	switch (c) {
	case 'c':
		o->clients = (uint32_t)num_option(c, arg, 1, MOST_CLIENTS);
		return true;
	case 'd':
		o->duration_s = duration(arg);
		return true;
	case 'n':
		o->noise_per_h = (double)num_option(c, arg, 1, MOST_NOISE);
		return true;
	case 'N':
		o->noise_per_h = 0;
		return true;
	case 's':
		o->seed = num_option(c, arg, 0, UINT32_MAX);
		return true;
	}
	return false;
}

int
main(int argc, char *argv[])
{
	struct campus_options o = { .seed = 1, .clients = 20,
	    .duration_s = 6 * 3600, .noise_per_h = model_noise_per_h };
	struct files f = { .snaplen = MOST_SNAPLEN };
	int c;

	while ((c = cmdline_getopt(argc, argv, "c:d:g:hl:n:No:s:Vw:")) != -1)
		switch (c) {
		case 'g':
			f.places = optarg;
			break;
		case 'h':
			cmdline_help(usage, NULL, 0, truth_columns,
			    TRUTH_COLUMNS);
		case 'l':
			f.truth = optarg;
			break;
		case 'o':
			f.capture = is_stdout(optarg) ? NULL : optarg;
			break;
		case 'V':
			cmdline_version();
		case 'w':
			f.snaplen = (uint32_t)num_option(c, optarg,
			    LEAST_SNAPLEN, MOST_SNAPLEN);
			break;
		default:
			if (!set_campus(&o, c, optarg))
				cmdline_usage(usage);
		}
	if (optind < argc)
		cmdline_usage(usage);
	if (f.capture == NULL && isatty(STDOUT_FILENO))
		errx(2, "a capture does not go to a terminal: use -o");

	check_names((const char *const []){f.capture, f.truth, f.places});
	return generate(&o, &f);
}
