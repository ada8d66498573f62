/*
 * skypeclass: tells Skype's flows from others.
 *
 * Reads flow records and adds `class`: voice, video or skypeout for calls,
 * sig for other Skype traffic, - for the rest; and `via`, what the verdict
 * rests on: the flow itself, its endpoint, or TCP beside known UDP.
 *
 * Calls are found flow by flow, by the tests of Bonfiglio et al., SIGCOMM
 * 2007 (lib/skype/chi2.h, lib/skype/bayes.h).  Signaling, mostly single packets, is
 * found by endpoint: what an endpoint sent in all its flows (lib/skype/endsums.h)
 * says whether it is a Skype client, and then all its traffic is Skype's.
 * So all input is read, and kept (lib/record/spool.h), before the first row is
 * written; with -E or -l, which say what the endpoints are, it is one pass.
 *
 * Memory: 16 bytes a flow, and what lib/skype/endpoints.h says.  A row that
 * contradicts itself is refused.
 */
#include <err.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/addr.h"
#include "skype/call.h"
#include "skype/endpoints.h"
#include "skype/endfile.h"
#include "base/mem.h"
#include "base/num.h"
#include "record/rec.h"
#include "skype/score.h"
#include "skype/sentmsgs.h"
#include "record/cmdline.h"

static const char usage[] =
	"usage: skypeclass [-aehkVvx] [-B belief] [-E file] [-H names] [-l file]\n"
	"\t[-P port] [-s bits] [file ...]\n";

enum {
	PROTO, SRC, SPORT, DST, DPORT, PKTS, RPKTS, BYTES, RBYTES,
	FEATURES		/* size rsize fun rfun nib rnib win rwin */
};

static const struct rec_need need[] = {
	{ "proto", NULL }, { "src", NULL }, { "sport", NULL },
	{ "dst", NULL }, { "dport", NULL },
	{ "pkts", NULL }, { "rpkts", NULL },
	{ "bytes", NULL }, { "rbytes", NULL },
	{ "size", NULL }, { "rsize", NULL },
	{ "fun", NULL }, { "rfun", NULL },
	{ "nib", NULL }, { "rnib", NULL },
	{ "win", NULL }, { "rwin", NULL }
};
enum { NEEDS = sizeof need / sizeof *need };

enum { CLASS, VIA, SCORE, EVIDENCE };

static const struct rec_col col[] = {
	{ "class", "", "sig, voice, video, skypeout; - if not Skype" },
	{ "via", "", "what says so: flow, endpoint, tcp" },
	{ "score", "bits", "how much likelier Skype is for its endpoint" },
	{ "chiid", "", "-x: largest chi-square of nibbles 1-4" },
	{ "chirest", "", "-x: largest chi-square of nibbles 7-16" },
	{ "chifun", "", "-x: least chi-square of nibbles 5, 6" },
	{ "chihead", "", "-x: least chi-square of nibbles 1-8" },
	{ "chitail", "", "-x: largest chi-square of nibbles 9-16" },
	{ "blen", "", "-x: log10 belief that lengths are a codec's" },
	{ "bgap", "", "-x: log10 belief that gaps are a codec's" },
	{ "fvoice", "%", "-x: messages with the voice function" },
	{ "fsig", "%", "-x: messages with a signaling function" },
	{ "fvideo", "%", "-x: messages of video size" },
	{ "eflows", "", "-x: source flows of the initiator's endpoint" },
	{ "esig", "", "-x: of these, like signaling" },
	{ "ecall", "", "-x: of these, calls" },
	{ "lrand", "bits", "-x: endpoint's likelihood ratio against random" },
	{ "lhead", "bits", "-x: against another protocol's header" },
	{ "rchiid", "", "-x: as chiid, of the responder" },
	{ "rchirest", "", "-x: as chirest, of the responder" },
	{ "rchifun", "", "-x: as chifun, of the responder" },
	{ "rchihead", "", "-x: as chihead, of the responder" },
	{ "rchitail", "", "-x: as chitail, of the responder" },
	{ "rblen", "", "-x: as blen, of the responder" },
	{ "rbgap", "", "-x: as bgap, of the responder" },
	{ "rfvoice", "%", "-x: as fvoice, of the responder" },
	{ "rfsig", "%", "-x: as fsig, of the responder" },
	{ "rfvideo", "%", "-x: as fvideo, of the responder" },
	{ "reflows", "", "-x: as eflows, of the responder" },
	{ "resig", "", "-x: as esig, of the responder" },
	{ "recall", "", "-x: as ecall, of the responder" },
	{ "rlrand", "bits", "-x: as lrand, of the responder" },
	{ "rlhead", "bits", "-x: as lhead, of the responder" }
};
enum { COLS = sizeof col / sizeof *col };

