/*
 * skypeclass: tells Skype's flows from others.
 *
 * Reads flow records and adds `class`: voice, video or skypeout for calls,
 * sig for other Skype traffic, - for the rest; and `via`, what the verdict
 * rests on: the flow itself, its endpoint, or TCP beside known UDP.
 *
 * Calls are found flow by flow, by the tests of Bonfiglio et al., SIGCOMM
 * 2007 (lib/skype/call.h).  Signaling, mostly single packets, is found by
 * endpoint: what an endpoint sent in all its flows (lib/skype/endsums.h) says
 * whether it is a Skype client, and then all its traffic is Skype's.  So all
 * input is read, and kept (lib/record/spool.h), before the first row is
 * written; with -E or -l, which say what the endpoints are, it is one pass.
 *
 * Memory: 24 bytes a flow, and what lib/skype/endpoints.h says.  A row that
 * contradicts itself is refused.
 */
#include <err.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/num.h"
#include "record/cmdline.h"
#include "record/rec.h"
#include "skype/endfile.h"
#include "skype/endpoints.h"
#include "skype/flowbatch.h"
#include "skype/score.h"
#include "skype/skypeflow.h"
#include "skype/verdict.h"

static const char usage[] =
	"usage: skypeclass [-aehkpVvx] [-B belief] [-C year] [-E file]\n"
	"\t[-H names] [-l file] [-P port] [-s bits] [file ...]\n";

struct job {
	struct rec *r;
	struct call_rule rule;
	double bits;			/* score of Skype's endpoints */
	bool all, explain;
	struct endpoints endpoints;
	struct skypeflow flow;
	struct verdict_row *row;
	size_t rows, cap;
	struct flowbatch batch;
};

static const struct verdict_row unknown_row = {
	.endpoint = { ENDPOINT_NONE, ENDPOINT_NONE }
};

/* Reads the flow in hand; false where it was bad and dropped. */
static bool
read_row(struct job *j, struct verdict_row *row)
{
	if (!skypeflow_read(&j->flow, j->r, &j->rule))
		return false;
	*row = unknown_row;
	row->call = j->flow.call;
	row->tcp = j->flow.tcp;
	row->other = j->flow.other;
	return true;
}

static void
keep_row(struct job *j, const struct verdict_row *row)
{
	rec_keep(j->r);
	j->row = mem_grow(j->row, &j->cap, j->rows + 1, sizeof *j->row);
	j->row[j->rows] = *row;
	j->row[j->rows++].length = (uint32_t)rec_line(j->r).n + 1;
}

/* Adds the flows held to the endpoints; their rows, if kept, learn the
 * numbers. */
static void
add_batch(struct job *j, bool kept)
{
	flowbatch_add(&j->batch, &j->endpoints);
	for (size_t i = 0; kept && i < j->batch.n; i++)
		for (int d = 0; d < 2; d++)
			j->row[j->batch.flow[i].row].endpoint[d] =
			    j->batch.flow[i].end[d].id;
	j->batch.n = 0;
}

/* Reads all flows for their evidence. */
static void
gather_evidence(struct job *j, bool keep)
{
	while (rec_next(j->r)) {
		struct verdict_row row;

		if (!read_row(j, &row))
			continue;
		if (!row.tcp)
			flowbatch_hold(&j->batch, &j->endpoints, &j->flow,
			    j->rows);
		if (keep)
			keep_row(j, &row);
		if (flowbatch_is_full(&j->batch))
			add_batch(j, keep);
	}
	add_batch(j, keep);
}

static void
write_row(struct job *j, const struct verdict_row *row)
{
	if (!verdict_set_class(j->r, row, &j->flow, &j->endpoints) && !j->all)
		return;
	verdict_set_score(j->r, row, &j->endpoints);
	if (j->explain)
		verdict_explain(j->r, row, &j->flow, &j->endpoints);
	rec_write(j->r);
}

/* Neither the flow nor its ends, which are known, make it Skype's. */
static bool
is_foreign(const struct job *j, const struct verdict_row *row)
{
	return row->call.alone == CALL_NONE && !row->tcp &&
	    !endpoints_listed(&j->endpoints, row->endpoint[0]) &&
	    !endpoints_listed(&j->endpoints, row->endpoint[1]);
}

/* The first row from this on that may be written. */
static size_t
skip_foreign(struct job *j, size_t from)
{
	size_t i = from;
	uint64_t bytes = 0;

	for (; i < j->rows && !j->all && is_foreign(j, &j->row[i]); i++)
		bytes += j->row[i].length;
	if (i > from)
		rec_skip(j->r, i - from, bytes);
	return i;
}

/* The rows again, now that the endpoints are known. */
static void
replay_rows(struct job *j)
{
	rec_replay(j->r);
	for (size_t i = 0;; i++) {
		struct verdict_row *row;

		i = skip_foreign(j, i);
		if (!rec_next(j->r))
			break;
		row = &j->row[i];
		if (j->explain)
			skypeflow_read(&j->flow, j->r, &j->rule);
		else if (row->endpoint[0] == ENDPOINT_NONE ||
		    row->endpoint[1] == ENDPOINT_NONE)
			skypeflow_read_ends(&j->flow, j->r);
		verdict_find_ends(row, &j->flow, &j->endpoints);
		write_row(j, row);
	}
}

