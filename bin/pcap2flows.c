/*
 * pcap2flows: flow records from packets.
 *
 * Reads captures, or an interface, and writes one record, flow(5), for each
 * UDP and TCP flow: its ends, times, packets, bytes, flags, and histograms
 * of its messages (paper, II; RFC 5103; reference [8] for the features).  One
 * pass.  Memory: 200 bytes for a flow of one packet that is held, up to 6 KiB
 * for a long one, so some 200 s of traffic; -m sets a bound.
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

#include "capture.h"
#include "decode.h"
#include "dedup.h"
#include "flowrec.h"
#include "flowtab.h"
#include "hash.h"
#include "num.h"
#include "out.h"
#include "progress.h"
#include "tool.h"

static const char usage[] =
"usage: pcap2flows [-bhLpTVv] [-A seconds] [-D ms] [-f filter] [-i interface]\n"
"                  [-m flows] [-n networks] [-S k/n] [-t seconds] [file ...]\n";

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

enum {
	PACKET_COLUMNS = sizeof packet_col / sizeof *packet_col,
	/* Without -D, -v looks for copies that come within this time … */
	SUSPECT_MS = 5,
	/* … and tells of more than one in so many packets. */
	SUSPECT_SHARE = 100
};

static const int64_t default_idle_s = 200;	/* paper, II */

struct job {
	struct flowtab_want want;
	struct capture_want input;
	struct nets internal;
	int64_t duplicate_ns;		/* -D; below 0: keep them */
	uint64_t shard, shards;		/* -S: shard of 0 … shards - 1 */
	bool packets;			/* -p */
	bool tunnels;			/* -T */
	bool verbose;			/* -v */

	struct capture *capture;
	struct decode *decode;
	struct dedup *dedup;		/* NULL: not needed */
	struct flowtab *table;
	struct out out;
	size_t columns;
	unsigned decimals;
	int64_t flushed_ns;		/* live: when output last left */

	uint64_t verdict[DECODE_VERDICTS];
	uint64_t duplicates, other_shard, in_flows;
};

/* For the signal handler alone. */
static struct capture *live;

static void
stop(int number)
{
	(void)number;
	capture_stop(live);
}

static enum flow_dir
direction(const struct job *j, const struct addr *src, const struct addr *dst)
{
	return flow_direction(nets_hold(&j->internal, src),
	    nets_hold(&j->internal, dst));
}

static void
write_flow(void *arg, struct flow *f)
{
	struct job *j = arg;

	f->dir = (uint8_t)direction(j, &f->src, &f->dst);
	flowrec_write(&j->out, f, j->columns, j->decimals);
}

static void
write_packet(struct job *j, const struct packet *p)
{
	struct out *o = &j->out;
	char text[ADDR_TEXT];

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
take_packet(struct job *j, const struct packet *p)
{
	if (j->shards > 1 && shard_of(p, j->shards) != j->shard) {
		j->other_shard++;
		return;
	}
	if (is_copy(j, p)) {
		j->duplicates++;
		if (j->duplicate_ns >= 0)
			return;
	}
	j->in_flows++;
	if (j->packets)
		write_packet(j, p);
	else
		flowtab_add(j->table, p);
}

static void
take_frame(struct job *j, const struct frame *frame)
{
	struct packet p;
	enum decode_verdict verdict = decode(j->decode, frame, &p);

	j->verdict[verdict]++;
	flowtab_tick(j->table, frame->t_ns);
	if (verdict == DECODE_FLOW)
		take_packet(j, &p);
}

/* Live, records leave within a second of their expiry. */
static void
flush_live(struct job *j, int64_t now_ns)
{
	if (now_ns - j->flushed_ns < NS_PER_S && now_ns >= j->flushed_ns)
		return;
	j->flushed_ns = now_ns;
	out_flush(&j->out);
}

static void
take_idle(struct job *j)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	flowtab_tick(j->table, now.tv_sec * NS_PER_S + now.tv_nsec);
	out_flush(&j->out);
}

static void
read_all(struct job *j)
{
	struct frame frame;
	enum capture_event event;
	uint64_t frames = 0;
	bool is_live = j->input.interface != NULL;

	if (!is_live)
		progress_start("pcap2flows", capture_size(j->capture));
	while ((event = capture_next(j->capture, &frame)) != CAPTURE_END) {
		if (event == CAPTURE_IDLE) {
			take_idle(j);
			continue;
		}
		take_frame(j, &frame);
		if (is_live)
			flush_live(j, frame.t_ns);
		else
			progress_step(capture_bytes(j->capture), ++frames);
	}
	flowtab_end(j->table);
	if (!is_live)
		progress_end();
}

