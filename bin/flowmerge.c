/*
 * flowmerge: joins the pieces of flows.
 *
 * Reads flow records, flow(5), sorted by cid and start, as LC_ALL=C sort
 * leaves them, in which a flow may be in pieces: captures that were cut
 * anywhere and read apart, pieces of the active timeout or of a full table,
 * records made with a shorter idle timeout.  Pieces are disjoint sets of one
 * flow's packets.  Writes the records of the whole flows (paper, II); no
 * column is added.  Memory: one flow; with -K vlan those between the same
 * two ends that have begun while the oldest of them may go on.
 *
 * A piece joins the one before it if it begins not more than the timeout
 * behind its end; behind FIN or RST only within 60 s and without S.  Times,
 * counters and histograms are put together, ask, reply, ask2 and turn where
 * the pieces leave no doubt.  Columns it does not know are those of the first
 * piece.  A record that is joined with none is written as it came.
 *
 * With several timeouts the flows of one are the pieces of the next: levels,
 * each of which holds one flow.  A flow is written once, when it is joined or
 * ends, with the timeouts between which it is one.
 */
#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/strtab.h"
#include "flow/msgstats.h"
#include "record/cmdline.h"
#include "record/flowjoin.h"
#include "record/flowrec.h"
#include "record/piece.h"
#include "record/rec.h"
#include "record/vlankey.h"

static const char usage[] =
"usage: flowmerge [-hkVv] [-H names] [-K vlan] [-t seconds,...] [file ...]\n";

enum { IDLE, JOINS };

/* What more than one timeout makes. */
static const char *const made[] = {
	[IDLE] = "idle",
	[JOINS] = "joins"
};

enum { COLS = sizeof made / sizeof *made };

/* A piece that rows to come may belong to, or that waits for one before it. */
struct held {
	struct piece piece;
	uint32_t vlan;			/* place in level.open */
	const char *idle;		/* that joined it; NULL: none */
	struct held *next;
};

/* What a timeout holds of the cid in hand. */
struct level {
	const char *idle;		/* as it was given */
	int64_t idle_ns;
	struct held *first, **end;	/* pieces, by start */
	struct held **open;		/* the latest piece of each VLAN, while
					   it is held */
	size_t n_open, open_cap;
};

struct job {
	struct level *level;		/* by their timeouts */
	size_t levels, levels_cap;
	struct rec_spec spec;
	struct rec *in;
	struct piece_layout layout;
	char *cid;			/* of the last row, … */
	size_t cid_n, cid_cap;
	int64_t start;			/* … and its start */
	bool same_cid;			/* as the row before */
	struct held *spare;

	bool by_vlan;			/* -K */
	size_t need_vlan;		/* the spec's need; behind it rvlan */
	struct strtab vlans;		/* met so far */
};

/*
 * Pieces.
 */

static bool
belongs(const struct level *l, const struct flow *a, const struct flow *b)
{
	bool syn = ((b->flags[0] | b->flags[1]) & FLAG_S) != 0;

	if (!flowjoin_is_pair(a, b))
		return false;
	return flow_continues((enum flow_why)a->why,
	    b->start - flow_end(a), syn, l->idle_ns);
}

/* May nothing that begins at a time, or later, belong to it? */
static bool
is_whole(const struct level *l, const struct held *h, int64_t start)
{
	const struct flow *f = &h->piece.flow;

	return l->open[h->vlan] != h || !flow_continues(
	    (enum flow_why)f->why, start - flow_end(f), false, l->idle_ns);
}

static void
hold_piece(struct level *l, struct held *h)
{
	if (h->vlan >= l->n_open) {
		l->open = mem_grow(l->open, &l->open_cap, h->vlan + 1,
		    sizeof *l->open);
		while (l->n_open <= h->vlan)
			l->open[l->n_open++] = NULL;
	}
	h->next = NULL;
	if (l->first == NULL)
		l->end = &l->first;
	*l->end = h;
	l->end = &h->next;
	l->open[h->vlan] = h;
}

