/*
 * pcap2flows: flow records from packets.
 *
 * Reads captures, or an interface, and writes one record, flow(5), for each
 * UDP and TCP flow: its ends, times, packets, bytes, flags, and histograms
 * of its messages (paper, II; RFC 5103; reference [8] for the features).  One
 * pass; of many packets one thread decodes frames, one keeps the table and one
 * writes the records.  Memory: 90 bytes for a flow of one packet that is held,
 * 350 for one of a few, up to 10 KiB for a long one, so some 200 s of traffic;
 * -m sets a bound.
 *
 * A capture that is damaged or cannot be read is named, what came before is
 * kept, the others are read, and the status is 1.  Every packet read is
 * accounted for, see -v.
 */
#include <err.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/num.h"
#include "base/progress.h"
#include "packet/capture.h"
#include "record/cmdline.h"
#include "record/flowrec.h"
#include "record/meter.h"
#include "record/metrics.h"
#include "record/morecol.h"
#include "record/watch.h"

static const char usage[] =
"usage: pcap2flows [-abhLpTVv] [-A seconds] [-D ms] [-e groups] [-f filter]\n"
"                  [-K vlan] [-M file] [-m flows] [-n networks] [-S k/n]\n"
"                  [-t seconds]\n"
"                  [-o pattern [-C MiB] [-G seconds]]\n"
"                  [-i interface [-B MiB] [-j readers] [-w bytes] [-x]"
" [-Z user] |\n"
"                  file ...]\n";

/* Input that rests as long is waited for. */
enum { PAUSE_MS = 200 };

static const int64_t default_idle_s = 200;	/* paper, II */

struct job {
	struct watch_want want;
	struct capture_want files;
};

static void
stop_files(int number)
{
	(void)number;
	capture_stop();
}

/* Must more be waited for?  Of a pipe that never rests and is never full, once
 * a second. */
static bool
is_slow(const struct capture *c, int64_t *flushed_ns)
{
	struct timespec now;
	int64_t now_ns;

	if (capture_ready(c, 0))
		return false;
	clock_gettime(CLOCK_MONOTONIC, &now);
	now_ns = now.tv_sec * NS_PER_S + now.tv_nsec;
	if (now_ns - *flushed_ns < NS_PER_S && capture_ready(c, PAUSE_MS))
		return false;
	*flushed_ns = now_ns;
	return true;
}

static void
read_all(struct capture *capture, struct meter *meter, bool filtered)
{
	struct frame frame[METER_FRAMES];
	uint64_t frames = 0;
	int64_t flushed = 0;
	size_t n;
	/* A filter may let nothing more of a pipe through. */
	bool hurry = filtered && capture_size(capture) == 0;

	progress_start("pcap2flows", capture_size(capture));
	while ((n = capture_frames(capture, frame, METER_FRAMES)) > 0) {
		meter_frames(meter, frame, n);
		frames += n;
		progress_step(capture_bytes(capture), frames);
		if (hurry || is_slow(capture, &flushed))
			meter_flush(meter);
	}
	meter_end(meter);
	progress_end();
}

/* The second signal ends the program at once. */
static void
catch_signals_of_files(void)
{
	struct sigaction action = {
		.sa_handler = stop_files, .sa_flags = (int)SA_RESETHAND
	};

	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
}

static int
read_files(struct job *j)
{
	struct meter_want *want = &j->want.meter;
	struct capture *capture;
	struct metrics *metrics;
	struct meter *meter;
	struct meter_counts counts;
	bool told;
	int status;

	catch_signals_of_files();
	capture = capture_open(&j->files);
	want->decimals = capture_decimals(capture);
	metrics = metrics_open(j->want.metrics_path, NULL);
	meter = meter_new(want);
	read_all(capture, meter, j->files.filter != NULL);
	meter_close(meter);
	counts = meter_count(meter);
	told = metrics_write(metrics, &counts, NULL);
	if (j->want.verbose)
		meter_report(&counts);
	status = capture_close(capture);
	meter_free(meter);
	metrics_close(metrics);
	return status != 0 || told ? status : 1;
}

static void
set_internal(struct job *j, const char *text)
{
	const char *bad;

	if (!nets_add(&j->want.meter.internal, text, &bad))
		errx(2, "-n: not a network: \"%s\"", bad);
}

static void
set_duplicates(struct job *j, const char *text)
{
	if (!num_fixed(text, strlen(text), 6, &j->want.meter.duplicate_ns) ||
	    j->want.meter.duplicate_ns < 0)
		errx(2, "-D: not a number of milliseconds: \"%s\"", text);
}

static void
set_more(struct job *j, const char *list)
{
	const char *bad = morecol_groups(&j->want.meter.flows.more, list);

	if (bad != NULL)
		errx(2, "-e: none of link, ip, tcp, time, splt, splt=n (n from "
		    "1 to 255), ent, tunnel: \"%s\"", bad);
}

