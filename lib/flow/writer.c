#include "flow/writer.h"

#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "flow/flowmsg.h"

enum {
	FEW = 4096,		/* flows that are not worth a thread */
	BATCH = 512, BATCHES = 8	/* flows on the way at most */
};

/* A flow to write, or messages of one to count. */
struct task {
	struct flow_ended flow;
	struct flowmsg_taken messages;	/* no block: a flow */
};

struct batch {
	unsigned n;
	struct task task[BATCH];
};

/* Batches are filled and worked off in turn.  A batch is the writing thread's
 * from when it counts in `filled` until it counts in `written`. */
struct writer {
	void (*write)(void *, struct flow_ended *);
	void *arg;
	unsigned here;			/* flows still to write here */
	bool only_here;
	bool running;
	struct flow_spare spare;		/* of flows written here */
	struct batch *batch;		/* BATCHES of them, once it runs */
	uint64_t filled;		/* our thread changes it, locked */

	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t change;
	uint64_t written;
	struct flow_spare left;		/* of those written there */
	bool ending;
};

static void
do_task(struct writer *w, struct task *t, struct flow_spare *spare)
{
	if (t->messages.block != NULL) {
		flowmsg_count_taken(&t->messages, &spare->blocks);
		return;
	}
	w->write(w->arg, &t->flow);
	flow_ended_free(&t->flow, spare);
}

static void
do_batch(struct writer *w, struct batch *b, struct flow_spare *spare)
{
	for (unsigned i = 0; i < b->n; i++)
		do_task(w, &b->task[i], spare);
	b->n = 0;
}

static void *
write_all(void *arg)
{
	struct writer *w = arg;
	struct flow_spare spare = {0};

	pthread_mutex_lock(&w->lock);
	for (;;) {
		while (w->filled == w->written && !w->ending)
			pthread_cond_wait(&w->change, &w->lock);
		if (w->filled == w->written)
			break;
		pthread_mutex_unlock(&w->lock);
		do_batch(w, &w->batch[w->written % BATCHES], &spare);
		pthread_mutex_lock(&w->lock);
		flow_spare_join(&w->left, &spare);
		w->written++;
		pthread_cond_signal(&w->change);
	}
	pthread_mutex_unlock(&w->lock);
	return NULL;
}

struct writer *
writer_new(void (*write)(void *, struct flow_ended *), void *arg,
    bool only_here)
{
	struct writer *w = mem_alloc(1, sizeof *w);

	w->write = write;
	w->arg = arg;
	w->here = FEW;
	w->only_here = only_here;
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->change, NULL);
	return w;
}

/* Writing goes on here if no thread is to be had. */
static bool
start_thread(struct writer *w)
{
	sigset_t all, before;

	w->batch = mem_alloc(BATCHES, sizeof *w->batch);
	/* Signals are for the thread that reads. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	w->running = pthread_create(&w->thread, NULL, write_all, w) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	w->only_here = !w->running;
	return w->running;
}

/* Waits until there is a batch to fill. */
static void
pass_batch(struct writer *w)
{
	pthread_mutex_lock(&w->lock);
	w->filled++;
	pthread_cond_signal(&w->change);
	while (w->filled - w->written == BATCHES)
		pthread_cond_wait(&w->change, &w->lock);
	flow_spare_join(&w->spare, &w->left);
	pthread_mutex_unlock(&w->lock);
}

/* Where the next task goes; then pass_full_batch. */
static struct task *
next_task(struct writer *w)
{
	struct batch *b = &w->batch[w->filled % BATCHES];

	return &b->task[b->n++];
}

static void
pass_full_batch(struct writer *w)
{
	if (w->batch[w->filled % BATCHES].n == BATCH)
		pass_batch(w);
}

void
writer_put(struct writer *w, const struct flowslot *e, enum flow_why why)
{
	struct task *t;

	if (!w->running && (w->only_here || w->here > 0 || !start_thread(w))) {
		struct task here = {.flow = {*e, why}};

		w->here -= w->here > 0;
		do_task(w, &here, &w->spare);
		return;
	}
	t = next_task(w);
	t->flow.slot = *e;
	t->flow.why = why;
	t->messages.block = NULL;
	pass_full_batch(w);
}

void
writer_count(struct writer *w, struct flow *f)
{
	struct flowmsg_taken taken = flowmsg_take(f);

	if (!w->running) {
		flowmsg_count_taken(&taken, &w->spare.blocks);
		return;
	}
	next_task(w)->messages = taken;
	pass_full_batch(w);
}

void
writer_spare(struct writer *w, struct flow_spare *spare)
{
	flow_spare_join(spare, &w->spare);
}

void
writer_end(struct writer *w)
{
	if (w->running) {
		pthread_mutex_lock(&w->lock);
		w->filled += w->batch[w->filled % BATCHES].n > 0;
		w->ending = true;
		pthread_cond_signal(&w->change);
		pthread_mutex_unlock(&w->lock);
		pthread_join(w->thread, NULL);
	}
	pthread_cond_destroy(&w->change);
	pthread_mutex_destroy(&w->lock);
	free(w->batch);
	free(w);
}
