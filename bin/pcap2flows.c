/*
 * pcap2flows: flow records from packets.
 *
 * Reads captures, or an interface, and writes one record, flow(5), for each
 * UDP and TCP flow: its ends, times, packets, bytes, flags, and histograms
 * of its messages (paper, II; RFC 5103; reference [8] for the features).  One
 * pass; of many flows a second thread writes the records.  Memory: 90 bytes
 * for a flow of one packet that is held, 470 from its second packet on, up to
 * 9 KiB for a long one, so some 200 s of traffic; -m sets a bound.
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
#include "packet/live.h"
#include "packet/sandbox.h"
#include "record/cmdline.h"
#include "record/flowrec.h"
#include "record/meter.h"
#include "record/metrics.h"
#include "record/morecol.h"

static const char usage[] =
"usage: pcap2flows [-abhLpTVv] [-A seconds] [-D ms] [-e groups] [-f filter]\n"
"                  [-K vlan] [-M file] [-m flows] [-n networks] [-S k/n]\n"
"                  [-t seconds]\n"
"                  [-o pattern [-C MiB] [-G seconds]]\n"
"                  [-i interface [-B MiB] [-w bytes] [-x] [-Z user] |"
" file ...]\n";

static const int64_t default_idle_s = 200;	/* paper, II */
static const int64_t report_every_ns = 60 * NS_PER_S;

struct job {
	struct meter_want want;
	struct capture_want files;
	struct live_want interface;
	const char *user;		/* -Z */
	const char *metrics_path;	/* -M */
	bool verbose;			/* -v */

	struct meter *meter;
	struct metrics *metrics;	/* NULL: without -M */
	int status;			/* 1: they could not be written */
	struct capture *capture;	/* one of the two */
	struct live *live;
	int64_t flushed_ns;		/* live: when output last left … */
	int64_t reported_ns;		/* … and losses were last told */
};

_Static_assert((int)LIVE_BATCH <= (int)METER_FRAMES, "a batch is metered");

/* For the signal handlers alone. */
static struct live *stoppable;
static volatile sig_atomic_t report_wanted;

static void
stop_live(int number)
{
	(void)number;
	live_stop(stoppable);
}

static void
stop_files(int number)
{
	(void)number;
	capture_stop();
}

static void
want_report(int number)
{
	(void)number;
	report_wanted = 1;
}

static void
read_files(struct job *j)
{
	struct frame frame[METER_FRAMES];
	uint64_t frames = 0;
	size_t n;

	progress_start("pcap2flows", capture_size(j->capture));
	while ((n = capture_frames(j->capture, frame,
	    METER_FRAMES)) > 0) {
		meter_frames(j->meter, frame, n);
		frames += n;
		progress_step(capture_bytes(j->capture), frames);
	}
	meter_end(j->meter);
	progress_end();
}

static void
report_all(struct job *j)
{
	if (j->live != NULL)
		live_report(j->live);
	meter_report(j->meter);
}

static void
write_metrics(struct job *j)
{
	if (!metrics_write(j->metrics, j->meter, j->live))
		j->status = 1;
}

/* Live, records leave within a second of their expiry. */
static void
look_around_live(struct job *j, int64_t now_ns)
{
	if (report_wanted) {
		report_wanted = 0;
		report_all(j);
	}
	if (now_ns - j->flushed_ns < NS_PER_S && now_ns >= j->flushed_ns)
		return;
	j->flushed_ns = now_ns;
	meter_flush(j->meter);
	if (now_ns - j->reported_ns < report_every_ns)
		return;
	if (j->verbose && j->reported_ns > 0)
		live_report(j->live);
	else
		live_count(j->live);
	write_metrics(j);
	j->reported_ns = now_ns;
}

static void
take_idle_time(struct job *j)
{
	struct timespec now;
	int64_t now_ns;

	clock_gettime(CLOCK_REALTIME, &now);
	now_ns = now.tv_sec * NS_PER_S + now.tv_nsec;
	meter_tick(j->meter, now_ns);
	look_around_live(j, now_ns);
}

