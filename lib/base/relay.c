#include "base/relay.h"

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "base/mem.h"

/* Who has waited for a free batch goes on when half of them are free, and who
 * has waited for a passed one when half are passed: to wake a thread costs as
 * much as some dozen packets. */
struct relay {
	void (*work)(void *, unsigned, bool);
	void *arg;
	unsigned batches, half;
	pthread_t thread;
	uint64_t passed;		/* our thread changes it, locked */

	/* Of two threads one waits at most, so what is signaled is the
	 * other. */
	pthread_mutex_t lock;
	pthread_cond_t change;
	uint64_t taken, done;		/* of those passed, in order */
	bool apart[RELAY_MOST];
	bool full;			/* ours waits for a free one, … */
	bool empty;			/* … the other for a passed one, … */
	bool early;			/* … or one of them for its turn */
	bool ending;
};

static unsigned
place(const struct relay *r, uint64_t batch)
{
	return (unsigned)batch & (r->batches - 1);
}

/* What follows is called locked. */

static void
await_turn(struct relay *r, unsigned batch)
{
	while (place(r, r->done) != batch) {
		r->early = true;
		pthread_cond_wait(&r->change, &r->lock);
	}
}

static void
wake_for_done(struct relay *r)
{
	bool free_again = r->full && r->passed - r->done <= r->half;

	if (!free_again && !r->early)
		return;
	r->early = false;
	if (free_again)
		r->full = false;
	pthread_cond_signal(&r->change);
}

static void
do_next(struct relay *r, bool here)
{
	unsigned batch = place(r, r->taken++);

	pthread_mutex_unlock(&r->lock);
	r->work(r->arg, batch, here);
	pthread_mutex_lock(&r->lock);
	await_turn(r, batch);
	r->done++;
	wake_for_done(r);
}

/* Waits for a batch to do; false if none will come. */
static bool
await_passed(struct relay *r)
{
	while (r->passed == r->taken && !r->ending) {
		r->empty = true;
		pthread_cond_wait(&r->change, &r->lock);
	}
	r->empty = false;
	return r->passed != r->taken;
}

/* Is there a batch to do here, beside the one that the other does? */
static bool
can_help(const struct relay *r)
{
	if (r->taken == r->passed)
		return false;
	for (uint64_t k = r->done; k <= r->taken; k++)
		if (r->apart[place(r, k)])
			return false;
	return true;
}

static void *
do_all(void *arg)
{
	struct relay *r = arg;

	pthread_mutex_lock(&r->lock);
	while (await_passed(r))
		do_next(r, false);
	pthread_mutex_unlock(&r->lock);
	return NULL;
}

/* All threads take memory from one place: glibc would reserve 64 MiB of
 * addresses for each, and 8 for its stack. */
enum { STACK = 1 << 20 };

static int
make_thread(struct relay *r)
{
	pthread_attr_t attr;
	int e = pthread_attr_init(&attr);

	if (e != 0)
		return e;
#ifdef M_ARENA_MAX
	mallopt(M_ARENA_MAX, 1);
#endif
	pthread_attr_setstacksize(&attr, STACK);
	e = pthread_create(&r->thread, &attr, do_all, r);
	pthread_attr_destroy(&attr);
	return e;
}

struct relay *
relay_start(void (*work)(void *arg, unsigned batch, bool here), void *arg,
    unsigned batches)
{
	struct relay *r = mem_alloc(1, sizeof *r);
	sigset_t all, before;
	int e;

	r->work = work;
	r->arg = arg;
	r->batches = batches;
	r->half = batches / 2;
	pthread_mutex_init(&r->lock, NULL);
	pthread_cond_init(&r->change, NULL);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	e = make_thread(r);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (e == 0)
		return r;
	pthread_cond_destroy(&r->change);
	pthread_mutex_destroy(&r->lock);
	free(r);
	return NULL;
}

unsigned
relay_batch(const struct relay *r)
{
	return place(r, r->passed);
}

static void
wake_other(struct relay *r)
{
	if (r->empty)
		pthread_cond_signal(&r->change);
}

uint64_t
relay_pass(struct relay *r, bool apart)
{
	uint64_t done;

	pthread_mutex_lock(&r->lock);
	r->apart[place(r, r->passed)] = apart;
	r->passed++;
	if (r->passed - r->taken >= r->half)
		wake_other(r);
	while (r->passed - r->done == r->batches && can_help(r))
		do_next(r, true);
	r->full = r->passed - r->done == r->batches;
	while (r->full)
		pthread_cond_wait(&r->change, &r->lock);
	done = r->done;
	pthread_mutex_unlock(&r->lock);
	return done;
}

void
relay_hurry(struct relay *r)
{
	pthread_mutex_lock(&r->lock);
	wake_other(r);
	pthread_mutex_unlock(&r->lock);
}

void
relay_turn(struct relay *r, unsigned batch)
{
	pthread_mutex_lock(&r->lock);
	await_turn(r, batch);
	pthread_mutex_unlock(&r->lock);
}

void
relay_end(struct relay *r)
{
	pthread_mutex_lock(&r->lock);
	r->ending = true;
	wake_other(r);
	while (can_help(r))
		do_next(r, true);
	pthread_mutex_unlock(&r->lock);
	pthread_join(r->thread, NULL);
	pthread_cond_destroy(&r->change);
	pthread_mutex_destroy(&r->lock);
	free(r);
}