struct flow {
	bool tcp;
	struct addr end[2];		/* initiator, responder */
	uint16_t port[2];
	struct sentmsgs source[2];	/* what each sent */
	struct call_evidence evidence[2];
	enum call call;
};

/* What the second pass has to know of a row. */
struct row {
	uint32_t endpoint[2];
	uint8_t call;
	bool tcp;
};

/* A UDP flow on its way to the endpoints. */
struct pending {
	struct endpoint_place end[2];
	size_t row;			/* its number, if rows are kept */
	uint64_t pkts[2];
	struct sign sign[2];
	bool is_call;
};
enum { PENDING = 32 };

struct job {
	struct rec *r;
	struct call_rule rule;
	double bits;			/* score of Skype's endpoints */
	bool all, explain;
	struct endpoints endpoints;
	struct flow flow;
	struct row *row;
	size_t rows, cap;
	struct pending pending[PENDING];
	size_t n_pending;
};

static bool
read_tuple(struct rec *r, struct flow *f)
{
	struct rec_span proto = rec_get(r, PROTO);

	f->tcp = proto.n == 3 && memcmp(proto.s, "tcp", 3) == 0;
	if (!f->tcp && (proto.n != 3 || memcmp(proto.s, "udp", 3) != 0))
		return rec_bad(r, PROTO, "neither udp nor tcp");
	return rec_addr(r, SRC, &f->end[0]) && rec_port(r, SPORT, &f->port[0]) &&
	    rec_addr(r, DST, &f->end[1]) && rec_port(r, DPORT, &f->port[1]);
}

/* What one direction (0, or 1 for the responder's) sent. */
static bool
read_source(struct rec *r, struct flow *f, size_t d)
{
	struct sentmsgs *s = &f->source[d];
	uint64_t pkts, bytes;

	if (!rec_u64(r, PKTS + d, HIST_COUNT_MAX, &pkts) ||
	    !rec_u64(r, BYTES + d, HIST_COUNT_MAX, &bytes))
		return false;
	sentmsgs_begin(s, f->tcp, pkts, bytes);
	for (int c = MSGSTATS_SIZE; c <= MSGSTATS_WIN; c++) {
		size_t i = FEATURES + 2 * (size_t)c + d;
		struct rec_span v = rec_get(r, i);
		const char *bad = sentmsgs_read(s, (enum msgstats_column)c,
		    v.s, v.n);

		if (bad != NULL)
			return rec_bad(r, i, bad);
	}
	return true;
}

static bool
read_flow(struct job *j)
{
	struct flow *f = &j->flow;
	unsigned port = j->rule.skypeout_port;
	bool skypeout;

	if (!read_tuple(j->r, f) || !read_source(j->r, f, 0) ||
	    !read_source(j->r, f, 1))
		return false;
	skypeout = port == 0 || f->port[0] == port || f->port[1] == port;
	for (int d = 0; d < 2; d++)
		call_measure(&f->evidence[d], &f->source[d], &j->rule, skypeout);
	f->call = call_of(f->evidence[0].kind, f->evidence[1].kind);
	return true;
}

/* Adds what end d sent to what is known of it. */
static void
add_source(struct job *j, const struct pending *p, int d)
{
	struct sent_flow sent = {
		.to = p->end[1 - d].id, .msgs = p->pkts[d],
		.is_call = p->is_call, .is_answered = p->pkts[1 - d] > 0,
		.sign = p->sign[d], .answer = p->sign[1 - d]
	};

	if (sent.msgs > 0 && !addr_is_group(&p->end[d].addr))
		endpoints_add_flow(&j->endpoints, p->end[d].id, &sent);
}

/* Endpoints are looked up for many flows at once, so that memory is waited
 * for once. */
static void
add_pending(struct job *j, bool kept)
{
	struct endpoint_place place[2 * PENDING];
	size_t n = j->n_pending;

	for (size_t i = 0; i < n; i++)
		memcpy(&place[2 * i], j->pending[i].end,
		    sizeof j->pending[i].end);
	endpoints_add_all(&j->endpoints, place, 2 * n);
	for (size_t i = 0; i < n; i++) {
		struct pending *p = &j->pending[i];

		for (int d = 0; d < 2; d++) {
			p->end[d].id = place[2 * i + (size_t)d].id;
			if (kept)
				j->row[p->row].endpoint[d] = p->end[d].id;
		}
		for (int d = 0; d < 2; d++)
			add_source(j, p, d);
	}
	j->n_pending = 0;
}

