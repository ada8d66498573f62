/*
 * sigtag: tells probes, heartbeats and dialogs apart (paper, section IV.A
 * and table I), and finds pairs that meet at regular times.
 *
 * n is the number of packets that the flow's side sent, the side being its
 * internal end, or else the initiator.  A flow with n > 1 is a dialog; one
 * with n <= 1 is a probe if its pair has no other flow, else a heartbeat.
 * The kind of a pair is that of all its flows, or mix.  The period of a
 * pair with three flows or more is the median time from one start to the
 * next; the jitter is the median distance of those times from it, over it.
 * Rows whose class is not sig get "-" and do not count.
 *
 * Reads all before it writes: rows wait in an unlinked file in TMPDIR.
 * Memory: 12 bytes a row, 8 more of them while periods are worked out, and
 * about 70 a pair.  With -s, for input grouped by pair, one pass and the
 * rows of one pair.
 */
#include <err.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "record/endpair.h"
#include "record/groupcheck.h"
#include "base/strtab.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/out.h"
#include "record/rec.h"
#include "record/cmdline.h"

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

/* What is known of a pair. */
struct pair {
	uint32_t flows, dialogs;
	int64_t period_ns;		/* UNKNOWN with less than three flows */
	int64_t jitter;			/* in units of 10^-4, or UNKNOWN */
};

enum { UNKNOWN = -1, JITTER_UNIT = 10000, JITTER_DECIMALS = 4 };

/* Flows that are judged together: all, or with -s those of one pair. */
struct flow_rows {
	uint32_t *mark;			/* of each row: mark_of, or FOREIGN */
	int64_t *start_ns;		/* of each row that counts … */
	size_t rows, counted;		/* … and how many there are */
	size_t mark_cap, start_cap;
	struct pair *pair;
	size_t pairs, pair_cap;
};

#define FOREIGN UINT32_MAX	/* the mark of a row that does not count */

enum { MOST_ROWS = INT32_MAX, BATCH = 64, AHEAD = 16 };

static uint32_t
mark_of(uint32_t pair, bool dialog)
{
	return pair << 1 | dialog;
}

/* The pair of a row, or NULL.  Pairs lie anywhere in memory, so those of the
 * rows to come are fetched ahead. */
static const struct pair *
pair_of(const struct flow_rows *f, size_t row)
{
	if (row >= f->rows || f->mark[row] == FOREIGN)
		return NULL;
	return &f->pair[f->mark[row] >> 1];
}

/*
 * Reading.
 */

/* The protocol column and so on as a key.  False: the row is dropped. */
static bool
read_key(struct rec *r, bool hosts, struct flow_row *flow)
{
	struct endpair ends;
	int fault = endpair_read(r, hosts, &ends);

	if (fault >= 0 && flow->counts)
		return rec_bad(r, (size_t)fault, endpair_fault(fault));
	flow->key_n = fault >= 0 ? 0 : endpair_pair(&ends, flow->key);
	return true;
}

/* False: the row is dropped. */
static bool
read_flow(struct rec *r, bool hosts, bool want_key, struct flow_row *flow)
{
	enum flow_dir dir;
	uint64_t n;

	flow->counts = span_is(rec_get(r, CLASS), "sig");
	flow->key_n = 0;
	if (!flow->counts)
		return !want_key || read_key(r, hosts, flow);
	if (!endpair_dir(r, DIR, &dir) ||
	    !rec_u64(r, dir == FLOW_IN ? RPKTS : PKTS, UINT64_MAX, &n) ||
	    !rec_time(r, START, &flow->start_ns))
		return false;
	if (flow->start_ns == TIME_NONE)
		return rec_bad(r, START, "flow without a start");
	flow->dialog = n > 1;
	return read_key(r, hosts, flow);
}

static void
add_pair(struct flow_rows *f)
{
	f->pair = mem_grow(f->pair, &f->pair_cap, f->pairs + 1,
	    sizeof *f->pair);
	f->pair[f->pairs++] = (struct pair){0, 0, UNKNOWN, UNKNOWN};
}

static void
add_row(struct flow_rows *f, uint32_t mark)
{
	if (f->rows == MOST_ROWS)
		errx(1, "more than %d rows: group them by pair, use -s",
		    MOST_ROWS);
	f->mark = mem_grow(f->mark, &f->mark_cap, f->rows + 1,
	    sizeof *f->mark);
	f->mark[f->rows++] = mark;
}

static void
add_flow(struct flow_rows *f, uint32_t pair, const struct flow_row *flow)
{
	add_row(f, mark_of(pair, flow->dialog));
	f->start_ns = mem_grow(f->start_ns, &f->start_cap, f->counted + 1,
	    sizeof *f->start_ns);
	f->start_ns[f->counted++] = flow->start_ns;
	f->pair[pair].flows++;
	f->pair[pair].dialogs += flow->dialog;
}

