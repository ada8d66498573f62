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

#include "packet/pktcount.h"
#include "packet/capture.h"
#include "packet/decode.h"
#include "packet/dedup.h"
#include "record/flowrec.h"
#include "flow/flowtab.h"
#include "base/hash.h"
#include "packet/live.h"
#include "base/num.h"
#include "base/out.h"
#include "base/progress.h"
#include "record/rotate.h"
#include "packet/sandbox.h"
#include "record/cmdline.h"
#include "flow/writer.h"

static const char usage[] =
"usage: pcap2flows [-bhLpTVv] [-A seconds] [-D ms] [-f filter] [-m flows]\n"
"                  [-n networks] [-S k/n] [-t seconds]\n"
"                  [-o pattern [-C MiB] [-G seconds]]\n"
"                  [-i interface [-B MiB] [-w bytes] [-x] [-Z user] | file ...]\n";

static const struct rec_col packet_col[] = {
	{"time", "s", "time of the packet"},
	{"proto", "", "udp or tcp"},
	{"src", "", "address of the sender"},
	{"sport", "", "its port"},
	{"dst", "", "address of the receiver"},
	{"dport", "", "its port"},
	{"dir", "", "out, in, int or ext"},
	{"bytes", "B", "payload"},
};

/* Looked at together. */
enum { FRAMES = FLOWTAB_FORESEEN };

enum { PACKET_COLUMNS = sizeof packet_col / sizeof *packet_col };

static const int64_t default_idle_s = 200;	/* paper, II */
static const int64_t report_every_ns = 60 * NS_PER_S;

struct job {
	struct flowtab_want want;
	struct capture_want files;
	struct live_want interface;
	struct rotate_want output;
	const char *user;		/* -Z */
	struct nets internal;
	int64_t duplicate_ns;		/* -D; below 0: keep them */
	uint64_t shard, shards;		/* -S: shard of 0 … shards - 1 */
	bool packets;			/* -p */
	bool tunnels;			/* -T */
	bool verbose;			/* -v */

	struct capture *capture;	/* one of the two */
	struct live *live;
	struct decode *decode;
	struct dedup *dedup;		/* NULL: not needed */
	struct flowtab *table;
	struct writer *writer;
	struct rotate *rotate;
	struct out *out;
	size_t columns;
	unsigned decimals;
	int64_t flushed_ns;		/* live: when output last left … */
	int64_t reported_ns;		/* … and losses were last told */
	uint64_t records;		/* written */
	struct packet packet[FRAMES];	/* of the frames in hand */
	struct pktcount account;
};

/* For the signal handlers alone. */
static struct live *stoppable;
static volatile sig_atomic_t report_wanted;

static void
stop(int number)
{
	(void)number;
	live_stop(stoppable);
}

static void
want_report(int number)
{
	(void)number;
	report_wanted = 1;
}

static enum flow_dir
direction(const struct job *j, const struct addr *src, const struct addr *dst)
{
	return flow_direction(nets_hold(&j->internal, src),
	    nets_hold(&j->internal, dst));
}

static void
write_flow(void *arg, struct ended *ended)
{
	struct job *j = arg;
	struct full one;
	struct flow *f = ended_flow(ended, &one, j->want.features);

	f->dir = (uint8_t)direction(j, &f->src, &f->dst);
	rotate_record(j->rotate);
	flowrec_write(j->out, f, j->columns, j->decimals);
	j->records++;
}

static void
pass_flow(void *arg, const struct flowslot *e, enum flow_why why)
{
	struct job *j = arg;
	struct spare spare = {0};

	writer_put(j->writer, e, why);
	writer_spare(j->writer, &spare);
	flowtab_reuse(j->table, &spare);
}

static void
pass_feature(void *arg, struct msgstats *f)
{
	struct job *j = arg;

	writer_count(j->writer, f);
}