static void
read_interface(struct job *j)
{
	const struct frame *frame;
	enum live_event event;
	size_t n;

	while ((event = live_next(j->live, &frame, &n)) != LIVE_END) {
		if (event == LIVE_IDLE) {
			take_idle_time(j);
			continue;
		}
		meter_frames(j->meter, frame, n);
		look_around_live(j, frame[n - 1].t_ns);
	}
	meter_end(j->meter);
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

static void
catch_signals(struct job *j)
{
	struct sigaction action = {.sa_handler = stop_live};

	stoppable = j->live;
	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	action.sa_handler = want_report;
	sigaction(SIGUSR1, &action, NULL);
}

/* All that needs privileges, then the way into the sandbox. */
static void
open_input(struct job *j)
{
	if (j->interface.interface == NULL) {
		catch_signals_of_files();
		j->capture = capture_open(&j->files);
		j->want.decimals = capture_decimals(j->capture);
		return;
	}
	j->live = live_open(&j->interface);
	j->want.decimals = live_decimals(j->live);
	catch_signals(j);
	sandbox_drop(j->user);
}

static int
run(struct job *j)
{
	int status;

	open_input(j);
	j->metrics = metrics_open(j->metrics_path, j->interface.interface);
	/* What a file gets is a matter of when it is written, and a sandbox has
	 * no threads. */
	j->want.one_thread = j->live != NULL || j->want.output.pattern != NULL;
	j->want.verbose = j->verbose;
	j->meter = meter_new(&j->want);
	if (j->live != NULL) {
		take_idle_time(j);	/* so that what cannot work shows now */
		if (j->status != 0)
			exit(1);
		sandbox_close(meter_dir(j->meter), metrics_dir(j->metrics));
		read_interface(j);
	} else {
		read_files(j);
	}
	meter_close(j->meter);
	write_metrics(j);
	if (j->verbose)
		report_all(j);
	status = j->live != NULL ? live_close(j->live) :
	    capture_close(j->capture);
	meter_free(j->meter);
	metrics_close(j->metrics);
	free(j->want.internal.net);
	return status != 0 ? status : j->status;
}

static void
set_internal(struct job *j, const char *text)
{
	const char *bad;

	free(j->want.internal.net);
	if (!nets_parse(&j->want.internal, text, &bad))
		errx(2, "-n: not a network: \"%s\"", bad);
}

static void
set_duplicates(struct job *j, const char *text)
{
	if (!num_fixed(text, strlen(text), 6, &j->want.duplicate_ns) ||
	    j->want.duplicate_ns < 0)
		errx(2, "-D: not a number of milliseconds: \"%s\"", text);
}

static void
set_more(struct job *j, const char *list)
{
	const char *bad = morecol_groups(&j->want.flows.more, list);

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
		j->want.flows.active_ns = num_option_s(c, arg, true);
		break;
	case 'D':
		set_duplicates(j, arg);
		break;
	case 'e':
		set_more(j, arg);
		break;
	case 'f':
		j->files.filter = j->interface.filter = arg;
		break;
	case 'K':
		if (strcmp(arg, "vlan") != 0)
			errx(2, "-K: not vlan: \"%s\"", arg);
		j->want.flows.vlans = true;
		break;
	case 'M':
		j->metrics_path = arg;
		break;
	case 'm':
		j->want.flows.most = (uint32_t)num_option(c, arg, 1,
		    UINT32_MAX - 1);
		break;
	case 'n':
		set_internal(j, arg);
		break;
	case 'S':
		meter_want_shard(&j->want, arg);
		break;
	case 't':
		j->want.flows.idle_ns = num_option_s(c, arg, true);
		break;
	case 'Z':
		j->user = arg;
		break;
	default:
		if (!set_live(&j->interface, c, arg) &&
		    !rotate_option(&j->want.output, c, arg))
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
	    (j->want.flows.features ? FLOWREC_MESSAGES : 0u) |
	    FLOWREC_MORE(j->want.flows.more.groups));
	for (size_t c = 0; c < choice.n; c++)
		made[c] = choice.col[c]->about.name;
	cmdline_help(usage, NULL, 0, made, choice.n);
}

static void
set_option(struct job *j, int c, const char *arg)
{
	switch (c) {
	case 'a':
		j->want.all_protocols = true;
		break;
	case 'b':
		j->want.flows.features = false;
		break;
	case 'h':
		help(j);
	case 'L':
		j->files.list = true;
		break;
	case 'p':
		j->want.packets = true;
		break;
	case 'T':
		j->want.tunnels = true;
		break;
	case 'V':
		cmdline_version();
	case 'v':
		j->verbose = true;
		break;
	default:
		set_value(j, c, arg);
	}
}

/* What goes with what; given: the letters that occurred. */
static void
check_options(const struct job *j, const char *given, bool operands)
{
	bool is_live = j->interface.interface != NULL;

	if (operands && (j->files.list || is_live))
		errx(2, "files do not go with -%c", is_live ? 'i' : 'L');
	if (j->files.list && is_live)
		errx(2, "-L does not go with -i");
	for (const char *c = "BwxZ"; *c != '\0' && !is_live; c++)
		if (strchr(given, *c) != NULL)
			errx(2, "-%c needs -i", *c);
	for (const char *c = "CG"; *c != '\0' && !j->want.output.pattern; c++)
		if (strchr(given, *c) != NULL)
			errx(2, "-%c needs -o", *c);
}

int
main(int argc, char **argv)
{
	struct job job = {
		.want = {
			.flows = {
				.idle_ns = default_idle_s * NS_PER_S,
				.active_ns = TIME_INF, .features = true
			},
			.duplicate_ns = -1
		},
		.interface = {.snaplen = LIVE_SNAPLEN,
		    .buffer_mib = LIVE_BUFFER_MIB, .promiscuous = true}
	};
	char given[128] = "";
	size_t n = 0;
	int c;

	set_internal(&job, NULL);
	while ((c = cmdline_getopt(argc, argv,
	    "A:aB:bC:D:e:f:G:hi:K:LM:m:n:o:pS:Tt:Vvw:xZ:")) != -1) {
		set_option(&job, c, optarg);
		if (strchr(given, c) == NULL)
			given[n++] = (char)c;
	}
	check_options(&job, given, optind < argc);
	job.files.files = argv + optind;
	return run(&job);
}
