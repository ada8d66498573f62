#include "record/watch.h"

#include <stdlib.h>

#include "base/num.h"
#include "flow/flowmore.h"
#include "flow/msgstats.h"
#include "packet/sandbox.h"
#include "record/metrics.h"

/* A single reader. */
struct watch {
	const struct watch_want *want;
	struct reader reader;
	struct metrics *metrics;	/* NULL: without */
	int64_t reported_ns;		/* when losses were last told */
	int status;			/* 1: metrics could not be written */
};

void
watch_report(const struct watch_want *want, const struct reader_counts *c)
{
	live_report(want->interface.interface, &c->live);
	meter_report(&c->meter);
}

static void
report_all(void *arg)
{
	struct watch *w = arg;
	struct reader_counts c = reader_count(&w->reader);

	watch_report(w->want, &c);
}

static void
write_metrics(struct watch *w)
{
	struct reader_counts c = reader_count(&w->reader);

	if (!metrics_write(w->metrics, &c.meter, &c.live))
		w->status = 1;
}

static void
look_each_minute(void *arg, int64_t now_ns)
{
	struct watch *w = arg;
	struct live_counts c;

	if (now_ns - w->reported_ns < WATCH_MINUTE_S * NS_PER_S)
		return;
	c = live_count(w->reader.live);
	if (w->want->verbose && w->reported_ns > 0)
		live_report(w->want->interface.interface, &c);
	write_metrics(w);
	w->reported_ns = now_ns;
}

/* All that needs privileges, then the way into the sandbox. */
static void
open_reader(struct watch *w, struct meter_want *want)
{
	struct reader *r = &w->reader;

	r->asked = report_all;
	r->second = look_each_minute;
	r->arg = w;
	r->live = live_open(&w->want->interface);
	want->decimals = live_decimals(r->live);
	reader_catch_signals(r->live);
	want->output.user = sandbox_drop(w->want->user);
	w->metrics = metrics_open(w->want->metrics_path,
	    w->want->interface.interface);
	r->meter = meter_new(want);
	reader_tick(r);		/* so that what cannot work shows now */
	if (w->status != 0)
		exit(1);
	sandbox_close(&(struct sandbox_keep){
		.dir = {meter_dir(r->meter), metrics_dir(w->metrics)}});
}

static int
watch_alone(const struct watch_want *want)
{
	struct watch w = {.want = want};
	struct meter_want meter = want->meter;

	meter.one_thread = true;	/* a sandbox has no threads */
	open_reader(&w, &meter);
	reader_run(&w.reader);
	meter_close(w.reader.meter);
	write_metrics(&w);
	if (want->verbose)
		report_all(&w);
	if (live_close(w.reader.live) != 0)
		w.status = 1;
	meter_free(w.reader.meter);
	metrics_close(w.metrics);
	return w.status;
}

/* Bytes of payload that are looked at: of tunnels and of copies all. */
static uint32_t
payload_needed(const struct meter_want *m)
{
	if (m->tunnels || m->verbose || m->duplicate_ns >= 0)
		return LIVE_WHOLE;
	if (m->flows.more.groups & FLOWMORE_ENT)
		return FLOWMORE_ENT_BYTES;
	return MSGSTATS_BYTES;
}

int
watch(const struct watch_want *want)
{
	struct watch_want needs = *want;

	needs.interface.payload = payload_needed(&want->meter);
	return want->readers > 1 ? watch_together(&needs) :
	    watch_alone(&needs);
}
