#include "flow/flowmsg.h"

#include <string.h>

/* A block more; the first takes over the few. */
static struct message *
add_block(struct flow *f, struct pool *blocks)
{
	struct msgblock *b = pool_take(blocks);

	b->before = f->block;
	if (f->block == NULL)
		memcpy(b->message, f->few->message, sizeof f->few->message);
	f->block = b;
	return &b->message[f->messages % FLOWMSG_BLOCK];
}

void
flowmsg_add(struct flow *f, enum flow_side side, const struct packet *p,
    struct pool *blocks)
{
	struct message *m = flowmsg_place(f);

	if (m == NULL)
		m = add_block(f, blocks);
	msgstats_message(m, p, side);
	f->messages++;
}

/* Messages that lie in a row. */
struct run {
	const struct message *message;
	unsigned n;
};

/* The runs of n messages, the last of which are in the block; returns how
 * many. */
static unsigned
runs_of_blocks(const struct msgblock *b, unsigned n,
    struct run run[FLOWMSG_BLOCKS])
{
	unsigned runs = (n + FLOWMSG_BLOCK - 1) / FLOWMSG_BLOCK;

	for (unsigned k = runs; k-- > 0; b = b->before) {
		run[k].message = b->message;
		run[k].n = n - k * FLOWMSG_BLOCK;
		n -= run[k].n;
	}
	return runs;
}

static unsigned
runs_of_flow(const struct flow *f, struct run run[FLOWMSG_BLOCKS])
{
	if (f->block != NULL)
		return runs_of_blocks(f->block, f->messages, run);
	run[0].message = f->few->message;
	run[0].n = f->messages;
	return 1;
}

static struct msgtally *
own_tally(struct msgtally **t)
{
	if (*t == NULL)
		*t = msgtally_new();
	return *t;
}

static void
count_runs(struct msgtally *tally[2], const struct run *run, unsigned runs)
{
	/* All lines are waited for at once, not message by message. */
	for (unsigned side = 0; side < 2; side++)
		if (tally[side] != NULL)
			msgtally_fetch(tally[side]);
	for (unsigned k = 0; k < runs; k++)
		for (unsigned i = 0; i < run[k].n; i++) {
			const struct message *m = &run[k].message[i];

			msgtally_add(own_tally(&tally[m->side]), m);
		}
}

void
flowmsg_count(struct flow *f)
{
	struct run run[FLOWMSG_BLOCKS];
	unsigned runs;

	if (f->messages == 0)
		return;
	runs = runs_of_flow(f, run);
	count_runs(f->tally, run, runs);
	f->messages = 0;
}

struct flowmsg_taken
flowmsg_take(struct flow *f)
{
	struct flowmsg_taken taken = {f->tally, f->block};

	f->block = NULL;
	f->messages = 0;
	return taken;
}

void
flowmsg_count_taken(const struct flowmsg_taken *t, struct pool_chain *blocks)
{
	struct run run[FLOWMSG_BLOCKS];
	unsigned runs = runs_of_blocks(t->block, FLOWMSG_MOST, run);

	count_runs(t->tally, run, runs);
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

void
flowmsg_part(const struct flow *f, struct flowmsg_sides *s)
{
	struct run run[FLOWMSG_BLOCKS];
	unsigned runs = f->messages > 0 ? runs_of_flow(f, run) : 0;

	s->n[0] = s->n[1] = 0;
	for (unsigned k = 0; k < runs; k++)
		for (unsigned i = 0; i < run[k].n; i++) {
			const struct message *m = &run[k].message[i];

			s->message[m->side][s->n[m->side]++] = *m;
		}
}