static unsigned long long
number(uint64_t v)
{
	return v;
}

/* Every packet that was read is in one term. */
static void
account(const struct job *j)
{
	const uint64_t *v = j->verdict;
	uint64_t all = 0;
	uint64_t copies = j->duplicate_ns >= 0 ? j->duplicates : 0;

	for (int i = 0; i < DECODE_VERDICTS; i++)
		all += v[i];
	warnx("packets %llu = in flows %llu + not IP %llu + other transport "
	    "%llu + fragments without a first %llu + duplicates %llu + "
	    "other shard %llu + malformed %llu", number(all),
	    number(j->in_flows), number(v[DECODE_NOT_IP]),
	    number(v[DECODE_OTHER] + v[DECODE_UNREACHABLE]),
	    number(v[DECODE_ORPHAN]), number(copies),
	    number(j->other_shard), number(v[DECODE_MALFORMED]));
	if (v[DECODE_UNREACHABLE] > 0)
		warnx("of other transport %llu tell of a UDP port that is "
		    "unreachable", number(v[DECODE_UNREACHABLE]));
	if (j->duplicates * SUSPECT_SHARE <= all)
		return;
	if (j->duplicate_ns >= 0)
		warnx("more than 1 %% of the packets are duplicates");
	else
		warnx("%llu packets repeat another within %d ms: mirrored "
		    "twice? (-D %d)", number(j->duplicates), SUSPECT_MS,
		    SUSPECT_MS);
}

static void
catch_signals(void)
{
	struct sigaction action = {.sa_handler = stop};

	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
}

static void
set_up(struct job *j)
{
	j->capture = capture_open(&j->input);
	j->decimals = capture_decimals(j->capture);
	j->decode = decode_new(j->tunnels);
	if (j->duplicate_ns >= 0)
		j->dedup = dedup_new(j->duplicate_ns);
	else if (j->verbose)
		j->dedup = dedup_new(SUSPECT_MS * (NS_PER_S / 1000));
	j->columns = j->want.features ? FLOWREC_COLUMNS : FLOWREC_BASIC;
	j->table = flowtab_new(&j->want, write_flow, j);
	out_open(&j->out, STDOUT_FILENO, "<stdout>");
	if (j->packets)
		rec_header(&j->out, packet_col, PACKET_COLUMNS);
	else
		rec_header(&j->out, flowrec_col, j->columns);
	if (j->input.interface != NULL) {
		out_flush(&j->out);
		live = j->capture;
		catch_signals();
	}
}

static int
run(struct job *j)
{
	int status;

	set_up(j);
	read_all(j);
	out_close(&j->out);
	status = capture_close(j->capture);
	if (j->verbose)
		account(j);
	flowtab_free(j->table);
	if (j->dedup != NULL)
		dedup_free(j->dedup);
	decode_free(j->decode);
	return status;
}

static void
set_internal(struct job *j, const char *text)
{
	const char *bad;

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

static void
set_option(struct job *j, int c, const char *arg)
{
	switch (c) {
	case 'A':
		j->want.active_ns = num_option_s(c, arg, true);
		break;
	case 'D':
		set_duplicates(j, arg);
		break;
	case 'f':
		j->input.filter = arg;
		break;
	case 'i':
		j->input.interface = arg;
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
	default:
		tool_usage(usage);
	}
}

int
main(int argc, char **argv)
{
	struct job job = {
		.want = {default_idle_s * NS_PER_S, TIME_INF, 0, true},
		.duplicate_ns = -1
	};
	int c;

	set_internal(&job, NULL);
	while ((c = getopt(argc, argv, "A:bD:f:hi:Lm:n:pS:Tt:Vv")) != -1)
		switch (c) {
		case 'b':
			job.want.features = false;
			break;
		case 'h':
			tool_help(usage, NULL, 0, flowrec_col,
			    FLOWREC_COLUMNS);
		case 'L':
			job.input.list = true;
			break;
		case 'p':
			job.packets = true;
			break;
		case 'T':
			job.tunnels = true;
			break;
		case 'V':
			tool_version();
		case 'v':
			job.verbose = true;
			break;
		default:
			set_option(&job, c, optarg);
		}
	if (optind < argc && (job.input.list || job.input.interface))
		errx(2, "files do not go with -%c",
		    job.input.list ? 'L' : 'i');
	if (job.input.list && job.input.interface)
		errx(2, "-L does not go with -i");

	job.input.files = argv + optind;
	return run(&job);
}
