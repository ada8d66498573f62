#include "flow/writer.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/choose.h"
#include "base/fetch.h"
#include "base/mem.h"
#include "base/relay.h"
#include "flow/flowmsg.h"

enum {
	FEW = 4096,		/* flows that are not worth a thread */
	BATCH = 256,		/* of them, or what holds as much memory; their
				   text should have room in an output */
	BATCHES = 8,		/* on their way */
	MESSAGES = 16,		/* flows that messages to count stand for */
	SOON = 8		/* tasks */
};

/* A flow to write, or messages of one to count. */
struct task {
	bool counts;
	union {
		struct flow_ended flow;
		struct flowmsg_taken messages;
	} of;
};

struct batch {
	unsigned n;
	unsigned weight;		/* in flows */
	bool counts;			/* some tasks are messages */
	struct task task[BATCH];
	struct flow_spare spare;	/* of them, once they are written */
};

/* Where one thread writes a batch. */
struct desk {
	struct writer *writer;
	struct out *out;
	unsigned batch;
};

struct writer {
	void (*write)(void *, struct out *, struct flow_ended *);
	void *arg;
	struct desk desk[2];		/* of the relay's thread, of ours */
	unsigned here;			/* flows still to write here */
	bool only_here;
	struct flow_spare spare;
	struct relay *relay;		/* NULL: flows are written here */
	struct batch *batch;		/* BATCHES of them … */
	uint64_t emptied;		/* … of which so many, by turns, have
					   had their spare taken */
};

static void
do_task(const struct writer *w, struct out *o, struct task *t,
    struct flow_spare *spare)
{
	if (t->counts) {
		flowmsg_count_taken(&t->of.messages, &spare->blocks);
		return;
	}
	w->write(w->arg, o, &t->of.flow);
	flow_ended_free(&t->of.flow, spare);
}

/* The flow that a task leads to, or one of nothing: which is not foretold, and
 * costs no branch. */
static const struct flow *
flow_of(const struct task *t)
{
	static const struct flow none;
	const struct flowslot *e = &t->of.flow.slot;
	bool full = !t->counts && e->marks & FLOWSLOT_FULL;

	return choose_pointer(full, e->as.flow, &none);
}

/* A task, which comes from another processor, its flow, and what that leads to
 * are asked for while tasks before are done. */
static void
ask_ahead(const struct batch *b, unsigned k)
{
	const struct flow *f;

	if (k + 3 * SOON < b->n)
		fetch_soon(&b->task[k + 3 * SOON], sizeof *b->task);
	if (k + 2 * SOON < b->n)
		fetch_soon(flow_of(&b->task[k + 2 * SOON]),
		    sizeof(struct flow));
	if (k + SOON < b->n && (f = flow_of(&b->task[k + SOON]))->few != NULL)
		flowmsg_fetch(f);
}

/* Text leaves when all before it has. */
static void
await_turn(void *arg)
{
	const struct desk *d = arg;

	relay_turn(d->writer->relay, d->batch);
}

static void
do_batch(void *arg, unsigned i, bool here)
{
	struct writer *w = arg;
	struct desk *d = &w->desk[here];
	struct batch *b = &w->batch[i];

	d->batch = i;
	for (unsigned k = 0; k < b->n; k++) {
		ask_ahead(b, k);
		do_task(w, d->out, &b->task[k], &b->spare);
	}
	out_flush(d->out);
	b->n = b->weight = 0;
	b->counts = false;
}

struct writer *
writer_new(void (*write)(void *, struct out *, struct flow_ended *),
    void *arg, struct out *o, bool only_here)
{
	struct writer *w = mem_alloc(1, sizeof *w);

	w->write = write;
	w->arg = arg;
	w->desk[0].out = o;
	w->here = FEW;
	w->only_here = only_here;
	return w;
}

/* Nothing of what was written here waits behind what others write. */
static void
set_up_desks(struct writer *w)
{
	struct out *first = w->desk[0].out, *second;

	out_flush(first);
	second = mem_alloc(1, sizeof *second);
	out_open(second, first->fd, first->name);
	w->desk[1].out = second;
	for (unsigned k = 0; k < 2; k++) {
		struct desk *d = &w->desk[k];

		d->writer = w;
		d->out->await = await_turn;
		d->out->await_arg = d;
	}
}

/* Writing goes on here if no thread is to be had. */
static bool
start_thread(struct writer *w)
{
	w->batch = mem_alloc(BATCHES, sizeof *w->batch);
	w->relay = relay_start(do_batch, w, BATCHES);
	w->only_here = w->relay == NULL;
	if (!w->only_here)
		set_up_desks(w);
	return !w->only_here;
}

static bool
writes_here(struct writer *w)
{
	if (w->relay != NULL)
		return false;
	return w->only_here || w->here > 0 || !start_thread(w);
}

/* Where the next task goes; then pass_full_batch. */
static struct task *
next_task(struct writer *w, unsigned weight)
{
	struct batch *b = &w->batch[relay_batch(w->relay)];

	b->weight += weight;
	return &b->task[b->n++];
}

static void
pass_batch(struct writer *w, const struct batch *b)
{
	uint64_t done = relay_pass(w->relay, b->counts);

	for (; w->emptied < done; w->emptied++)
		flow_spare_join(&w->spare,
		    &w->batch[w->emptied % BATCHES].spare);
}

static void
pass_full_batch(struct writer *w)
{
	const struct batch *b = &w->batch[relay_batch(w->relay)];

	if (b->weight >= BATCH)
		pass_batch(w, b);
}

void
writer_put(struct writer *w, const struct flowslot *e, enum flow_why why)
{
	struct task *t;

	if (writes_here(w)) {
		struct task here = {.of.flow = {*e, why}};

		w->here -= w->here > 0;
		do_task(w, w->desk[0].out, &here, &w->spare);
		return;
	}
	t = next_task(w, 1);
	t->counts = false;
	t->of.flow.slot = *e;
	t->of.flow.why = why;
	pass_full_batch(w);
}

void
writer_count(struct writer *w, struct flow *f)
{
	struct flowmsg_taken taken = flowmsg_take(f);
	struct task *t;

	if (w->relay == NULL) {
		flowmsg_count_taken(&taken, &w->spare.blocks);
		return;
	}
	t = next_task(w, MESSAGES);
	t->counts = true;
	t->of.messages = taken;
	w->batch[relay_batch(w->relay)].counts = true;
	pass_full_batch(w);
}

void
writer_spare(struct writer *w, struct flow_spare *spare)
{
	flow_spare_join(spare, &w->spare);
}

void
writer_flush(struct writer *w)
{
	const struct batch *b;

	if (w->relay == NULL) {
		out_flush(w->desk[0].out);
		return;
	}
	b = &w->batch[relay_batch(w->relay)];
	if (b->n > 0)
		pass_batch(w, b);
	relay_hurry(w->relay);
}

static void
end_thread(struct writer *w)
{
	const struct batch *b = &w->batch[relay_batch(w->relay)];

	if (b->n > 0)
		relay_pass(w->relay, b->counts);
	relay_end(w->relay);
	w->desk[0].out->await = NULL;
	free(w->desk[1].out);
}

void
writer_end(struct writer *w)
{
	if (w->relay != NULL)
		end_thread(w);
	free(w->batch);
	free(w);
}
