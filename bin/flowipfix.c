/*
 * flowipfix: flow records to IPFIX and back (RFC 7011, biflows by RFC 5103,
 * files by RFC 5655, types of our own elements by RFC 5610), through
 * libfixbuf: to a file, or a collector over TCP or UDP; with -r from files, or
 * from what exporters send.
 *
 * What the suite wrote comes back byte for byte.  Records of other exporters
 * become pieces of flows with the columns of pcap2flows -b, for flowid and
 * flowmerge, and octets, roctets, sampled as they were told.
 *
 * One pass; memory: a message of 64 KiB, and the templates.
 */
#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/num.h"
#include "base/out.h"
#include "base/samefile.h"
#include "ipfix/export.h"
#include "ipfix/collect.h"
#include "record/cmdline.h"
#include "record/rec.h"

static const char usage[] =
	"usage: flowipfix [-hkVv] [-c collector] [-d domain] [-H names] "
	"[-m bytes]\n"
	"                 [-o output] [-R rate] [file ...]\n"
	"       flowipfix -r [-hVv] [-l address] [-n networks] [file ...]\n";

struct job {
	struct rec_spec spec;
	struct export_want to;
	bool reads;			/* -r */
	bool listens, udp;		/* -l … */
	char *host, *port;		/* … at */
	struct nets internal;
	bool own_nets;			/* -n */
};

/* tcp:host:port, udp:port; the host may be in brackets. */
static bool
cut_address(char *text, bool *udp, char **host, char **port)
{
	if (strncmp(text, "tcp:", 4) != 0 && strncmp(text, "udp:", 4) != 0)
		return false;
	*udp = *text == 'u';
	text += 4;
	*port = strrchr(text, ':');
	*host = *port != NULL ? text : NULL;
	if (*port == NULL)
		*port = text;
	else
		*(*port)++ = '\0';
	if (*host != NULL && **host == '[' && strchr(*host, ']') != NULL) {
		*strchr(*host, ']') = '\0';
		++*host;
	}
	return **port != '\0' && (*host == NULL || **host != '\0');
}

static void
set_collector(struct job *j, char *text)
{
	char *host, *port;
	bool udp;

	if (!cut_address(text, &udp, &host, &port) || host == NULL)
		errx(2, "-c: not tcp:host:port or udp:host:port: \"%s\"",
		    text);
	j->to.outlet.to = udp ? OUTLET_UDP : OUTLET_TCP;
	j->to.outlet.host = host;
	j->to.outlet.port = port;
}

static void
set_listener(struct job *j, char *text)
{
	j->listens = true;
	if (!cut_address(text, &j->udp, &j->host, &j->port))
		errx(2, "-l: not tcp:port, udp:port or tcp:host:port: \"%s\"",
		    text);
}

static void
set_internal(struct job *j, const char *text)
{
	const char *bad;

	if (!nets_add(&j->internal, text, &bad))
		errx(2, "-n: not a network: \"%s\"", bad);
}

static void
set_option(struct job *j, int c, char *arg)
{
	switch (c) {
	case 'c':
		set_collector(j, arg);
		break;
	case 'd':
		j->to.domain = (uint32_t)num_option(c, arg, 0, UINT32_MAX);
		break;
	case 'h':
		cmdline_help(usage, NULL, 0, NULL, 0);
	case 'l':
		set_listener(j, arg);
		break;
	case 'm':
		j->to.outlet.longest = (size_t)num_option(c, arg, OUTLET_LEAST,
		    OUTLET_MOST);
		break;
	case 'n':
		set_internal(j, arg);
		j->own_nets = true;
		break;
	case 'o':
		j->to.outlet.file = strcmp(arg, "-") == 0 ? NULL : arg;
		break;
	case 'R':
		j->to.outlet.rate = (uint64_t)num_option(c, arg, 1, INT32_MAX);
		break;
	case 'r':
		j->reads = true;
		break;
	default:
		cmdline_filter(c, usage, &j->spec);
	}
}

static int
read_ipfix(struct job *j, char *const *files)
{
	static struct out out;
	struct importer *m;
	uint64_t rows, left_out, sets;
	int status;

	out_open(&out, STDOUT_FILENO, "<stdout>");
	m = import_new(&out, &j->internal);
	status = j->listens ? collect_network(m, &out, j->udp, j->host,
	    j->port) : collect_files(m, files);
	out_close(&out);
	import_counts(m, &rows, &left_out, &sets);
	import_free(m);
	if (sets > 0)
		warnx("%llu sets of records had no template and were left "
		    "out", (unsigned long long)sets);
	if (sets > 0 && !j->listens)
		status = 1;
	if (left_out > 0 || j->spec.verbose)
		warnx("records out %llu, left out %llu",
		    (unsigned long long)rows, (unsigned long long)left_out);
	return status;
}

/* It is made empty before anything is read. */
static void
check_output(const char *file, char *const *files)
{
	if (file == NULL)
		return;
	if (*files == NULL && samefile_named("-", file))
		errx(2, "<stdin>: is the file that is written to");
	for (; *files != NULL; files++)
		if (samefile_named(*files, file))
			errx(2, "%s: is the file that is written to", *files);
}

static int
write_ipfix(struct job *j, char *const *files)
{
	if (j->to.outlet.host == NULL && j->to.outlet.file == NULL &&
	    isatty(STDOUT_FILENO))
		errx(2, "IPFIX is no text for a terminal: "
		    "use -o, -c or a pipe");
	check_output(j->to.outlet.file, files);
	return export_records(rec_open(files, &j->spec), &j->to);
}

/* Reads records and writes IPFIX, or the other way round. */
int
main(int argc, char **argv)
{
	struct job job = { .spec = { .no_output = true } };
	int c, status;

	while ((c = cmdline_getopt(argc, argv, "c:d:H:hkl:m:n:o:R:rVv")) != -1)
		set_option(&job, c, optarg);
	if (!job.own_nets)
		set_internal(&job, NULL);
	if (job.listens && (!job.reads || optind < argc))
		errx(2, "-l needs -r, and no files");
	if (job.to.outlet.host != NULL &&
	    (job.to.outlet.file != NULL || job.reads))
		errx(2, "-c goes with neither -o nor -r");
	status = job.reads ? read_ipfix(&job, argv + optind) :
	    write_ipfix(&job, argv + optind);
	free(job.internal.net);
	return status;
}
