/*
 * watch: records of an interface's packets until a signal comes, in a sandbox,
 * by one process or by several whose records are one stream.
 */
#ifndef WATCH_H
#define WATCH_H

#include <stdbool.h>

#include "packet/live.h"
#include "record/meter.h"
#include "record/reader.h"

struct watch_want {
	struct meter_want meter;
	struct live_want interface;
	const char *user;		/* see sandbox_drop */
	const char *metrics_path;	/* or NULL */
	bool verbose;			/* tell losses each minute, and at the
					   end what became of all packets */
	unsigned readers;		/* processes that read; 0 is 1 */
};

enum { WATCH_READERS = 64, WATCH_MINUTE_S = 60 };

/* What it exits with: 0 after a signal, 1 when the interface failed or a
 * reader died; what was read is written. */
int watch(const struct watch_want *);

/* The same, by several readers (team.c). */
int watch_together(const struct watch_want *);

/* Tells all on standard error. */
void watch_report(const struct watch_want *, const struct reader_counts *);

#endif