/* An address that a listed endpoint sends to: TCP may follow. */
static void
note_reach(struct job *j, const struct verdict_row *row)
{
	const struct skypeflow *f = &j->flow;

	for (int d = 0; d < 2; d++)
		if (endpoints_listed(&j->endpoints, row->endpoint[d]) &&
		    f->source[d].pkts > 0)
			endpoints_reach(&j->endpoints, &f->end[d],
			    &f->end[1 - d]);
}

/* One pass, where lists say what the endpoints are. */
static void
filter_rows(struct job *j)
{
	while (rec_next(j->r)) {
		struct verdict_row row;

		if (!read_row(j, &row))
			continue;
		verdict_find_ends(&row, &j->flow, &j->endpoints);
		if (!row.tcp)
			note_reach(j, &row);
		write_row(j, &row);
	}
}

static int
classify(struct job *j, bool listed)
{
	if (!listed)
		gather_evidence(j, true);
	endpoints_decide(&j->endpoints, j->bits);
	if (listed)
		filter_rows(j);
	else
		replay_rows(j);
	return rec_close(j->r);
}

static int
write_evidence(struct job *j, bool header)
{
	gather_evidence(j, false);
	if (header)
		rec_list_header(j->r, endfile_col, endfile_cols);
	rec_wrote(j->r, endfile_write(&j->endpoints, rec_out(j->r)));
	return rec_close(j->r);
}

/* A number with up to 3 decimals. */
static double
real_option(int opt, const char *arg, int lo, int hi)
{
	int64_t v;

	if (!num_fixed(arg, strlen(arg), 3, &v) || v < lo * 1000 ||
	    v > hi * 1000)
		errx(2, "-%c: not a number from %d to %d: \"%s\"", opt, lo, hi,
		    arg);
	return (double)v / 1000;
}

/* Codecs by the year of their list: that of [8], or all since. */
static enum bayes_codecs
codecs_option(const char *year)
{
	if (strcmp(year, "2007") == 0)
		return BAYES_CODECS_2007;
	if (strcmp(year, "all") == 0)
		return BAYES_CODECS;
	errx(2, "-C: neither 2007 nor all: \"%s\"", year);
}

struct options {
	struct rec_spec spec;
	bool endpoints_only;		/* -e */
	bool evidence_given, list_given;	/* -E, -l */
};

/* What the options say; returns the number of the first operand. */
static int
read_options(struct job *j, struct options *o, int argc, char **argv)
{
	int c;

	while ((c = cmdline_getopt(argc, argv, "aB:C:eE:hH:kl:pP:s:Vvx")) != -1)
		switch (c) {
		case 'a':
			j->all = true;
			break;
		case 'B':
			j->rule.belief = real_option(c, optarg, BAYES_FLOOR, 0);
			break;
		case 'C':
			j->rule.codecs = codecs_option(optarg);
			break;
		case 'e':
			o->endpoints_only = o->spec.own_output = true;
			break;
		case 'E':
			endfile_read(&j->endpoints, optarg);
			o->evidence_given = true;
			break;
		case 'h':
			cmdline_help(usage, skypeflow_need, SKYPEFLOW_NEEDS,
			    verdict_col, VERDICT_ALL_COLS);
		case 'l':
			endfile_read_list(&j->endpoints, optarg);
			o->list_given = true;
			break;
		case 'p':
			j->rule.plain = true;
			j->rule.codecs = BAYES_CODECS_2007;
			break;
		case 'P':
			j->rule.skypeout_port = (unsigned)num_option(c, optarg,
			    0, UINT16_MAX);
			break;
		case 's':
			j->bits = real_option(c, optarg, -1000, 1000);
			break;
		case 'x':
			j->explain = true;
			o->spec.n_made = VERDICT_ALL_COLS;
			break;
		default:
			cmdline_filter(c, usage, &o->spec);
		}
	return optind;
}

int
main(int argc, char **argv)
{
	static struct job job;
	struct options o = {
		.spec = { .need = skypeflow_need, .n_need = SKYPEFLOW_NEEDS,
		    .made = verdict_col, .n_made = VERDICT_COLS }
	};
	int operands;

	job.bits = SCORE_SKYPE;
	job.rule = (struct call_rule){
		.belief = CALL_BELIEF, .skypeout_port = SKYPEMSG_OUT_PORT,
		.codecs = BAYES_CODECS
	};
	endpoints_init(&job.endpoints);
	operands = read_options(&job, &o, argc, argv);
	if (o.endpoints_only && (job.all || job.explain || o.list_given))
		errx(2, "-e goes with none of -a, -l, -x");
	job.r = rec_open(argv + operands, &o.spec);
	if (o.endpoints_only)
		return write_evidence(&job, o.spec.columns == NULL);
	return classify(&job, o.evidence_given || o.list_given);
}