static void
write_packet(struct job *j, const struct packet *p)
{
	struct out *o = j->out;
	char text[ADDR_TEXT];

	rotate_record(j->rotate);
	j->records++;
	out_time(o, p->t_ns, j->decimals);
	out_char(o, '\t');
	out_str(o, flowrec_proto(p->proto));
	out_char(o, '\t');
	out_mem(o, text, addr_format(&p->src, text));
	out_char(o, '\t');
	out_u64(o, p->sport);
	out_char(o, '\t');
	out_mem(o, text, addr_format(&p->dst, text));
	out_char(o, '\t');
	out_u64(o, p->dport);
	out_char(o, '\t');
	out_str(o, flowrec_dir(direction(j, &p->src, &p->dst)));
	out_char(o, '\t');
	out_u64(o, p->length);
	out_char(o, '\n');
}

/* The shard of the two endpoints: fixed, and the same both ways. */
static uint64_t
shard_of(const struct packet *p, uint64_t shards)
{
	static const struct hash_key fixed = {{0, 0}};
	uint8_t end[2][18];

	memcpy(end[0], p->src.b, 16);
	memcpy(end[1], p->dst.b, 16);
	end[0][16] = (uint8_t)(p->sport >> 8);
	end[0][17] = (uint8_t)p->sport;
	end[1][16] = (uint8_t)(p->dport >> 8);
	end[1][17] = (uint8_t)p->dport;
	return (hash_bytes(&fixed, end[0], sizeof end[0]) +
	    hash_bytes(&fixed, end[1], sizeof end[1])) % shards;
}

/* With -D all that is equal is a copy; without, it is a suspicion only, and
 * of packets that say more than their length. */
static bool
is_copy(struct job *j, const struct packet *p)
{
	if (j->dedup == NULL)
		return false;
	if (j->duplicate_ns < 0 && (p->ip_id == 0 || p->checksum == 0))
		return false;
	return dedup_seen(j->dedup, p);
}

static void
take_packet(struct job *j, const struct packet *p,
    const struct flowtab_hint *hint)
{
	if (j->shards > 1 && shard_of(p, j->shards) != j->shard) {
		j->account.other_shard++;
		return;
	}
	if (is_copy(j, p)) {
		j->account.duplicates++;
		if (j->duplicate_ns >= 0)
			return;
	}
	j->account.in_flows++;
	if (j->packets)
		write_packet(j, p);
	else
		flowtab_put(j->table, p, hint);
}

/* All are decoded before the first is counted, so that memory is waited for
 * once. */
static void
take_frames(struct job *j, const struct frame *frame, size_t n)
{
	enum decode_verdict verdict[FRAMES];
	struct flowtab_hint hint[FRAMES];
	const struct packet *p = j->packet;
	size_t k = 0;

	for (size_t i = 0; i < n; i++) {
		verdict[i] = decode(j->decode, &frame[i], &j->packet[k]);
		k += verdict[i] == DECODE_FLOW;
	}
	flowtab_foresee(j->table, p, k, hint);
	k = 0;
	for (size_t i = 0; i < n; i++) {
		j->account.verdict[verdict[i]]++;
		rotate_tick(j->rotate, frame[i].t_ns);
		flowtab_tick(j->table, frame[i].t_ns);
		if (verdict[i] == DECODE_FLOW) {
			take_packet(j, &p[k], &hint[k]);
			k++;
		}
	}
}

static void
write_header(void *arg, struct out *o)
{
	struct job *j = arg;

	if (j->packets)
		rec_header(o, packet_col, PACKET_COLUMNS);
	else
		rec_header(o, flowrec_col, j->columns);
}

static void
read_files(struct job *j)
{
	struct frame frame[FRAMES];
	uint64_t frames = 0;
	size_t n;

	progress_start("pcap2flows", capture_size(j->capture));
	while ((n = capture_frames(j->capture, frame, FRAMES)) > 0) {
		take_frames(j, frame, n);
		frames += n;
		progress_step(capture_bytes(j->capture), frames);
	}
	flowtab_end(j->table);
	writer_end(j->writer);
	progress_end();
}