static void
put_back(struct job *j, struct held *h)
{
	h->next = j->spare;
	j->spare = h;
}

/* joins: the timeout from which on it is a flow no longer, or NULL. */
static void
write_flow(struct job *j, struct held *h, const char *joins)
{
	struct out *o = rec_out(j->in);

	piece_write(&j->layout, &h->piece);
	if (j->levels > 1) {
		out_char(o, '\t');
		out_str(o, h->idle == NULL ? "-" : h->idle);
		out_char(o, '\t');
		out_str(o, joins == NULL ? "-" : joins);
	}
	out_char(o, '\n');
	rec_wrote(j->in, 1);
}

/* Puts b to a, of the same flow for a level. */
static void
join(struct job *j, const struct level *l, struct held *a, struct held *b)
{
	if (j->levels > 1) {
		if (a->idle != l->idle)
			write_flow(j, a, l->idle);
		write_flow(j, b, l->idle);
		a->idle = l->idle;
	}
	piece_join(&j->layout, &a->piece, &b->piece);
	put_back(j, b);
}

static void
take_piece(struct job *j, struct level *l, struct held *h)
{
	struct held *open = h->vlan < l->n_open ? l->open[h->vlan] : NULL;

	if (open != NULL && belongs(l, &open->piece.flow, &h->piece.flow))
		join(j, l, open, h);
	else
		hold_piece(l, h);
}

/* The first that a level holds is a flow. */
static void
pass_first(struct job *j, struct level *l)
{
	struct held *h = l->first;

	l->first = h->next;
	if (l->open[h->vlan] == h)
		l->open[h->vlan] = NULL;
	if (l + 1 < j->level + j->levels) {
		take_piece(j, l + 1, h);
	} else {
		write_flow(j, h, NULL);
		put_back(j, h);
	}
}

/* What is whole, now that no row begins before the last one. */
static void
pass_whole(struct job *j)
{
	int64_t start = j->start;

	for (struct level *l = j->level; l < j->level + j->levels; l++) {
		while (l->first != NULL && is_whole(l, l->first, start))
			pass_first(j, l);
		if (l->first != NULL)
			start = l->first->piece.flow.start;
	}
}

static void
pass_all(struct job *j)
{
	for (struct level *l = j->level; l < j->level + j->levels; l++)
		while (l->first != NULL)
			pass_first(j, l);
}

/*
 * Rows.
 */

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
		return rec_bad(j->in, COL_CID, "input is not sorted by cid");
	if (c == 0 && f->start < j->start)
		return rec_bad(j->in, COL_START,
		    "input is not sorted by start");
	if (c < 0) {
		j->cid = mem_grow(j->cid, &j->cid_cap, cid.n, 1);
		memcpy(j->cid, cid.s, cid.n);
		j->cid_n = cid.n;
	}
	j->start = f->start;
	j->same_cid = c == 0;
	return true;
}

/* The number of the row's VLANs; without -K all have one. */
static bool
find_vlan(struct job *j, uint32_t *vlan)
{
	uint32_t key;

	*vlan = 0;
	if (!j->by_vlan)
		return true;
	if (!vlankey_read(j->in, j->need_vlan, j->need_vlan + 1, &key))
		return false;
	*vlan = strtab_add(&j->vlans, &key, sizeof key);
	return true;
}

static void
take_row(struct job *j)
{
	struct held *h;

	if (j->spare == NULL)
		j->spare = mem_alloc(1, sizeof *j->spare);
	h = j->spare;
	j->spare = h->next;
	if (!piece_read(&j->layout, &h->piece) || !find_vlan(j, &h->vlan) ||
	    !check_order(j, &h->piece.flow)) {
		put_back(j, h);
		return;
	}
	piece_keep(&j->layout, &h->piece);
	h->idle = NULL;
	if (!j->same_cid)
		pass_all(j);
	take_piece(j, j->level, h);
	pass_whole(j);
}

