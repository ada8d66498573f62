#include "flow/flowmsg.h"

#include <string.h>

static struct heldmsg *
next_entry(struct flow *f, struct pool *blocks)
{
	struct heldmsg *place = flowmsg_place(f);

	if (place == NULL) {
		struct msgblock *b = pool_take(blocks);

		b->before = f->block;
		f->block = b;
		place = b->entry;
	}
	f->held++;
	return place;
}

/* The first message of a window leaves its time, the last one the span. */
static void
note_window(struct flow *f, enum flow_side side, const struct packet *p,
    struct pool *blocks)
{
	unsigned n;
	struct heldmsg *e;
	int64_t span;

	if (!msgwindow_takes(p->length))
		return;
	n = ++f->in_window[side];
	if (n == 1)
		f->few->window_ns[side] = p->t_ns;
	if (n < MSGSTATS_WINDOW)
		return;
	f->in_window[side] = 0;
	span = p->t_ns - f->few->window_ns[side];
	e = next_entry(f, blocks);
	*e = (struct heldmsg){.side = side & 1, .is_span = 1};
	memcpy(e->first, &span, sizeof span);
}

void
flowmsg_add(struct flow *f, enum flow_side side, const struct packet *p,
    struct pool *blocks)
{
	struct message m;
	struct heldmsg *e;

	note_window(f, side, p, blocks);
	msgstats_message(&m, p);
	e = next_entry(f, blocks);
	*e = (struct heldmsg){.length = m.length & HELDMSG_LENGTH,
	    .seen = m.seen & 15u, .side = side & 1};
	memcpy(e->first, m.first, sizeof e->first);
}

static inline int64_t
read_span(const struct heldmsg *e)
{
	int64_t ns;

	memcpy(&ns, e->first, sizeof ns);
	return ns;
}

/* Entries that lie in a row. */
struct run {
	const struct heldmsg *entry;
	unsigned n;
};

/* The runs of n entries; returns how many. */
static unsigned
find_runs(const struct heldmsg *few, const struct msgblock *b, unsigned n,
    struct run run[1 + FLOWMSG_BLOCKS])
{
	unsigned in_few = n < FLOW_FEW ? n : (unsigned)FLOW_FEW, k, runs;

	run[0] = (struct run){few, in_few};
	n -= in_few;
	runs = 1 + (n + FLOWMSG_BLOCK - 1) / FLOWMSG_BLOCK;
	for (k = runs - 1; k > 0; k--, b = b->before) {
		run[k].entry = b->entry;
		run[k].n = n - (k - 1) * FLOWMSG_BLOCK;
		n -= run[k].n;
	}
	return runs;
}

static void
count_run(struct msgtally *tally[2], const struct run *run, uint8_t proto)
{
	for (unsigned i = 0; i < run->n; i++) {
		const struct heldmsg *e = &run->entry[i];
		struct msgtally **t = &tally[e->side];
		struct message m;

		if (*t == NULL)
			*t = msgtally_new();
		if (e->is_span) {
			(*t)->window.span_ns = read_span(e);
			continue;
		}
		flowmsg_read(&m, e, proto);
		msgtally_add(*t, &m);
	}
}

static void
count_held(struct msgtally *tally[2], const struct run *run, unsigned runs,
    uint8_t proto)
{
	/* All lines are asked for at once, not message by message. */
	for (unsigned side = 0; side < 2; side++)
		if (tally[side] != NULL)
			msgtally_fetch(tally[side]);
	for (unsigned k = 0; k < runs; k++)
		count_run(tally, &run[k], proto);
}

void
flowmsg_count(struct flow *f)
{
	struct run run[1 + FLOWMSG_BLOCKS];
	unsigned runs;

	if (f->held == 0)
		return;
	runs = find_runs(f->few->entry, f->block, f->held, run);
	count_held(f->tally, run, runs, f->proto);
	f->held = 0;
}

struct flowmsg_taken
flowmsg_take(struct flow *f)
{
	struct flowmsg_taken t = {
		.tally = f->tally, .block = f->block, .held = f->held,
		.proto = f->proto
	};

	memcpy(t.few, f->few->entry, sizeof t.few);
	f->block = NULL;
	f->held = 0;
	return t;
}

void
flowmsg_count_taken(const struct flowmsg_taken *t, struct pool_chain *blocks)
{
	struct run run[1 + FLOWMSG_BLOCKS];
	unsigned runs = find_runs(t->few, t->block, t->held, run);

	count_held(t->tally, run, runs, t->proto);
	flowmsg_free(t->block, blocks);
}

void
flowmsg_free(struct msgblock *b, struct pool_chain *blocks)
{
	while (b != NULL) {
		struct msgblock *before = b->before;

		pool_collect(blocks, b);
		b = before;
	}
}

static void
part_run(struct flowmsg_side side[2], const struct run *run, uint8_t proto)
{
	for (unsigned i = 0; i < run->n; i++) {
		const struct heldmsg *e = &run->entry[i];
		struct flowmsg_side *s = &side[e->side];

		if (e->is_span)
			s->span_ns[s->spans++] = read_span(e);
		else
			flowmsg_read(&s->message[s->messages++], e, proto);
	}
}

void
flowmsg_part(const struct flow *f, struct flowmsg_side side[2])
{
	struct run run[1 + FLOWMSG_BLOCKS];
	unsigned runs;

	side[0].messages = side[0].spans = 0;
	side[1].messages = side[1].spans = 0;
	if (f->held == 0)
		return;
	runs = find_runs(f->few->entry, f->block, f->held, run);
	for (unsigned k = 0; k < runs; k++)
		part_run(side, &run[k], f->proto);
}