static void
report_losses(struct job *j)
{
	struct live_counts n = live_count(j->live);

	warnx("%s: received %llu, dropped by the kernel %llu, by the "
	    "interface %llu", j->interface.interface,
	    (unsigned long long)n.received, (unsigned long long)n.dropped,
	    (unsigned long long)n.missed);
}

static void
report_all(struct job *j)
{
	if (j->live != NULL)
		report_losses(j);
	pktcount_print(&j->account);
	warnx("records %llu, flows held %lu", (unsigned long long)j->records,
	    (unsigned long)flowtab_held(j->table));
}

/* Live, records leave within a second of their expiry. */
static void
look_around(struct job *j, int64_t now_ns)
{
	if (report_wanted) {
		report_wanted = 0;
		report_all(j);
	}
	if (now_ns - j->flushed_ns < NS_PER_S && now_ns >= j->flushed_ns)
		return;
	j->flushed_ns = now_ns;
	out_flush(j->out);
	if (now_ns - j->reported_ns < report_every_ns)
		return;
	if (j->verbose && j->reported_ns > 0)
		report_losses(j);
	else
		live_count(j->live);
	j->reported_ns = now_ns;
}

static void
take_idle(struct job *j)
{
	struct timespec now;
	int64_t now_ns;

	clock_gettime(CLOCK_REALTIME, &now);
	now_ns = now.tv_sec * NS_PER_S + now.tv_nsec;
	rotate_tick(j->rotate, now_ns);
	flowtab_tick(j->table, now_ns);
	look_around(j, now_ns);
}

static void
read_interface(struct job *j)
{
	struct frame frame;
	enum live_event event;

	while ((event = live_next(j->live, &frame)) != LIVE_END) {
		if (event == LIVE_IDLE) {
			take_idle(j);
			continue;
		}
		take_frames(j, &frame, 1);
		look_around(j, frame.t_ns);
	}
	flowtab_end(j->table);
	writer_end(j->writer);
}

static void
catch_signals(struct job *j)
{
	struct sigaction action = {.sa_handler = stop};

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
		j->capture = capture_open(&j->files);
		j->decimals = capture_decimals(j->capture);
		j->rotate = rotate_open(&j->output);
		return;
	}
	j->live = live_open(&j->interface);
	j->decimals = live_decimals(j->live);
	catch_signals(j);
	sandbox_drop(j->user);
	j->rotate = rotate_open(&j->output);
}

static void
set_up(struct job *j)
{
	j->columns = j->want.features ? FLOWREC_COLUMNS : FLOWREC_BASIC;
	j->output.header = write_header;
	j->output.arg = j;
	open_input(j);
	j->out = rotate_out(j->rotate);
	j->account.dropped = j->duplicate_ns >= 0;
	j->decode = decode_new(j->tunnels);
	if (j->duplicate_ns >= 0)
		j->dedup = dedup_new(j->duplicate_ns);
	else if (j->verbose)
		j->dedup = dedup_new(PKTCOUNT_SUSPECT_MS * (NS_PER_S / 1000));
	/* What a file gets is a matter of when it is written, and a sandbox has
	 * no threads. */
	j->writer = writer_new(write_flow, j, j->live != NULL ||
	    j->output.pattern != NULL);
	j->table = flowtab_new(&j->want,
	    &(struct flowtab_taker){pass_flow, pass_feature, j});
	if (j->live != NULL) {
		take_idle(j);		/* so that what cannot work shows now */
		sandbox_close(rotate_dir(j->rotate));
	}
}

static int
run(struct job *j)
{
	int status;

	set_up(j);
	if (j->live != NULL)
		read_interface(j);
	else
		read_files(j);
	rotate_close(j->rotate);
	if (j->verbose)
		report_all(j);
	status = j->live != NULL ? live_close(j->live) :
	    capture_close(j->capture);
	flowtab_free(j->table);
	if (j->dedup != NULL)
		dedup_free(j->dedup);
	decode_free(j->decode);
	free(j->internal.net);
	return status;
}