static void
free_job(struct job *j)
{
	for (struct held *h = j->spare, *next; h != NULL; h = next) {
		next = h->next;
		piece_free(&h->piece);
		free(h);
	}
	for (size_t i = 0; i < j->levels; i++)
		free(j->level[i].open);
	free(j->level);
	msgtally_reuse(false);
	piece_layout_free(&j->layout);
	strtab_free(&j->vlans);
	free(j->cid);
}

static void
write_header(struct job *j)
{
	struct out *o = rec_out(j->in);

	if (j->levels == 1) {
		rec_layout_header(j->in, o);
		return;
	}
	rec_mark(j->in, o);
	rec_layout_names(j->in, o);
	for (size_t i = 0; i < COLS; i++) {
		out_char(o, '\t');
		out_str(o, made[i]);
	}
	out_char(o, '\n');
}

static int
merge_files(struct job *j, char *const *files)
{
	int status;

	j->in = rec_open(files, &j->spec);
	for (size_t i = 0; i < COLS && j->levels > 1; i++)
		if (rec_find(j->in, made[i]) >= 0)
			errx(2, "-t: there is a column \"%s\"", made[i]);
	piece_layout(&j->layout, j->in);
	strtab_init(&j->vlans);
	msgtally_reuse(true);
	if (j->spec.columns == NULL)
		write_header(j);
	while (rec_next(j->in))
		take_row(j);
	pass_all(j);
	status = rec_close(j->in);
	free_job(j);
	return status;
}

/* The columns that are needed in any case. */
static void
need_basic(struct rec_spec *spec, const char **need)
{
	struct flowrec_choice basic;

	flowrec_choose(&basic, FLOWREC_BASIC);
	for (size_t i = 0; i < basic.n; i++)
		if (basic.col[i] != &flowrec_col[COL_UNREACH])
			need[spec->n_need++] = basic.col[i]->about.name;
	spec->need = need;
}

static void
need_vlans(struct job *j, const char **need, const char *key)
{
	if (strcmp(key, "vlan") != 0)
		errx(2, "-K: not vlan: \"%s\"", key);
	if (j->by_vlan)
		return;
	j->by_vlan = true;
	j->need_vlan = j->spec.n_need;
	need[j->spec.n_need++] = "vlan";
	need[j->spec.n_need++] = "rvlan";
}

/* -t: timeouts, parted by commas.  The text is cut up. */
static void
set_levels(struct job *j, int opt, char *list)
{
	char *idle, *rest = list;

	j->levels = 0;
	while ((idle = rest) != NULL) {
		struct level *l;

		rest = strchr(idle, ',');
		if (rest != NULL)
			*rest++ = '\0';
		j->level = mem_grow(j->level, &j->levels_cap, j->levels + 1,
		    sizeof *j->level);
		l = &j->level[j->levels++];
		*l = (struct level){ .idle = idle,
		    .idle_ns = num_option_s(opt, idle, true) };
		if (j->levels > 1 && l->idle_ns <= l[-1].idle_ns)
			errx(2, "-%c: no longer than the one before: \"%s\"",
			    opt, idle);
	}
}

int
main(int argc, char **argv)
{
	const char *need[FLOWREC_COLUMNS];
	struct job job = { .spec = {.own_output = true} };
	char idle[] = "200";		/* paper, II */
	int c;

	need_basic(&job.spec, need);
	set_levels(&job, 't', idle);
	while ((c = cmdline_getopt(argc, argv, "H:hK:kt:Vv")) != -1)
		switch (c) {
		case 'h':
			cmdline_help(usage, need, job.spec.n_need, made, COLS);
		case 'K':
			need_vlans(&job, need, optarg);
			break;
		case 't':
			set_levels(&job, c, optarg);
			break;
		default:
			cmdline_filter(c, usage, &job.spec);
		}

	return merge_files(&job, argv + optind);
}
