#include "record/reader.h"

#include <signal.h>
#include <stddef.h>
#include <time.h>

#include "base/num.h"

_Static_assert((int)LIVE_BATCH <= (int)METER_FRAMES, "a batch is metered");

/* For the signal handlers alone. */
static struct live *stoppable;
static volatile sig_atomic_t report_wanted;

static void
stop_live(int number)
{
	(void)number;
	live_stop(stoppable);
}

static void
want_report(int number)
{
	(void)number;
	report_wanted = 1;
}

void
reader_catch_signals(struct live *l)
{
	struct sigaction action = {.sa_handler = stop_live};

	stoppable = l;
	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	action.sa_handler = want_report;
	sigaction(SIGUSR1, &action, NULL);
}

struct reader_counts
reader_count(const struct reader *r)
{
	return (struct reader_counts){
		.meter = meter_count(r->meter), .live = live_count(r->live)
	};
}

/* Records leave within a second of their expiry. */
static void
look_around(struct reader *r, int64_t now_ns)
{
	if (report_wanted) {
		report_wanted = 0;
		r->asked(r->arg);
	}
	if (now_ns - r->flushed_ns < NS_PER_S && now_ns >= r->flushed_ns)
		return;
	r->flushed_ns = now_ns;
	meter_flush(r->meter);
	r->second(r->arg, now_ns);
}

int64_t
reader_tick(struct reader *r)
{
	struct timespec now;
	int64_t now_ns;

	clock_gettime(CLOCK_REALTIME, &now);
	now_ns = now.tv_sec * NS_PER_S + now.tv_nsec;
	meter_tick(r->meter, now_ns);
	look_around(r, now_ns);
	return now_ns;
}

void
reader_run(struct reader *r)
{
	const struct frame *frame;
	enum live_event event;
	size_t n;

	while ((event = live_next(r->live, &frame, &n)) != LIVE_END) {
		if (event == LIVE_IDLE) {
			reader_tick(r);
			continue;
		}
		meter_frames(r->meter, frame, n);
		look_around(r, frame[n - 1].t_ns);
	}
	meter_end(r->meter);
}
