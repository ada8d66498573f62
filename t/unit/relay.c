/* Batches done in two threads: each once, done in order, and those apart with
 * none behind them begun before they are done.  By watching a run that lets
 * both threads wait for each other in every way. */
#include "base/relay.h"

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

#include "base/rand.h"
#include "tap.h"

enum { PASSED = 20000, AT_ONCE = 2 };

/* A batch is its number among all. */
struct run {
	struct relay *relay;
	unsigned pause_here, pause_other;	/* a batch takes so long */
	unsigned every_apart;			/* 0: none */

	pthread_mutex_t lock;			/* of what is below */
	unsigned batches, batch[RELAY_MOST];
	unsigned begun, done, done_here;
	unsigned doing[AT_ONCE], n_doing;
	unsigned wrong;
};

static bool
is_apart(const struct run *r, unsigned k)
{
	return r->every_apart > 0 && k % r->every_apart == 0;
}

static void
begin(struct run *r, unsigned k, bool here)
{
	pthread_mutex_lock(&r->lock);
	r->wrong += k != r->begun++ || r->n_doing == AT_ONCE;
	r->wrong += here && is_apart(r, k);
	for (unsigned i = 0; i < r->n_doing; i++)
		r->wrong += is_apart(r, r->doing[i]);
	r->doing[r->n_doing++ % AT_ONCE] = k;
	pthread_mutex_unlock(&r->lock);
}

static void
end(struct run *r, unsigned k, bool here)
{
	pthread_mutex_lock(&r->lock);
	r->wrong += k != r->done++;
	r->done_here += here;
	if (r->doing[0] == k)
		r->doing[0] = r->doing[1];
	r->n_doing--;
	pthread_mutex_unlock(&r->lock);
}

/* As begun is told under another lock than the relay's, a thread may be
 * stopped between the two: so it waits for the number before. */
static void
await_begun(struct run *r, unsigned k)
{
	for (bool ready = false; !ready;) {
		pthread_mutex_lock(&r->lock);
		ready = r->begun >= k;
		pthread_mutex_unlock(&r->lock);
		if (!ready)
			sched_yield();
	}
}

static void
work(void *arg, unsigned batch, bool here)
{
	struct run *r = arg;
	unsigned k = r->batch[batch];

	await_begun(r, k);
	begin(r, k, here);
	for (unsigned i = here ? r->pause_here : r->pause_other; i > 0; i--)
		sched_yield();
	relay_turn(r->relay, batch);
	end(r, k, here);
}

/* Passes all, with pauses now and then, so that the other waits, too. */
static void
pass_all(struct run *r)
{
	struct rand random = {7};
	unsigned wrong = 0;

	for (unsigned k = 0; k < PASSED; k++) {
		unsigned batch = relay_batch(r->relay);

		wrong += batch != k % r->batches;
		r->batch[batch] = k;
		wrong += relay_pass(r->relay, is_apart(r, k)) +
		    r->batches <= k + 1;
		if (rand_u64(&random) % 64 == 0)
			for (unsigned i = 0; i < 100; i++)
				sched_yield();
	}
	pthread_mutex_lock(&r->lock);
	r->wrong += wrong;
	pthread_mutex_unlock(&r->lock);
}

static struct run
run(unsigned batches, unsigned pause_here, unsigned pause_other,
    unsigned every_apart)
{
	struct run r = {.batches = batches, .pause_here = pause_here,
	    .pause_other = pause_other, .every_apart = every_apart};

	pthread_mutex_init(&r.lock, NULL);
	r.relay = relay_start(work, &r, batches);
	if (r.relay == NULL)
		abort();
	pass_all(&r);
	relay_end(r.relay);
	pthread_mutex_destroy(&r.lock);
	return r;
}

static bool
is_right(const struct run *r)
{
	return r->wrong == 0 && r->begun == PASSED && r->done == PASSED;
}

int
main(void)
{
	struct run r;

	r = run(8, 0, 0, 0);
	ok_as(is_right(&r), "in order, each once");
	r = run(4, 0, 20, 0);
	ok_as(is_right(&r), "the same where the other is slow");
	ok_as(r.done_here > 0, "who passes them helps then");
	r = run(8, 20, 5, 0);
	ok_as(is_right(&r), "the same where who helps is slower");
	r = run(4, 0, 5, 3);
	ok_as(is_right(&r), "none beside one that is done apart");
	r = run(2, 0, 0, 1);
	ok_as(is_right(&r) && r.done_here == 0,
	    "all apart: the other does all");
	return done();
}
