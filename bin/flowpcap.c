/*
 * flowpcap: the packets of flows.
 *
 * Reads flow records, flow(5), of which it needs the tuple, start and end,
 * and then captures, and writes those packets that belong to these flows, in
 * the order in which they come, as a capture: a packet belongs to a flow if
 * it has the flow's tuple, either way round, and came between its start and
 * its end, with -K vlan in the flow's VLANs.  Later fragments and ICMP errors
 * that quote a packet of the flow are written on request.
 *
 * The captures are read once and any number of them; memory is 100 bytes for
 * each flow that is asked for.  Written is the pcap format by libpcap's
 * dumper, with the link type of the captures, and nanoseconds if the first
 * has them; packets of two link types do not fit into one such file: that is
 * an error.  A capture that is damaged is read up to there, and the status
 * is 1.
 */
#define _DEFAULT_SOURCE		/* what pcap.h needs */
#include <pcap/pcap.h>

#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/num.h"
#include "base/progress.h"
#include "packet/capture.h"
#include "packet/decode.h"
#include "packet/linkname.h"
#include "record/cmdline.h"
#include "record/flowset.h"
#include "record/vlankey.h"
#include "record/word.h"

static const char usage[] =
"usage: flowpcap [-efhkTVv] [-H names] [-K vlan] flows capture ...\n";

enum { SRC, SPORT, DST, DPORT, PROTO, START, END, VLAN, RVLAN, NEEDS };

static const char *const need[NEEDS] = {
	[SRC] = "src", [SPORT] = "sport", [DST] = "dst", [DPORT] = "dport",
	[PROTO] = "proto", [START] = "start", [END] = "end",
	[VLAN] = "vlan", [RVLAN] = "rvlan"	/* with -K only */
};

enum { FRAMES = 32, SNAPLEN = 262144, LINK_ETHERNET_ = 1 };

/* How long behind a flow's end an ICMP error is still its. */
static const int64_t error_late_ns = 60 * NS_PER_S;

struct job {
	bool errors, fragments;		/* -e, -f: are wanted */
	bool tunnels, verbose;
	bool vlans;			/* -K */
	int64_t unit_ns;		/* times in the records are cut to it */
	struct flowset flows;
	struct decode *decode;
	bool nanoseconds;
	int link;			/* of the first packet written, or of
					   the first frame; -1: none yet */
	pcap_t *pcap;			/* what the dumper needs */
	pcap_dumper_t *dumper;
	uint64_t read, written;
};

/*
 * The flows.
 */

/* Records have 6 decimals, or 9: packets are compared as cut to them. */
static void
note_unit(struct job *j, struct rec_span start)
{
	const char *point = memchr(start.s, '.', start.n);

	if (point == NULL || start.s + start.n - point <= 7)
		j->unit_ns = 1000;
}

static bool
read_flow(struct job *j, struct rec *r)
{
	struct packet p = {.t_ns = 0};
	int64_t end;

	if (!rec_addr(r, SRC, &p.src) || !rec_addr(r, DST, &p.dst) ||
	    !rec_port(r, SPORT, &p.sport) || !rec_port(r, DPORT, &p.dport))
		return false;
	if (!word_proto_parse(rec_get(r, PROTO), &p.proto))
		return rec_bad(r, PROTO, WORD_PROTO_FAULT);
	if (!rec_time(r, START, &p.t_ns) || !rec_time(r, END, &end))
		return false;
	if (p.t_ns == TIME_NONE || end == TIME_NONE)
		return rec_bad(r, p.t_ns == TIME_NONE ? START : END,
		    "not a time");
	if (j->vlans && !vlankey_read(r, VLAN, RVLAN, &p.vlans))
		return false;
	note_unit(j, rec_get(r, START));
	flowset_add(&j->flows, &p, end);
	return true;
}

static int
read_flows(struct job *j, char *file, struct rec_spec *spec)
{
	char *files[] = {file, NULL};
	struct rec *r = rec_open(files, spec);

	while (rec_next(r))
		read_flow(j, r);
	flowset_seal(&j->flows);
	return rec_close(r);
}

/*
 * Writing.
 */

static void
check_output(struct job *j)
{
	FILE *f = pcap_dump_file(j->dumper);

	if (pcap_dump_flush(j->dumper) == 0 && !ferror(f))
		return;
	if (errno == EPIPE)
		exit(1);
	err(1, "<stdout>");
}

static void
open_dumper(struct job *j)
{
	FILE *f;

	j->pcap = pcap_open_dead_with_tstamp_precision(j->link < 0 ?
	    LINK_ETHERNET_ : j->link, SNAPLEN, j->nanoseconds ?
	    PCAP_TSTAMP_PRECISION_NANO : PCAP_TSTAMP_PRECISION_MICRO);
	if (j->pcap == NULL)
		errx(1, "out of memory");
	f = fdopen(dup(STDOUT_FILENO), "wb");
	if (f == NULL)
		err(1, "<stdout>");
	j->dumper = pcap_dump_fopen(j->pcap, f);
	if (j->dumper == NULL)
		errx(1, "<stdout>: %s", pcap_geterr(j->pcap));
}