static void
set_internal(struct job *j, const char *text)
{
	const char *bad;

	free(j->internal.net);
	if (!nets_parse(&j->internal, text, &bad))
		errx(2, "-n: not a network: \"%s\"", bad);
}

/* k of n, from 1. */
static void
set_shard(struct job *j, const char *text)
{
	const char *slash = strchr(text, '/');

	if (slash == NULL ||
	    !num_u64(text, (size_t)(slash - text), UINT32_MAX, &j->shard) ||
	    !num_u64(slash + 1, strlen(slash + 1), UINT32_MAX, &j->shards) ||
	    j->shard < 1 || j->shard > j->shards)
		errx(2, "-S: not k/n with k from 1 to n: \"%s\"", text);
	j->shard--;
}

static void
set_duplicates(struct job *j, const char *text)
{
	if (!num_fixed(text, strlen(text), 6, &j->duplicate_ns) ||
	    j->duplicate_ns < 0)
		errx(2, "-D: not a number of milliseconds: \"%s\"", text);
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

static bool
set_output(struct rotate_want *want, int c, const char *arg)
{
	switch (c) {
	case 'C':
		want->bytes = num_option(c, arg, 1, UINT32_MAX) << 20;
		return true;
	case 'G':
		want->every_ns = NS_PER_S *
		    (int64_t)num_option(c, arg, 1, INT32_MAX);
		return true;
	case 'o':
		want->pattern = arg;
		return true;
	}
	return false;
}

static void
set_value(struct job *j, int c, const char *arg)
{
	switch (c) {
	case 'A':
		j->want.active_ns = num_option_s(c, arg, true);
		break;
	case 'D':
		set_duplicates(j, arg);
		break;
	case 'f':
		j->files.filter = j->interface.filter = arg;
		break;
	case 'm':
		j->want.most = (uint32_t)num_option(c, arg, 1,
		    UINT32_MAX - 1);
		break;
	case 'n':
		set_internal(j, arg);
		break;
	case 'S':
		set_shard(j, arg);
		break;
	case 't':
		j->want.idle_ns = num_option_s(c, arg, true);
		break;
	case 'Z':
		j->user = arg;
		break;
	default:
		if (!set_live(&j->interface, c, arg) &&
		    !set_output(&j->output, c, arg))
			cmdline_usage(usage);
	}
}

static void
set_option(struct job *j, int c, const char *arg)
{
	switch (c) {
	case 'b':
		j->want.features = false;
		break;
	case 'h':
		cmdline_help(usage, NULL, 0, flowrec_col, FLOWREC_COLUMNS);
	case 'L':
		j->files.list = true;
		break;
	case 'p':
		j->packets = true;
		break;
	case 'T':
		j->tunnels = true;
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
	for (const char *c = "CG"; *c != '\0' && !j->output.pattern; c++)
		if (strchr(given, *c) != NULL)
			errx(2, "-%c needs -o", *c);
}

int
main(int argc, char **argv)
{
	struct job job = {
		.want = {default_idle_s * NS_PER_S, TIME_INF, 0, true},
		.interface = {.snaplen = LIVE_SNAPLEN,
		    .buffer_mib = LIVE_BUFFER_MIB, .promiscuous = true},
		.duplicate_ns = -1
	};
	char given[128] = "";
	size_t n = 0;
	int c;

	set_internal(&job, NULL);
	while ((c = getopt(argc, argv,
	    "A:B:bC:D:f:G:hi:Lm:n:o:pS:Tt:Vvw:xZ:")) != -1) {
		set_option(&job, c, optarg);
		if (strchr(given, c) == NULL)
			given[n++] = (char)c;
	}
	check_options(&job, given, optind < argc);
	job.files.files = argv + optind;
	return run(&job);
}
