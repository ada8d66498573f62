/*
 * sigtag: tells probes, heartbeats and dialogs apart (paper, sections III.B
 * and III.C, table I), and finds pairs that meet at regular times.
 *
 * n is the number of packets that the flow's side sent, the side being its
 * internal end, or else the initiator.  A flow with n > 1 is a dialog; one
 * with n <= 1 is a probe if its pair has no other flow, else a heartbeat.
 * The kind of a pair is that of all its flows, or mix.  The period of a
 * pair with three flows or more is the median time from one start to the
 * next; the jitter is the median distance of those times from it, over it.
 * Rows whose class is not sig get "-" and do not count.  Of flows whose packets
 * were sampled nothing of this can be told: they are refused.
 *
 * Reads all before it writes: rows wait in an unlinked file in TMPDIR.
 * Memory: 12 bytes a row, 8 more of them while periods are worked out, and
 * about 70 a pair.  With -s, for input grouped by pair, one pass and the
 * rows of one pair.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/out.h"
#include "base/strtab.h"
#include "record/cmdline.h"
#include "record/endpair.h"
#include "record/groupcheck.h"
#include "record/pairtab.h"
#include "record/rec.h"

static const char usage[] =
	"usage: sigtag [-hksVv] [-g host] [-H names] [file ...]\n";

enum { START = ENDPAIR_COLUMNS, DIR, PKTS, RPKTS, CLASS };

static const char *const need[] = {
	ENDPAIR_NEED,
	[START] = "start",
	[DIR] = "dir",
	[PKTS] = "pkts",
	[RPKTS] = "rpkts",
	[CLASS] = "class",
};

enum { TAG, PAIR, PERIOD, JITTER };

static const char *const made[] = {
	[TAG] = "tag",
	[PAIR] = "pair",
	[PERIOD] = "period",
	[JITTER] = "jitter",
};

enum { NEEDS = sizeof need / sizeof *need, COLS = sizeof made / sizeof *made };

enum { NS_PER_MS = 1000000 };

/* A row as it was read.  One that does not count has a key only if it is
 * wanted and the row has ends. */
struct flow_row {
	bool counts;			/* class is sig */
	bool dialog;			/* n > 1 */
	int64_t start_ns;
	size_t key_n;
	uint8_t key[ENDPAIR_PAIR_BYTES];
};

struct how {
	bool hosts;			/* -g */
	int sampled;			/* the column; below 0: there is none */
};

enum { BATCH = 64, AHEAD = 16 };

/*
 * Reading.
 */

/* The protocol column and so on as a key.  False: the row is dropped. */
static bool
read_key(struct rec *r, const struct how *how, struct flow_row *flow)
{
	struct endpair ends;
	int fault = endpair_read(r, how->hosts, &ends);

	if (fault >= 0 && flow->counts)
		return rec_bad(r, (size_t)fault, endpair_fault(fault));
	flow->key_n = fault >= 0 ? 0 : endpair_pair(&ends, flow->key);
	return true;
}

/* Where only one packet of several was looked at, a dialog looks like a
 * probe.  False: the row is dropped. */
static bool
check_sampled(struct rec *r, int column)
{
	struct rec_span v;
	uint64_t n;

	if (column < 0)
		return true;
	v = rec_column(r, (size_t)column);
	if (span_is_unknown(v))
		return true;
	if (!num_u64(v.s, v.n, UINT64_MAX, &n))
		return rec_bad_column(r, (size_t)column, "not a count");
	return n <= 1 || rec_bad_column(r, (size_t)column,
	    "no tag holds on sampled packets");
}

/* False: the row is dropped. */
static bool
read_flow(struct rec *r, const struct how *how, bool want_key,
    struct flow_row *flow)
{
	enum flow_dir dir;
	uint64_t n;