static void
forget(struct flow_rows *f)
{
	f->rows = f->counted = f->pairs = 0;
}

/*
 * Judging.
 */

static int
by_value(const void *a, const void *b)
{
	int64_t x, y;

	memcpy(&x, a, sizeof x);
	memcpy(&y, b, sizeof y);
	return (x > y) - (x < y);
}

static void
sort(int64_t *v, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (v[i - 1] > v[i]) {
			qsort(v, n, sizeof *v, by_value);
			return;
		}
}

/* Sorts; of an even number the mean of the middle two. */
static int64_t
median(int64_t *v, size_t n)
{
	int64_t low, high;

	sort(v, n);
	low = v[(n - 1) / 2];
	high = v[n / 2];
	return low + (high - low) / 2;
}

/* a / b in units of 10^-4, rounded. */
static int64_t
ratio(int64_t a, int64_t b)
{
	enum { ROOM = 2 * JITTER_UNIT };

	while (a > INT64_MAX / ROOM || b > INT64_MAX / ROOM) {
		a /= 2;
		b /= 2;
	}
	return (a * JITTER_UNIT + b / 2) / b;
}

/* From the starts of a pair, n >= 3 of them, which it spoils. */
static void
find_rhythm(struct pair *p, int64_t *v, size_t n)
{
	int64_t middle;

	sort(v, n);
	n--;
	for (size_t i = 0; i < n; i++)
		v[i] = v[i + 1] - v[i];
	middle = median(v, n);
	for (size_t i = 0; i < n; i++)
		v[i] = v[i] < middle ? middle - v[i] : v[i] - middle;
	p->period_ns = middle;
	if (middle > 0)
		p->jitter = ratio(median(v, n), middle);
}

enum { FEWEST_FLOWS = 3 };

/* Places in one array for the starts of each pair with enough flows: pair
 * i's begin at place[i]. */
static size_t *
allot(const struct flow_rows *f)
{
	size_t *place = mem_alloc(f->pairs + 1, sizeof *place);
	size_t n = 0;

	for (size_t i = 0; i < f->pairs; i++) {
		place[i] = n;
		if (f->pair[i].flows >= FEWEST_FLOWS)
			n += f->pair[i].flows;
	}
	place[f->pairs] = n;
	return place;
}

/* Copies the starts there; place[i] becomes where they end. */
static void
distribute(const struct flow_rows *f, size_t *place, int64_t *v)
{
	const int64_t *start_ns = f->start_ns;

	for (size_t i = 0; i < f->rows; i++) {
		const struct pair *p = pair_of(f, i);

		__builtin_prefetch(pair_of(f, i + AHEAD));
		if (p == NULL)
			continue;
		if (p->flows >= FEWEST_FLOWS)
			v[place[p - f->pair]++] = *start_ns;
		start_ns++;
	}
}

static void
find_rhythms(struct flow_rows *f)
{
	size_t *place = allot(f);
	int64_t *v;

	if (place[f->pairs] == 0) {
		free(place);
		return;
	}
	v = mem_resize(NULL, place[f->pairs], sizeof *v);
	distribute(f, place, v);
	for (size_t i = 0; i < f->pairs; i++) {
		struct pair *p = &f->pair[i];

		if (p->flows >= FEWEST_FLOWS)
			find_rhythm(p, v + place[i] - p->flows, p->flows);
	}
	free(v);
	free(place);
}

/*
 * Writing.
 */

static void
set(struct rec *r, size_t column, const char *word)
{
	rec_set(r, column, word, strlen(word));
}

static void
set_kind(struct rec *r, const struct pair *p, bool dialog)
{
	const char *single = p->flows == 1 ? "probe" : "heartbeat";

	set(r, TAG, dialog ? "dialog" : single);
	set(r, PAIR, p->dialogs == p->flows ? "dialog" :
	    p->dialogs > 0 ? "mix" : single);
}

static void
set_rhythm(struct rec *r, const struct pair *p)
{
	static struct out text;		/* in memory, never flushed */
	uint64_t period_ns = (uint64_t)p->period_ns;
	size_t n;

	if (p->period_ns == UNKNOWN)
		return;
	text.n = 0;
	out_fixed(&text,
	    (int64_t)((period_ns + NS_PER_MS / 2) / NS_PER_MS), 3);
	n = text.n;
	rec_set(r, PERIOD, text.buf, n);
	if (p->jitter == UNKNOWN)
		return;
	out_fixed(&text, p->jitter, JITTER_DECIMALS);
	rec_set(r, JITTER, text.buf + n, text.n - n);
}

