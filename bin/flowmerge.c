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
 */
#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/strtab.h"
#include "record/cmdline.h"
#include "record/flowjoin.h"
#include "record/flowrec.h"
#include "record/piece.h"
#include "record/rec.h"
#include "record/vlankey.h"

static const char usage[] =
"usage: flowmerge [-hkVv] [-H names] [-K vlan] [-t seconds] [file ...]\n";

static const int64_t default_idle_s = 200;	/* paper, II */

/* A piece that rows to come may belong to, or that waits for one before it. */
struct held {
	struct piece piece;
	uint32_t vlan;			/* place in job.open */
	struct held *next;
};

struct job {
	int64_t idle_ns;
	struct rec_spec spec;
	struct rec *in;
	struct piece_layout layout;
	char *cid;			/* of the last row, … */
	size_t cid_n, cid_cap;
	int64_t start;			/* … and its start */
	bool same_cid;			/* as the row before */
	struct held *first, **end;	/* pieces of this cid, by start */
	struct held *spare;

	bool by_vlan;			/* -K */
	size_t need_vlan;		/* the spec's need; behind it rvlan */
	struct strtab vlans;		/* met so far, and … */
	struct held **open;		/* … the latest piece of each, while it
					   is held */
	size_t n_open, open_cap;
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

/* May no row to come belong to it?  None begins before the last one. */
static bool
is_whole(const struct job *j, const struct held *h)
{
	const struct flow *f = &h->piece.flow;

	return j->open[h->vlan] != h || !flow_continues(
	    (enum flow_why)f->why, j->start - flow_end(f), false, j->idle_ns);
}

static void
hold_piece(struct job *j, struct held *h)
{
	h->next = NULL;
	if (j->first == NULL)
		j->end = &j->first;
	*j->end = h;
	j->end = &h->next;
	j->open[h->vlan] = h;
	piece_keep(&j->layout, &h->piece);
}

static void
put_back(struct job *j, struct held *h)
{
	h->next = j->spare;
	j->spare = h;
}

static void
write_first(struct job *j)
{
	struct held *h = j->first;

	piece_write(&j->layout, &h->piece);
	if (j->open[h->vlan] == h)
		j->open[h->vlan] = NULL;
	j->first = h->next;
	put_back(j, h);
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

/* The place in j->open of the row's VLANs; without -K there is one. */
static bool
find_vlan(struct job *j, uint32_t *place)
{
	uint32_t key;

	*place = 0;
	if (j->by_vlan) {
		if (!vlankey_read(j->in, j->need_vlan, j->need_vlan + 1, &key))
			return false;
		*place = strtab_add(&j->vlans, &key, sizeof key);
	}
	if (*place == j->n_open) {
		j->open = mem_grow(j->open, &j->open_cap, j->n_open + 1,
		    sizeof *j->open);
		j->open[j->n_open++] = NULL;
	}
	return true;
}

static void
take_piece(struct job *j)
{
	struct held *h, *open;

	if (j->spare == NULL)
		j->spare = mem_alloc(1, sizeof *j->spare);
	h = j->spare;
	j->spare = h->next;
	if (!piece_read(&j->layout, &h->piece) || !find_vlan(j, &h->vlan) ||
	    !check_order(j, &h->piece.flow)) {
		put_back(j, h);
		return;
	}
	while (!j->same_cid && j->first != NULL)
		write_first(j);
	open = j->open[h->vlan];
	if (open != NULL && belongs(j, &open->piece.flow, &h->piece.flow)) {
		piece_join(&j->layout, &open->piece, &h->piece);
		put_back(j, h);
	} else {
		hold_piece(j, h);
	}
	while (j->first != NULL && is_whole(j, j->first))
		write_first(j);
}

static void
free_job(struct job *j)
{
	for (struct held *h = j->spare, *next; h != NULL; h = next) {
		next = h->next;
		piece_free(&h->piece);
		free(h);
	}
	piece_layout_free(&j->layout);
	strtab_free(&j->vlans);
	free(j->open);
	free(j->cid);
}

static int
merge_files(struct job *j, char *const *files)
{
	int status;

	j->in = rec_open(files, &j->spec);
	piece_layout(&j->layout, j->in);
	strtab_init(&j->vlans);
	if (j->spec.columns == NULL)
		rec_layout_header(j->in, rec_out(j->in));
	while (rec_next(j->in))
		take_piece(j);
	while (j->first != NULL)
		write_first(j);
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

int
main(int argc, char **argv)
{
	const char *need[FLOWREC_COLUMNS];
	struct job job = {
		.idle_ns = default_idle_s * NS_PER_S,
		.spec = {.own_output = true}
	};
	int c;

	need_basic(&job.spec, need);
	while ((c = cmdline_getopt(argc, argv, "H:hK:kt:Vv")) != -1)
		switch (c) {
		case 'h':
			cmdline_help(usage, need, job.spec.n_need, NULL, 0);
		case 'K':
			need_vlans(&job, need, optarg);
			break;
		case 't':
			job.idle_ns = num_option_s(c, optarg, true);
			break;
		default:
			cmdline_filter(c, usage, &job.spec);
		}

	return merge_files(&job, argv + optind);
}