	flow->counts = span_is(rec_get(r, CLASS), "sig");
	flow->key_n = 0;
	if (!flow->counts)
		return !want_key || read_key(r, how, flow);
	if (!check_sampled(r, how->sampled) ||
	    !endpair_dir(r, DIR, &dir) ||
	    !rec_u64(r, dir == FLOW_IN ? RPKTS : PKTS, UINT64_MAX, &n) ||
	    !rec_time(r, START, &flow->start_ns))
		return false;
	if (flow->start_ns == TIME_NONE)
		return rec_bad(r, START, "flow without a start");
	flow->dialog = n > 1;
	return read_key(r, how, flow);
}

/*
 * Writing.
 */

static void
set_word(struct rec *r, size_t column, const char *word)
{
	rec_set(r, column, word, strlen(word));
}

static void
set_kind(struct rec *r, const struct pairtab_pair *p, bool dialog)
{
	const char *single = p->flows == 1 ? "probe" : "heartbeat";

	set_word(r, TAG, dialog ? "dialog" : single);
	set_word(r, PAIR, p->dialogs == p->flows ? "dialog" :
	    p->dialogs > 0 ? "mix" : single);
}

static void
set_rhythm(struct rec *r, const struct pairtab_pair *p)
{
	static struct out text;		/* in memory, never flushed */
	uint64_t period_ns = (uint64_t)p->period_ns;
	size_t n;

	if (p->period_ns == PAIRTAB_UNKNOWN)
		return;
	text.n = 0;
	out_fixed(&text,
	    (int64_t)((period_ns + NS_PER_MS / 2) / NS_PER_MS), 3);
	n = text.n;
	rec_set(r, PERIOD, text.buf, n);
	if (p->jitter == PAIRTAB_UNKNOWN)
		return;
	out_fixed(&text, p->jitter, PAIRTAB_JITTER_DECIMALS);
	rec_set(r, JITTER, text.buf + n, text.n - n);
}

/* Writes the current row, the i-th that was added. */
static void
write_row(struct rec *r, const struct pairtab *f, size_t i)
{
	const struct pairtab_pair *p = pairtab_pair_of(f, i);

	if (p != NULL) {
		set_kind(r, p, pairtab_is_dialog(f, i));
		set_rhythm(r, p);
	}
	rec_write(r);
}

/*
 * All rows at once.
 */

/* Rows on their way into a table that is larger than the caches. */
struct batch {
	struct flow_row flow[BATCH];
	size_t n;
};

static void
add_batch(struct pairtab *f, struct strtab *keys, struct batch *b)
{
	struct strtab_key key[BATCH], *k = key;

	for (size_t i = 0; i < b->n; i++)
		if (b->flow[i].counts)
			*k++ = (struct strtab_key){
			    .s = b->flow[i].key, .n = b->flow[i].key_n };
	strtab_add_all(keys, key, (size_t)(k - key));
	while (k > key)
		if ((--k)->id < f->pairs)
			__builtin_prefetch(&f->pair[k->id]);
	for (size_t i = 0; i < b->n; i++) {
		if (!b->flow[i].counts) {
			pairtab_add_foreign(f);
			continue;
		}
		if (k->id == f->pairs)
			pairtab_add_pair(f);
		pairtab_add_flow(f, k->id, b->flow[i].dialog,
		    b->flow[i].start_ns);
		k++;
	}
	b->n = 0;
}

static void
keep_rows(struct rec *r, const struct how *how, struct pairtab *f)
{
	struct strtab keys;
	struct batch b = { .n = 0 };

	strtab_init(&keys);
	while (rec_next(r)) {
		if (!read_flow(r, how, false, &b.flow[b.n]))
			continue;
		rec_keep(r);
		if (++b.n == BATCH)
			add_batch(f, &keys, &b);
	}
	add_batch(f, &keys, &b);
	strtab_free(&keys);
}

static void
tag_all(struct rec *r, const struct how *how)
{
	struct pairtab f = {0};

	keep_rows(r, how, &f);
	pairtab_find_rhythms(&f);
	rec_replay(r);
	for (size_t i = 0; rec_next(r); i++) {
		__builtin_prefetch(pairtab_pair_of(&f, i + AHEAD));
		write_row(r, &f, i);
	}
	pairtab_free(&f);
}

