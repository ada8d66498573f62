/*
 * flowid: adds to flow records of other tools what pcap2flows writes by
 * itself: the Community ID of the 5-tuple (cid, seed 0, lib/record/cid.h),
 * which sorting and joining go by, and which of the two ends is internal
 * (dir).
 * Columns of these names are replaced in place, so a log's adapter may leave
 * them unknown.
 *
 * One pass; memory: one line and the list of networks.
 */
#include <err.h>
#include <string.h>
#include <unistd.h>

#include "base/addr.h"
#include "record/cid.h"
#include "record/endpair.h"
#include "flow/flow.h"
#include "record/rec.h"
#include "record/cmdline.h"
#include "record/word.h"

static const char usage[] =
	"usage: flowid [-hkVv] [-H names] [-n networks] [file ...]\n";

static const char *const need[] = { ENDPAIR_NEED };

enum { CID, DIR };

static const char *const made[] = {
	[CID] = "cid",
	[DIR] = "dir",
};

enum { NEEDS = sizeof need / sizeof *need, COLS = sizeof made / sizeof *made };

static const char *
direction_of_ends(const struct nets *internal, const struct endpair *e)
{
	return word_dir(flow_direction(nets_hold(internal, &e->src.addr),
	    nets_hold(internal, &e->dst.addr)));
}

static void
add_id(struct rec *r, const struct nets *internal)
{
	char cid[CID_TEXT];
	struct endpair e;
	const char *dir;
	int column = endpair_read(r, false, &e);

	if (column >= 0) {
		rec_bad(r, (size_t)column, endpair_fault(column));
		return;
	}
	cid_format(cid, &e.src.addr, &e.dst.addr, e.proto, e.src.port,
	    e.dst.port);
	dir = direction_of_ends(internal, &e);
	rec_set(r, CID, cid, strlen(cid));
	rec_set(r, DIR, dir, strlen(dir));
	rec_write(r);
}

static void
set_internal(struct nets *internal, const char *text)
{
	const char *bad;

	if (!nets_add(internal, text, &bad))
		errx(2, "-n: not a network: \"%s\"", bad);
}

/* Reads flow records and writes them with the columns cid and dir. */
int
main(int argc, char **argv)
{
	struct rec_spec spec = { .need = need, .n_need = NEEDS,
	    .made = made, .n_made = COLS };
	static struct nets internal;
	bool own_nets = false;
	struct rec *r;
	int c;

	while ((c = cmdline_getopt(argc, argv, "H:hkn:Vv")) != -1) {
		switch (c) {
		case 'h':
			cmdline_help(usage, need, NEEDS, made, COLS);
		case 'n':
			set_internal(&internal, optarg);
			own_nets = true;
			break;
		default:
			cmdline_filter(c, usage, &spec);
		}
	}
	if (!own_nets)
		set_internal(&internal, NULL);
	r = rec_open(argv + optind, &spec);
	while (rec_next(r))
		add_id(r, &internal);
	return rec_close(r);
}