/* The flow in hand, of row number `row`. */
static void
hold_flow(struct job *j, size_t row)
{
	const struct flow *f = &j->flow;
	struct pending *p = &j->pending[j->n_pending++];

	p->row = row;
	p->is_call = f->call != CALL_NONE;
	for (int d = 0; d < 2; d++) {
		p->end[d].addr = f->end[d];
		p->end[d].port = f->port[d];
		p->pkts[d] = f->source[d].pkts;
	}
	if (!p->is_call)
		sentmsgs_signs(f->source, p->sign);
}

static void
keep_row(struct job *j, const struct row *row)
{
	rec_keep(j->r);
	j->row = mem_grow(j->row, &j->cap, j->rows + 1, sizeof *j->row);
	j->row[j->rows++] = *row;
}

/* Reads all flows for their evidence. */
static void
gather(struct job *j, bool keep)
{
	while (rec_next(j->r)) {
		struct row row = { .endpoint = { ENDPOINT_NONE, ENDPOINT_NONE } };

		if (!read_flow(j))
			continue;
		row.call = (uint8_t)j->flow.call;
		row.tcp = j->flow.tcp;
		if (!row.tcp)
			hold_flow(j, j->rows);
		if (keep)
			keep_row(j, &row);
		if (j->n_pending == PENDING)
			add_pending(j, keep);
	}
	add_pending(j, keep);
}

enum { WIDTH = 24 };		/* of a number as text */

static void
set(struct job *j, size_t column, const char *text)
{
	rec_set(j->r, column, text, strlen(text));
}

/* The higher score of the ends that are Skype's, or of both if none is. */
static void
set_score(struct job *j, const struct row *row)
{
	static char text[WIDTH];
	const struct endpoints *e = &j->endpoints;
	bool any = endpoints_listed(e, row->endpoint[0]) ||
	    endpoints_listed(e, row->endpoint[1]);
	double best = -INFINITY;

	for (int d = 0; d < 2; d++) {
		double bits;

		if ((!any || endpoints_listed(e, row->endpoint[d])) &&
		    endpoints_score(&j->endpoints, row->endpoint[d], &bits))
			best = bits > best ? bits : best;
	}
	if (best > -INFINITY) {
		snprintf(text, sizeof text, "%.1f", floor(best * 10) / 10);
		set(j, SCORE, text);
	}
}

/* The verdict on a flow whose ends are these endpoints; is it Skype's? */
static bool
judge(struct job *j, const struct row *row)
{
	const struct endpoints *e = &j->endpoints;
	const struct addr *end = j->flow.end;

	if (row->call != CALL_NONE) {
		set(j, CLASS, call_name((enum call)row->call));
		set(j, VIA, "flow");
		return true;
	}
	if (!endpoints_listed(e, row->endpoint[0]) &&
	    !endpoints_listed(e, row->endpoint[1]) &&
	    !(row->tcp && endpoints_reached(e, &end[0], &end[1])))
		return false;
	set(j, CLASS, "sig");
	set(j, VIA, row->tcp ? "tcp" : "endpoint");
	return true;
}

/* Looks up the ends that pass one has not. */
static void
find_ends(struct job *j, struct row *row)
{
	const struct flow *f = &j->flow;

	for (int d = 0; d < 2; d++)
		if (row->endpoint[d] == ENDPOINT_NONE)
			row->endpoint[d] = endpoints_find(&j->endpoints,
			    &f->end[d], f->port[d]);
}

/*
 * Evidence.
 */

struct shown {
	struct job *job;
	size_t next;			/* column */
	char (*text)[WIDTH];
};

static void
show(struct shown *s, bool known, int decimals, double v)
{
	char *text = s->text[s->next];

	if (known) {
		snprintf(text, WIDTH, "%.*f", decimals, v);
		set(s->job, s->next, text);
	}
	s->next++;
}

static void
show_share(struct shown *s, uint64_t part, uint64_t all)
{
	show(s, all > 0, 1, all > 0 ? 100 * (double)part / (double)all : 0);
}

static void
show_source(struct shown *s, const struct sentmsgs *f,
    const struct call_evidence *e)
{
	bool chi2 = e->chi2.n > 0, windows = f->voice.windows > 0;

	show(s, chi2, 1, e->chi2.id);
	show(s, chi2, 1, e->chi2.rest);
	show(s, chi2, 1, e->chi2.fun);
	show(s, chi2, 1, e->chi2.head);
	show(s, chi2, 1, e->chi2.tail);
	show(s, windows, 2, e->belief.length);
	show(s, windows, 2, e->belief.gap);
	show_share(s, sentmsgs_voice(f), f->fun_n);
	show_share(s, sentmsgs_signaling(f), f->fun_n);
	show_share(s, f->video, f->sized);
}

