/*
 * flowmerge: joins the pieces of flows.
 *
 * Reads flow records, flow(5), sorted by cid and start, as LC_ALL=C sort
 * leaves them, in which a flow may be in pieces: captures that were cut
 * anywhere and read apart, pieces of the active timeout or of a full table,
 * records made with a shorter idle timeout.  Pieces are disjoint sets of one
 * flow's packets.  Writes the records of the whole flows (paper, II); no
 * column is added.  Memory: one flow.
 *
 * A piece joins the one before it if it begins not more than the timeout
 * behind its end; behind FIN or RST only within 60 s and without S.  Times,
 * counters and histograms are put together, ask, reply, ask2 and turn where
 * the pieces leave no doubt.  Columns it does not know are those of the first
 * piece.  A record that is joined with none is written as it came.
 */
#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/num.h"
#include "record/cmdline.h"
#include "record/flowjoin.h"
#include "record/flowrec.h"
#include "record/morejoin.h"
#include "record/rec.h"

static const char usage[] =
"usage: flowmerge [-hkVv] [-H names] [-t seconds] [file ...]\n";

static const int64_t default_idle_s = 200;	/* paper, II */

enum { OTHER = -1 };		/* a column that is no flow's */

/* A piece, or the pieces joined so far. */
struct piece {
	struct flow flow;
	char *line;			/* of the first piece */
	size_t n, cap;
	bool joined;			/* the line is no longer it, … */
	struct text {
		char *s;
		size_t n, cap;
		bool lost;		/* it is "-", whatever comes */
	} more[FLOWREC_COLUMNS];	/* … and these are further columns */
};

struct job {
	int64_t idle_ns;
	struct rec_spec spec;
	struct rec *in;
	int *column;			/* of each in the layout: enum
					   flowrec_column, or OTHER */
	size_t place[FLOWREC_COLUMNS];	/* of a flow's column in the layout;
					   SIZE_MAX: it is not there */
	unsigned decimals;		/* of times; 0 before the first row */
	char *cid;			/* of the last row, … */
	size_t cid_n, cid_cap;
	int64_t start;			/* … and its start */
	bool same_cid;			/* as the row before */
	bool any;
	struct piece held, next;
};

/*
 * Pieces.
 */

static bool
belongs(const struct job *j, const struct flow *a, const struct flow *b)
{
	bool syn = ((b->flags[0] | b->flags[1]) & FLAG_S) != 0;

	if (!flowjoin_is_pair(a, b))
		return false;
	return flow_continues((enum flow_why)a->why,
	    b->start - flow_end(a), syn, j->idle_ns);
}

/*
 * Rows.
 */

/* Makes out which columns are a flow's. */
static void
find_flow_columns(struct job *j)
{
	size_t width = rec_width(j->in);

	j->column = mem_alloc(width, sizeof *j->column);
	for (size_t c = 0; c < FLOWREC_COLUMNS; c++)
		j->place[c] = SIZE_MAX;
	for (size_t k = 0; k < width; k++) {
		const char *name = rec_name(j->in, k);
		enum flowrec_column c = flowrec_find(name, strlen(name));

		j->column[k] = c == COL_CID || c == FLOWREC_COLUMNS ?
		    OTHER : (int)c;
		if (j->column[k] != OTHER)
			j->place[c] = k;
	}
}

static bool
bad_piece(struct job *j, enum flowrec_column c, const char *what)
{
	return rec_bad(j->in, (size_t)c, what);
}

/* Do the columns of one row agree? */
static bool
check_piece(struct job *j, const struct flow *f)
{
	int64_t end;

	if (f->pkts[FORWARD] == 0 && f->pkts[REVERSE] == 0)
		return bad_piece(j, COL_PKTS, "a flow without a first packet");
	if (f->pkts[FORWARD] > 0 && f->last[FORWARD] < f->start)
		return bad_piece(j, COL_LAST, "not behind start");
	if (f->pkts[REVERSE] > 0 && f->last[REVERSE] < f->start)
		return bad_piece(j, COL_RLAST, "not behind start");
	if (!rec_time(j->in, COL_END, &end))
		return false;
	if (end != flow_end(f))
		return bad_piece(j, COL_END, "neither last nor rlast");
	return true;
}

