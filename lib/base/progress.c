#include "base/progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { CALLS = 4096 };		/* between looks at the clock */

static const int64_t every_ms = 500;

static struct {
	const char *what;	/* NULL: silent */
	uint64_t total;
	unsigned calls;
	int64_t begin_ms, last_ms;
} now;

static int64_t
clock_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void
progress_start(const char *what, uint64_t total_bytes)
{
	if (!isatty(STDERR_FILENO))
		return;
	now.what = what;
	now.total = total_bytes;
	now.calls = 0;
	now.begin_ms = now.last_ms = clock_ms();
}

/* E.g. "flows: 42 %, 123 MB, 1234567 packets, 890123/s, 12 s left". */
static void
show_progress(uint64_t bytes, uint64_t packets, int64_t ms)
{
	double part = now.total ? (double)bytes / (double)now.total : 0;
	double rate = (double)packets * 1e3 / (double)ms;

	fprintf(stderr, "\r%s: ", now.what);
	if (part > 0 && part <= 1)
		fprintf(stderr, "%.0f %%, ", part * 100);
	if (bytes > 0)
		fprintf(stderr, "%" PRIu64 " MB, ", bytes / 1000000);
	fprintf(stderr, "%" PRIu64 " packets, %.0f/s", packets, rate);
	if (part > 0 && part <= 1)
		fprintf(stderr, ", %.0f s left",
		    (double)ms / 1e3 * (1 - part) / part);
	fputs("\033[K", stderr);
}

void
progress_step(uint64_t bytes_done, uint64_t packets_done)
{
	int64_t t;

	if (now.what == NULL || ++now.calls % CALLS != 0)
		return;
	t = clock_ms();
	if (t - now.last_ms < every_ms)
		return;
	now.last_ms = t;
	show_progress(bytes_done, packets_done, t - now.begin_ms);
}

void
progress_clear(void)
{
	if (now.what != NULL && now.last_ms != now.begin_ms)
		fputs("\r\033[K", stderr);
}

void
progress_end(void)
{
	progress_clear();
	now.what = NULL;
}