static void
write_frame(struct job *j, const struct frame *f, const char *name)
{
	struct pcap_pkthdr h = {.caplen = f->caplen, .len = f->len};

	if (j->dumper == NULL) {
		j->link = f->link;
		open_dumper(j);
	}
	if (f->link != j->link)
		errx(1, "%s: packets of two link types, %s and %s: one "
		    "capture cannot hold both", name,
		    pcap_datalink_val_to_name(j->link),
		    pcap_datalink_val_to_name(f->link));
	/* The dumper writes tv_usec as it is: nanoseconds, if it has them. */
	h.ts.tv_sec = (time_t)(f->t_ns / NS_PER_S);
	h.ts.tv_usec = (suseconds_t)(f->t_ns % NS_PER_S /
	    (j->nanoseconds ? 1 : 1000));
	pcap_dump((u_char *)j->dumper, &h, f->data);
	if (ferror(pcap_dump_file(j->dumper)))
		check_output(j);
	j->written++;
}

/*
 * The captures.
 */

static uint32_t
vlans_of(const struct job *j, const struct frame *f)
{
	struct linkname name;

	if (!j->vlans)
		return 0;
	linkname_read(&name, f);
	return linkname_vlans(&name);
}

static bool
is_wanted(struct job *j, const struct frame *f)
{
	int64_t t_ns = f->t_ns - f->t_ns % j->unit_ns;
	uint32_t vlans = vlans_of(j, f);
	struct packet p, more;
	bool wanted = decode(j->decode, f, &p) == DECODE_FLOW &&
	    (!p.later_fragment || j->fragments);
	enum decode_extra extra;

	p.t_ns = t_ns;
	p.vlans = vlans;
	wanted = wanted && flowset_holds(&j->flows, &p, 0);
	while ((extra = decode_extra(j->decode, &more)) != DECODE_NO_EXTRA) {
		/* Fragments that came before their first are gone. */
		if (extra != DECODE_QUOTE || !j->errors || wanted)
			continue;
		more.t_ns = t_ns;
		more.vlans = vlans;
		wanted = flowset_holds(&j->flows, &more, error_late_ns);
	}
	return wanted;
}

static int
read_captures(struct job *j, char *const *files)
{
	struct capture_want want = {.files = files};
	struct capture *c = capture_open(&want);
	struct frame f[FRAMES];
	size_t n;

	j->nanoseconds = capture_decimals(c) == 9;
	progress_start("flowpcap", capture_size(c));
	while ((n = capture_frames(c, f, FRAMES)) > 0) {
		if (j->link < 0)
			j->link = f[0].link;
		for (size_t i = 0; i < n; i++)
			if (is_wanted(j, &f[i]))
				write_frame(j, &f[i], capture_name(c));
		j->read += n;
		progress_step(capture_bytes(c), j->read);
	}
	progress_end();
	return capture_close(c);
}

static int
run(struct job *j, char **operand, struct rec_spec *spec)
{
	int status;

	j->decode = decode_new(&(struct decode_want){
		.tunnels = j->tunnels, .quotes = j->errors,
		.all_protocols = true});
	status = read_flows(j, operand[0], spec);
	if (read_captures(j, operand + 1) != 0)
		status = 1;
	if (j->dumper == NULL)
		open_dumper(j);
	check_output(j);
	if (j->verbose)
		warnx("flows %zu, without a packet %zu; packets read %llu, "
		    "written %llu", j->flows.n, flowset_unmet(&j->flows),
		    (unsigned long long)j->read,
		    (unsigned long long)j->written);
	pcap_dump_close(j->dumper);
	pcap_close(j->pcap);
	flowset_free(&j->flows);
	decode_free(j->decode);
	return status;
}

static void
check_operands(int n, char *const *operand)
{
	bool from_stdin = false;

	if (n < 2)
		cmdline_usage(usage);
	for (int i = 0; i < n; i++) {
		bool is_stdin = strcmp(operand[i], "-") == 0;

		if (is_stdin && from_stdin)
			errx(2, "standard input cannot be read twice");
		from_stdin = from_stdin || is_stdin;
	}
	if (isatty(STDOUT_FILENO))
		errx(2, "a capture is not for the terminal: "
		    "flowpcap ... >file.pcap");
}

int
main(int argc, char **argv)
{
	struct rec_spec spec = {
		.need = need, .n_need = VLAN, .no_output = true
	};
	struct job j = {.unit_ns = 1, .link = -1};
	int c;

	while ((c = cmdline_getopt(argc, argv, "efH:hK:kTVv")) != -1)
		switch (c) {
		case 'e':
			j.errors = true;
			break;
		case 'f':
			j.fragments = true;
			break;
		case 'h':
			cmdline_help(usage, need, spec.n_need, NULL, 0);
		case 'K':
			if (strcmp(optarg, "vlan") != 0)
				errx(2, "-K: not vlan: \"%s\"", optarg);
			j.vlans = true;
			spec.n_need = NEEDS;
			break;
		case 'T':
			j.tunnels = true;
			break;
		case 'v':
			j.verbose = true;
			break;
		default:
			cmdline_filter(c, usage, &spec);
		}
	check_operands(argc - optind, argv + optind);
	return run(&j, argv + optind, &spec);
}