static bool
read_piece(struct job *j, struct flow *f)
{
	size_t width = rec_width(j->in);

	flow_clear(f, NULL);
	flowrec_clear(f);
	for (size_t k = 0; k < width; k++) {
		const char *what;

		if (j->column[k] == OTHER)
			continue;
		what = flowrec_parse(f, (enum flowrec_column)j->column[k],
		    rec_column(j->in, k));
		if (what != NULL)
			return rec_bad_column(j->in, k, what);
	}
	return check_piece(j, f);
}

static void
keep_line(struct job *j, struct piece *p)
{
	struct rec_span line = rec_line(j->in);

	p->line = mem_grow(p->line, &p->cap, line.n, 1);
	memcpy(p->line, line.s, line.n);
	p->n = line.n;
	p->joined = false;
}

/* Decimals are those of the first row. */
static void
note_decimals(struct job *j)
{
	struct rec_span v = rec_get(j->in, COL_START);
	const char *point = memchr(v.s, '.', v.n);

	if (j->decimals == 0)
		j->decimals = point != NULL && v.s + v.n - point > 7 ? 9 : 6;
}

/* Sorting whole lines orders by cid, then start. */
static bool
check_order(struct job *j, const struct flow *f)
{
	struct rec_span cid = rec_get(j->in, COL_CID);
	size_t n = cid.n < j->cid_n ? cid.n : j->cid_n;
	int c = n > 0 ? memcmp(j->cid, cid.s, n) : 0;

	if (c == 0)
		c = (j->cid_n > cid.n) - (j->cid_n < cid.n);
	if (c > 0)
		return bad_piece(j, COL_CID, "input is not sorted by cid");
	if (c == 0 && f->start < j->start)
		return bad_piece(j, COL_START, "input is not sorted by start");
	if (c < 0) {
		j->cid = mem_grow(j->cid, &j->cid_cap, cid.n, 1);
		memcpy(j->cid, cid.s, cid.n);
		j->cid_n = cid.n;
	}
	j->start = f->start;
	j->same_cid = c == 0;
	return true;
}

static void
write_joined(struct job *j, struct piece *p)
{
	struct out *o = rec_out(j->in);
	const char *s = p->line, *end = p->line + p->n;
	size_t width = rec_width(j->in);

	for (size_t k = 0; k < width; k++) {
		const char *tab = memchr(s, '\t', (size_t)(end - s));

		if (k > 0)
			out_char(o, '\t');
		if (j->column[k] == OTHER)
			out_mem(o, s, (size_t)((tab ? tab : end) - s));
		else if (morejoin_knows((enum flowrec_column)j->column[k]))
			out_mem(o, p->more[j->column[k]].s,
			    p->more[j->column[k]].n);
		else
			flowrec_write_column(o, &p->flow,
			    (enum flowrec_column)j->column[k], j->decimals);
		s = tab ? tab + 1 : end;
	}
}

static void
write_piece(struct job *j, struct piece *p)
{
	if (p->joined)
		write_joined(j, p);
	else
		out_mem(rec_out(j->in), p->line, p->n);
	out_char(rec_out(j->in), '\n');
	rec_wrote(j->in, 1);
}

/* Column k of the held piece, which is no joined one. */
static struct rec_span
held_column(const struct job *j, size_t k)
{
	struct rec_span v = {j->held.line, 0};
	const char *end = v.s + j->held.n;

	for (; k > 0; k--)
		v.s = (const char *)memchr(v.s, '\t', (size_t)(end - v.s)) + 1;
	while (v.s + v.n < end && v.s[v.n] != '\t')
		v.n++;
	return v;
}

/* One further column of the two pieces together.  Such text is short, unless
 * somebody means harm. */
