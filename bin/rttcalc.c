/*
 * rttcalc: adds the round-trip time of each flow, as seen from the monitor.
 *
 * The monitor stands at the edge of the internal network, so what it can
 * time is the outside half of the path (paper, section IV.B): for a flow
 * begun inside, from the initiator's last packet before the first reply to
 * that reply (columns ask, reply); for a flow begun outside, from the
 * responder's last packet before the initiator speaks again to that packet
 * (ask2, turn).  A flow with both or neither end internal counts as begun
 * inside.  Using the last packet before the answer keeps retransmissions
 * out.  "-" where nobody answered, and above a limit.
 *
 * One pass; memory: one line.
 */
#include <stdint.h>
#include <unistd.h>

#include "record/endpair.h"
#include "base/num.h"
#include "base/out.h"
#include "record/rec.h"
#include "record/cmdline.h"

static const char usage[] =
	"usage: rttcalc [-hkVv] [-H names] [-m seconds] [file ...]\n";

enum { NS_PER_US = 1000, DEFAULT_MOST_S = 10 };

enum { DIR, ASK, REPLY, ASK2, TURN };

static const char *const need[] = {
	[DIR] = "dir",
	[ASK] = "ask",
	[REPLY] = "reply",
	[ASK2] = "ask2",
	[TURN] = "turn",
};

static const char *const made[] = {
	"rtt"
};

enum { NEEDS = sizeof need / sizeof *need, COLS = sizeof made / sizeof *made };

/* Adds the time from one column's packet to the other's, if both are there
 * and it is neither negative nor above most_ns.  False: row dropped. */
static bool
set_rtt(struct rec *r, size_t from, size_t to, int64_t most_ns)
{
	static struct out text;		/* in memory, never flushed */
	int64_t asked, answered, rtt_ns;

	if (!rec_time(r, from, &asked) || !rec_time(r, to, &answered))
		return false;
	if (asked == TIME_NONE || answered == TIME_NONE)
		return true;
	rtt_ns = answered - asked;
	if (rtt_ns < 0 || rtt_ns > most_ns)
		return true;
	text.n = 0;
	out_fixed(&text, (rtt_ns + NS_PER_US / 2) / NS_PER_US, 3);
	rec_set(r, 0, text.buf, text.n);
	return true;
}

static bool
add_rtt(struct rec *r, int64_t most_ns)
{
	enum flow_dir dir;

	if (!endpair_dir(r, DIR, &dir))
		return false;
	if (dir == FLOW_IN)
		return set_rtt(r, ASK2, TURN, most_ns);
	return set_rtt(r, ASK, REPLY, most_ns);
}

/* Reads flow records and writes them with a column rtt. */
int
main(int argc, char **argv)
{
	struct rec_spec spec = { .need = need, .n_need = NEEDS,
	    .made = made, .n_made = COLS };
	int64_t most_ns = DEFAULT_MOST_S * NS_PER_S;
	struct rec *r;
	int c;

	while ((c = cmdline_getopt(argc, argv, "H:hkm:Vv")) != -1) {
		switch (c) {
		case 'h':
			cmdline_help(usage, need, NEEDS, made, COLS);
		case 'm':
			most_ns = num_option_s('m', optarg, true);
			break;
		default:
			cmdline_filter(c, usage, &spec);
		}
	}
	r = rec_open(argv + optind, &spec);
	while (rec_next(r))
		if (add_rtt(r, most_ns))
			rec_write(r);
	return rec_close(r);
}