/* Writes the current row, the i-th that was added. */
static void
write_row(struct rec *r, const struct flow_rows *f, size_t i)
{
	const struct pair *p = pair_of(f, i);

	if (p != NULL) {
		set_kind(r, p, f->mark[i] & 1);
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
add_batch(struct flow_rows *f, struct strtab *keys, struct batch *b)
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
			add_row(f, FOREIGN);
			continue;
		}
		if (k->id == f->pairs)
			add_pair(f);
		add_flow(f, k->id, &b->flow[i]);
		k++;
	}
	b->n = 0;
}

static void
keep_rows(struct rec *r, bool hosts, struct flow_rows *f)
{
	struct strtab keys;
	struct batch b = { .n = 0 };

	strtab_init(&keys);
	while (rec_next(r)) {
		if (!read_flow(r, hosts, false, &b.flow[b.n]))
			continue;
		rec_keep(r);
		if (++b.n == BATCH)
			add_batch(f, &keys, &b);
	}
	add_batch(f, &keys, &b);
	strtab_free(&keys);
}

static void
tag_all(struct rec *r, bool hosts)
{
	struct flow_rows f = {0};

	keep_rows(r, hosts, &f);
	find_rhythms(&f);
	rec_replay(r);
	for (size_t i = 0; rec_next(r); i++) {
		__builtin_prefetch(pair_of(&f, i + AHEAD));
		write_row(r, &f, i);
	}
	free(f.mark);
	free(f.start_ns);
	free(f.pair);
}

/*
 * Rows grouped by pair.
 */

struct group {
	struct flow_rows flows;		/* none: no group is open */
	size_t key_n;
	uint8_t key[ENDPAIR_PAIR_BYTES];
	char *text;			/* its lines, each with its LF */
	size_t n, cap;
	struct groupcheck *past;
};

static void
hold(struct group *g, struct rec_span line)
{
	g->text = mem_grow(g->text, &g->cap, g->n + line.n + 1, 1);
	memcpy(g->text + g->n, line.s, line.n);
	g->n += line.n;
	g->text[g->n++] = '\n';
}

/* Writes the group's rows, and there is none.  What is held behind them, the
 * row that ended the group, stays, and is the current row again. */
static void
settle(struct group *g, struct rec *r)
{
	const char *s = g->text;

	find_rhythms(&g->flows);
	for (size_t i = 0; i < g->flows.rows; i++) {
		size_t left = (size_t)(g->text + g->n - s);
		const char *lf = memchr(s, '\n', left);

		rec_again(r, (struct rec_span){s, (size_t)(lf - s)});
		write_row(r, &g->flows, i);
		s = lf + 1;
	}
	forget(&g->flows);
	g->n -= (size_t)(s - g->text);
	if (g->n > 0) {
		memmove(g->text, s, g->n);
		rec_again(r, (struct rec_span){g->text, g->n - 1});
	}
}

static void
begin(struct group *g, struct rec *r, const struct flow_row *flow)
{
	if (!groupcheck_begin(g->past, flow->key, flow->key_n)) {
		rec_bad(r, ENDPAIR_SRC,
		    "pair comes again: -s needs rows grouped by pair");
		exit(1);
	}
	memcpy(g->key, flow->key, flow->key_n);
	g->key_n = flow->key_n;
	add_pair(&g->flows);
}

/* A row that does not count waits only for a group of its own pair. */
static void
take_row(struct group *g, struct rec *r, const struct flow_row *flow)
{
	bool open = g->flows.rows > 0;
	bool same = open && flow->key_n == g->key_n &&
	    memcmp(flow->key, g->key, g->key_n) == 0;

	hold(g, rec_line(r));
	if (open && !same)
		settle(g, r);
	if (flow->counts) {
		if (!same)
			begin(g, r, flow);
		add_flow(&g->flows, 0, flow);
	} else if (same) {
		add_row(&g->flows, FOREIGN);
	} else {
		rec_write(r);
		g->n = 0;
	}
}

static void
tag_groups(struct rec *r, bool hosts)
{
	struct group g = { .past = groupcheck_open() };
	struct flow_row flow;

	while (rec_next(r))
		if (read_flow(r, hosts, true, &flow))
			take_row(&g, r, &flow);
	if (g.flows.rows > 0)
		settle(&g, r);
	groupcheck_close(g.past);
	free(g.text);
	free(g.flows.mark);
	free(g.flows.start_ns);
	free(g.flows.pair);
}

/* Reads flow records and writes them with the columns tag to jitter. */
int
main(int argc, char **argv)
{
	struct rec_spec spec = { .need = need, .n_need = NEEDS,
	    .made = made, .n_made = COLS };
	bool hosts = false, grouped = false;
	struct rec *r;
	int c;

	while ((c = getopt(argc, argv, "g:H:hksVv")) != -1) {
		switch (c) {
		case 'g':
			hosts = endpair_hosts_option(optarg);
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
	if (grouped)
		tag_groups(r, hosts);
	else
		tag_all(r, hosts);
	return rec_close(r);
}