static void
show_endpoint(struct shown *s, const struct endpoints *e, uint32_t id)
{
	struct endsums v = { .flows = 0 };
	struct score ratio;
	bool known = id != ENDPOINT_NONE;

	if (known)
		endpoints_evidence(e, id, &v);
	show(s, known, 0, (double)v.flows);
	show(s, known, 0, (double)v.sig);
	show(s, known, 0, (double)v.call);
	ratio = score_of(&v);
	show(s, known, 1, floor(ratio.random * 10) / 10);
	show(s, known, 1, floor(ratio.header * 10) / 10);
}

/* Sets the columns of -x; they stay until the next row. */
static void
explain(struct job *j, const struct row *row)
{
	static char text[COLS][WIDTH];
	struct shown s = { j, EVIDENCE, text };

	for (int d = 0; d < 2; d++) {
		show_source(&s, &j->flow.source[d], &j->flow.evidence[d]);
		show_endpoint(&s, &j->endpoints,
		    row->tcp ? ENDPOINT_NONE : row->endpoint[d]);
	}
}

static void
write_row(struct job *j, const struct row *row)
{
	if (!judge(j, row) && !j->all)
		return;
	set_score(j, row);
	if (j->explain)
		explain(j, row);
	rec_write(j->r);
}

/* The rows again, now that the endpoints are known. */
static void
replay(struct job *j)
{
	struct row *row = j->row;

	rec_replay(j->r);
	for (; rec_next(j->r); row++) {
		if (j->explain)
			read_flow(j);
		else if (row->endpoint[0] == ENDPOINT_NONE ||
		    row->endpoint[1] == ENDPOINT_NONE)
			read_tuple(j->r, &j->flow);
		find_ends(j, row);
		write_row(j, row);
	}
}

/* An address that a listed endpoint sends to: TCP may follow. */
static void
note_reach(struct job *j, const struct row *row)
{
	const struct flow *f = &j->flow;

	for (int d = 0; d < 2; d++)
		if (endpoints_listed(&j->endpoints, row->endpoint[d]) &&
		    f->source[d].pkts > 0)
			endpoints_reach(&j->endpoints, &f->end[d],
			    &f->end[1 - d]);
}

/* One pass, where lists say what the endpoints are. */
static void
filter(struct job *j)
{
	while (rec_next(j->r)) {
		struct row row = { .endpoint = { ENDPOINT_NONE, ENDPOINT_NONE } };

		if (!read_flow(j))
			continue;
		row.call = (uint8_t)j->flow.call;
		row.tcp = j->flow.tcp;
		find_ends(j, &row);
		if (!row.tcp)
			note_reach(j, &row);
		write_row(j, &row);
	}
}

static int
classify(struct job *j, bool listed)
{
	if (listed) {
		endpoints_decide(&j->endpoints, j->bits);
		filter(j);
	} else {
		gather(j, true);
		endpoints_decide(&j->endpoints, j->bits);
		replay(j);
	}
	return rec_close(j->r);
}

static int
evidence(struct job *j, bool header)
{
	gather(j, false);
	rec_wrote(j->r, endfile_write(&j->endpoints, rec_out(j->r),
	    header));
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

int
main(int argc, char **argv)
{
	static struct job job;
	struct rec_spec spec = {
		.need = need, .n_need = NEEDS, .col = col, .n_col = EVIDENCE
	};
	bool endpoints_only = false, listed = false, by_list = false;
	int c;

	job.bits = SCORE_SKYPE;
	job.rule = (struct call_rule){ CALL_BELIEF, CALL_SKYPEOUT_PORT };
	endpoints_init(&job.endpoints);
	while ((c = getopt(argc, argv, "aB:eE:hH:kl:P:s:Vvx")) != -1)
		switch (c) {
		case 'a':
			job.all = true;
			break;
		case 'B':
			job.rule.belief = real_option('B', optarg,
			    BAYES_FLOOR, 0);
			break;
		case 'e':
			endpoints_only = spec.own_output = true;
			break;
		case 'E':
			endfile_read(&job.endpoints, optarg);
			listed = true;
			break;
		case 'h':
			cmdline_help(usage, need, NEEDS, col, COLS);
		case 'l':
			endfile_read_list(&job.endpoints, optarg);
			by_list = true;
			break;
		case 'P':
			job.rule.skypeout_port = (unsigned)num_option('P',
			    optarg, 0, UINT16_MAX);
			break;
		case 's':
			job.bits = real_option('s', optarg, -1000, 1000);
			break;
		case 'x':
			job.explain = true;
			spec.n_col = COLS;
			break;
		default:
			cmdline_filter(c, usage, &spec);
		}
	if (endpoints_only && (job.all || job.explain || by_list))
		errx(2, "-e goes with none of -a, -l, -x");
	job.r = rec_open(argv + optind, &spec);
	if (endpoints_only)
		return evidence(&job, spec.columns == NULL);
	return classify(&job, listed || by_list);
}
