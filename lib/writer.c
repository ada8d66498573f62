#include "writer.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

#include "mem.h"

enum {
	FEW = 4096,		/* flows that are not worth a thread */
	BATCH = 512, BATCHES = 8	/* flows on the way at most */
};

struct batch {
	unsigned n;
	struct pool_chain spare;	/* what has been written */
	struct ended flow[BATCH];
};

/* Batches are filled and written in turn.  A batch is the writing thread's
 * from when it counts in `filled` until it counts in `written`. */
struct writer {
	void (*write)(void *, struct ended *);
	void *arg;
	unsigned here;			/* flows still to write here */
	bool only_here;
	bool running;
	struct batch *batch;		/* BATCHES of them, once it runs */
	uint64_t filled;		/* changes in our thread alone, locked */

	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t change;
	uint64_t written;
	bool ending;
};

static void
write_batch(struct writer *w, struct batch *b)
{
	for (unsigned i = 0; i < b->n; i++) {
		w->write(w->arg, &b->flow[i]);
		ended_free(&b->flow[i], &b->spare);
	}
	b->n = 0;
}

static void *
write_all(void *arg)
{
	struct writer *w = arg;

	pthread_mutex_lock(&w->lock);
	for (;;) {
		while (w->filled == w->written && !w->ending)
			pthread_cond_wait(&w->change, &w->lock);
		if (w->filled == w->written)
			break;
		pthread_mutex_unlock(&w->lock);
		write_batch(w, &w->batch[w->written % BATCHES]);
		pthread_mutex_lock(&w->lock);
		w->written++;
		pthread_cond_signal(&w->change);
	}
	pthread_mutex_unlock(&w->lock);
	return NULL;
}

struct writer *
writer_new(void (*write)(void *, struct ended *), void *arg, bool only_here)
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
start(struct writer *w)
{
	w->batch = mem_alloc(BATCHES, sizeof *w->batch);
	w->running = pthread_create(&w->thread, NULL, write_all, w) == 0;
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
	pthread_mutex_unlock(&w->lock);
}

static void
write_here(struct writer *w, struct ended *flow, struct pool *pool)
{
	struct pool_chain spare = {0};

	w->here -= w->here > 0;
	w->write(w->arg, flow);
	ended_free(flow, &spare);
	pool_give(pool, &spare);
}

void
writer_put(struct writer *w, const struct entry *e, enum flow_why why,
    struct pool *pool)
{
	struct batch *b;

	if (!w->running && (w->only_here || w->here > 0 || !start(w))) {
		write_here(w, &(struct ended){*e, why}, pool);
		return;
	}
	b = &w->batch[w->filled % BATCHES];
	b->flow[b->n].entry = *e;
	b->flow[b->n++].why = why;
	if (b->n < BATCH)
		return;
	pass_batch(w);
	pool_give(pool, &w->batch[w->filled % BATCHES].spare);
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