static void
join_column(struct job *j, struct morejoin *m, enum flowrec_column c)
{
	static struct out text;		/* in memory, never flushed */
	struct text *held = &j->held.more[c];
	size_t twin = j->place[morejoin_twin(c, m->turned)];
	struct rec_span a = {held->s, held->n}, b = {"-", 1};

	if (!j->held.joined) {
		a = held_column(j, j->place[c]);
		held->lost = false;
	}
	if (held->lost)
		return;
	if (twin != SIZE_MAX)
		b = rec_column(j->in, twin);
	text.n = 0;
	if (a.n + b.n > OUT_SIZE / 4) {
		out_char(&text, '-');
		m->lost = true;
	} else {
		morejoin_write(&text, m, c, a, b);
	}
	held->lost = m->lost;
	held->s = mem_grow(held->s, &held->cap, text.n, 1);
	memcpy(held->s, text.buf, text.n);
	held->n = text.n;
}

/* Before the flows are joined. */
static void
join_more(struct job *j)
{
	struct morejoin m = {
		&j->held.flow, &j->next.flow, j->decimals,
		flowjoin_is_turned(&j->held.flow, &j->next.flow), false
	};

	for (size_t c = COL_VLAN; c < FLOWREC_COLUMNS; c++)
		if (j->place[c] != SIZE_MAX)
			join_column(j, &m, (enum flowrec_column)c);
}

static void
join_piece(struct job *j)
{
	int side = flowjoin_overflows(&j->held.flow, &j->next.flow);

	if (side >= 0) {
		bad_piece(j, side == FORWARD ? COL_PKTS : COL_RPKTS,
		    "the pieces' counts add up to more than 2^53");
		return;
	}
	join_more(j);
	flowjoin(&j->held.flow, &j->next.flow);
	j->held.joined = true;
}

static void
take_piece(struct job *j)
{
	struct piece swap;

	if (!read_piece(j, &j->next.flow) || !check_order(j, &j->next.flow))
		return;
	note_decimals(j);
	if (j->any && j->same_cid && belongs(j, &j->held.flow, &j->next.flow)) {
		join_piece(j);
		return;
	}
	if (j->any)
		write_piece(j, &j->held);
	keep_line(j, &j->next);
	swap = j->held;
	j->held = j->next;
	j->next = swap;
	j->any = true;
}

static int
merge_files(struct job *j, char *const *files)
{
	int status;

	j->in = rec_open(files, &j->spec);
	find_flow_columns(j);
	if (j->spec.columns == NULL)
		rec_layout_header(j->in, rec_out(j->in));
	while (rec_next(j->in))
		take_piece(j);
	if (j->any)
		write_piece(j, &j->held);
	status = rec_close(j->in);
	flow_clear(&j->held.flow, NULL);
	flow_clear(&j->next.flow, NULL);
	free(j->held.line);
	free(j->next.line);
	for (size_t c = 0; c < FLOWREC_COLUMNS; c++) {
		free(j->held.more[c].s);
		free(j->next.more[c].s);
	}
	free(j->column);
	free(j->cid);
	return status;
}

int
main(int argc, char **argv)
{
	const char *need[FLOWREC_COLUMNS];
	struct flowrec_choice basic;
	struct job job = {
		.idle_ns = default_idle_s * NS_PER_S,
		.spec = {.need = need, .own_output = true}
	};
	int c;

	flowrec_choose(&basic, FLOWREC_BASIC);
	for (size_t i = 0; i < basic.n; i++)
		if (basic.col[i] != &flowrec_col[COL_UNREACH])
			need[job.spec.n_need++] = basic.col[i]->about.name;
	while ((c = cmdline_getopt(argc, argv, "H:hkt:Vv")) != -1)
		switch (c) {
		case 'h':
			cmdline_help(usage, need, job.spec.n_need, NULL, 0);
		case 't':
			job.idle_ns = num_option_s(c, optarg, true);
			break;
		default:
			cmdline_filter(c, usage, &job.spec);
		}

	return merge_files(&job, argv + optind);
}