/* How a live capture goes. */
static bool
set_live(struct live_want *want, int c, const char *arg)
{
	switch (c) {
	case 'B':
		want->buffer_mib = (int)num_option(c, arg, 1, 2047);
		return true;
	case 'i':
		want->interface = arg;
		return true;
	case 'w':
		want->snaplen = (int)num_option(c, arg, 64, 262144);
		return true;
	case 'x':
		want->promiscuous = false;
		return true;
	}
	return false;
}

static void
set_value(struct job *j, int c, const char *arg)
{
	switch (c) {
	case 'A':
		j->want.meter.flows.active_ns = num_option_s(c, arg, true);
		break;
	case 'D':
		set_duplicates(j, arg);
		break;
	case 'e':
		set_more(j, arg);
		break;
	case 'f':
		j->files.filter = j->want.interface.filter = arg;
		break;
	case 'j':
		j->want.readers = (unsigned)num_option(c, arg, 1,
		    WATCH_READERS);
		break;
	case 'K':
		if (strcmp(arg, "vlan") != 0)
			errx(2, "-K: not vlan: \"%s\"", arg);
		j->want.meter.flows.vlans = true;
		break;
	case 'M':
		j->want.metrics_path = arg;
		break;
	case 'm':
		j->want.meter.flows.most = (uint32_t)num_option(c, arg, 1,
		    UINT32_MAX - 1);
		break;
	case 'n':
		set_internal(j, arg);
		break;
	case 'S':
		meter_want_shard(&j->want.meter, arg);
		break;
	case 't':
		j->want.meter.flows.idle_ns = num_option_s(c, arg, true);
		break;
	case 'Z':
		j->want.user = arg;
		break;
	default:
		if (!set_live(&j->want.interface, c, arg) &&
		    !rotate_option(&j->want.meter.output, c, arg))
			cmdline_usage(usage);
	}
}

/* The columns that the options before -h ask for. */
static _Noreturn void
help(const struct job *j)
{
	const char *made[FLOWREC_COLUMNS];
	struct flowrec_choice choice;

	flowrec_choose(&choice, FLOWREC_BASIC |
	    (j->want.meter.flows.features ? FLOWREC_MESSAGES : 0u) |
	    FLOWREC_MORE(j->want.meter.flows.more.groups));
	for (size_t c = 0; c < choice.n; c++)
		made[c] = choice.col[c]->about.name;
	cmdline_help(usage, NULL, 0, made, choice.n);
}

static void
set_option(struct job *j, int c, const char *arg)
{
	switch (c) {
	case 'a':
		j->want.meter.all_protocols = true;
		break;
	case 'b':
		j->want.meter.flows.features = false;
		break;
	case 'h':
		help(j);
	case 'L':
		j->files.list = true;
		break;
	case 'p':
		j->want.meter.packets = true;
		break;
	case 'T':
		j->want.meter.tunnels = true;
		break;
	case 'V':
		cmdline_version();
	case 'v':
		j->want.verbose = true;
		break;
	default:
		set_value(j, c, arg);
	}
}

/* What goes with what; given: the letters that occurred. */
static void
check_options(const struct job *j, const char *given, bool operands)
{
	bool is_live = j->want.interface.interface != NULL;

	if (operands && (j->files.list || is_live))
		errx(2, "files do not go with -%c", is_live ? 'i' : 'L');
	if (j->files.list && is_live)
		errx(2, "-L does not go with -i");
	if (strchr(given, 'j') != NULL && !is_live)
		errx(2, "-j needs -i: files are read by one");
	for (const char *c = "BwxZ"; *c != '\0' && !is_live; c++)
		if (strchr(given, *c) != NULL)
			errx(2, "-%c needs -i", *c);
	if (j->want.meter.flows.most > 0 &&
	    j->want.meter.flows.most < j->want.readers)
		errx(2, "-m: fewer flows than readers (-j)");
	for (const char *c = "CG"; *c != '\0' &&
		    !j->want.meter.output.pattern; c++)
		if (strchr(given, *c) != NULL)
			errx(2, "-%c needs -o", *c);
}

int
main(int argc, char **argv)
{
	struct job job = {
		.want = {
			.meter.flows = {
				.idle_ns = default_idle_s * NS_PER_S,
				.active_ns = TIME_INF, .features = true
			},
			.meter.duplicate_ns = -1,
			.interface = {.snaplen = LIVE_SNAPLEN,
			    .buffer_mib = LIVE_BUFFER_MIB, .promiscuous = true}
		}
	};
	char given[128] = "";
	size_t n = 0;
	int c, status;

	while ((c = cmdline_getopt(argc, argv,
	    "A:aB:bC:D:e:f:G:hi:j:K:LM:m:n:o:pS:Tt:Vvw:xZ:")) != -1) {
		set_option(&job, c, optarg);
		if (strchr(given, c) == NULL)
			given[n++] = (char)c;
	}
	if (strchr(given, 'n') == NULL)
		set_internal(&job, NULL);
	check_options(&job, given, optind < argc);
	job.want.meter.verbose = job.want.verbose;
	job.files.files = argv + optind;
	status = job.want.interface.interface != NULL ? watch(&job.want) :
	    read_files(&job);
	free(job.want.meter.internal.net);
	return status;
}
