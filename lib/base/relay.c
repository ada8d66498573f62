#include "base/relay.h"

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "base/mem.h"

/* Who has waited for the other to be done with a batch goes on when half of
 * them are free: to wake a thread costs as much as some dozen packets. */
enum { FREE_AGAIN = RELAY_BATCHES / 2 };

struct relay {
	void (*work)(void *, unsigned);
	void *arg;
	pthread_t thread;
	uint64_t passed;		/* our thread changes it, locked */

	pthread_mutex_t lock;
	pthread_cond_t change;
	uint64_t done;
	bool full;			/* ours waits for a free one … */
	bool empty;			/* … or the other for a passed one */
	bool ending;
};

/* Locked: waits for a batch to do; false if none will come. */
static bool
await_passed(struct relay *r)
{
	while (r->passed == r->done && !r->ending) {
		r->empty = true;
		pthread_cond_wait(&r->change, &r->lock);
	}
	r->empty = false;
	return r->passed != r->done;
}

static void *
do_all(void *arg)
{
	struct relay *r = arg;

	pthread_mutex_lock(&r->lock);
	while (await_passed(r)) {
		pthread_mutex_unlock(&r->lock);
		r->work(r->arg, (unsigned)(r->done % RELAY_BATCHES));
		pthread_mutex_lock(&r->lock);
		r->done++;
		if (r->full && r->passed - r->done <= FREE_AGAIN) {
			r->full = false;
			pthread_cond_signal(&r->change);
		}
	}
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
relay_start(void (*work)(void *arg, unsigned batch), void *arg)
{
	struct relay *r = mem_alloc(1, sizeof *r);
	sigset_t all, before;
	int e;

	r->work = work;
	r->arg = arg;
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
	return (unsigned)(r->passed % RELAY_BATCHES);
}

/* Locked. */
static void
wake_other(struct relay *r)
{
	if (r->empty)
		pthread_cond_signal(&r->change);
}

uint64_t
relay_pass(struct relay *r)
{
	uint64_t done;

	pthread_mutex_lock(&r->lock);
	r->passed++;
	wake_other(r);
	if (r->passed - r->done == RELAY_BATCHES)
		r->full = true;
	while (r->full)
		pthread_cond_wait(&r->change, &r->lock);
	done = r->done;
	pthread_mutex_unlock(&r->lock);
	return done;
}

void
relay_end(struct relay *r)
{
	pthread_mutex_lock(&r->lock);
	r->ending = true;
	wake_other(r);
	pthread_mutex_unlock(&r->lock);
	pthread_join(r->thread, NULL);
	pthread_cond_destroy(&r->change);
	pthread_mutex_destroy(&r->lock);
	free(r);
}
