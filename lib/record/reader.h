/*
 * reader: records of an interface's packets, by one process.
 *
 *	reader_catch_signals(r.live);
 *	... into the sandbox ...
 *	reader_run(&r);
 */
#ifndef READER_H
#define READER_H

#include <stdint.h>

#include "packet/live.h"
#include "record/meter.h"

struct reader {
	struct live *live;
	struct meter *meter;
	void (*asked)(void *arg);	/* SIGUSR1 has come */
	void (*second)(void *arg, int64_t now_ns);	/* records have left,
					   as they do each second */
	void *arg;
	int64_t flushed_ns;		/* its own */
};

/* What has become of all that came. */
struct reader_counts {
	struct meter_counts meter;
	struct live_counts live;
};

struct reader_counts reader_count(const struct reader *);

/* SIGINT and SIGTERM end it, SIGUSR1 asks. */
void reader_catch_signals(struct live *);

/* Nothing has come, it is now; returns that. */
int64_t reader_tick(struct reader *);

/* Until a signal ends it or the interface fails; all flows are written. */
void reader_run(struct reader *);

#endif