/*
 * Rows grouped by pair.
 */

struct group {
	struct pairtab flows;		/* none: no group is open */
	size_t key_n;
	uint8_t key[ENDPAIR_PAIR_BYTES];
	char *text;			/* its lines, each with its LF */
	size_t n, cap;
	struct groupcheck *past;
};

static void
hold_line(struct group *g, struct rec_span line)
{
	g->text = mem_grow(g->text, &g->cap, g->n + line.n + 1, 1);
	memcpy(g->text + g->n, line.s, line.n);
	g->n += line.n;
	g->text[g->n++] = '\n';
}

/* Writes the group's rows, and there is none.  What is held behind them, the
 * row that ended the group, stays, and is the current row again. */
static void
finish_group(struct group *g, struct rec *r)
{
	const char *s = g->text;

	pairtab_find_rhythms(&g->flows);
	for (size_t i = 0; i < g->flows.rows; i++) {
		size_t left = (size_t)(g->text + g->n - s);
		const char *lf = memchr(s, '\n', left);

		rec_again(r, (struct rec_span){s, (size_t)(lf - s)});
		write_row(r, &g->flows, i);
		s = lf + 1;
	}
	pairtab_clear(&g->flows);
	g->n -= (size_t)(s - g->text);
	if (g->n > 0) {
		memmove(g->text, s, g->n);
		rec_again(r, (struct rec_span){g->text, g->n - 1});
	}
}

static void
begin_group(struct group *g, struct rec *r, const struct flow_row *flow)
{
	if (!groupcheck_begin(g->past, flow->key, flow->key_n)) {
		rec_bad(r, ENDPAIR_SRC,
		    "pair comes again: -s needs rows grouped by pair");
		exit(1);
	}
	memcpy(g->key, flow->key, flow->key_n);
	g->key_n = flow->key_n;
	pairtab_add_pair(&g->flows);
}

/* A row that does not count waits only for a group of its own pair. */
static void
take_group_row(struct group *g, struct rec *r, const struct flow_row *flow)
{
	bool open = g->flows.rows > 0;
	bool same = open && flow->key_n == g->key_n &&
	    memcmp(flow->key, g->key, g->key_n) == 0;

	hold_line(g, rec_line(r));
	if (open && !same)
		finish_group(g, r);
	if (flow->counts) {
		if (!same)
			begin_group(g, r, flow);
		pairtab_add_flow(&g->flows, 0, flow->dialog,
		    flow->start_ns);
	} else if (same) {
		pairtab_add_foreign(&g->flows);
	} else {
		rec_write(r);
		g->n = 0;
	}
}

static void
tag_groups(struct rec *r, const struct how *how)
{
	struct group g = { .past = groupcheck_open() };
	struct flow_row flow;

	while (rec_next(r))
		if (read_flow(r, how, true, &flow))
			take_group_row(&g, r, &flow);
	if (g.flows.rows > 0)
		finish_group(&g, r);
	groupcheck_close(g.past);
	free(g.text);
	pairtab_free(&g.flows);
}

/* Reads flow records and writes them with the columns tag to jitter. */
int
main(int argc, char **argv)
{
	struct rec_spec spec = { .need = need, .n_need = NEEDS,
	    .made = made, .n_made = COLS };
	struct how how = { .hosts = false };
	bool grouped = false;
	struct rec *r;
	int c;

	while ((c = cmdline_getopt(argc, argv, "g:H:hksVv")) != -1) {
		switch (c) {
		case 'g':
			how.hosts = endpair_hosts_option(optarg);
			break;
		case 'h':
			cmdline_help(usage, need, NEEDS, made, COLS);
		case 's':
			grouped = true;
			break;
		default:
			cmdline_filter(c, usage, &spec);
		}
	}
	r = rec_open(argv + optind, &spec);
	how.sampled = rec_find(r, "sampled");
	if (grouped)
		tag_groups(r, &how);
	else
		tag_all(r, &how);
	return rec_close(r);
}
