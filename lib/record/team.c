/* watch_together: several readers, whose records are one stream and whose
 * losses are one account.  The process that began them only puts lines
 * together, whole ones, in the order in which they come. */
#include "record/watch.h"

#include <sys/wait.h>

#include <err.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/num.h"
#include "packet/sandbox.h"
#include "record/member.h"
#include "record/metrics.h"
#include "record/rotate.h"

enum { TICK_MS = 100, READ_BYTES = 1 << 16 };

struct team {
	const struct watch_want *want;
	struct member member[WATCH_READERS];
	size_t n;
	struct rotate_want output;
	struct rotate *rotate;
	struct metrics *metrics;
	bool reporting;			/* SIGUSR1: answers are awaited */
	bool stopping;			/* all have been told to end */
	int64_t reported_ns;
	int status;
	char why[80];			/* the interface failed */
};

/* For the signal handlers alone. */
static volatile sig_atomic_t stop_wanted, report_wanted;

static void
want_stop(int number)
{
	(void)number;
	stop_wanted = 1;
}

static void
want_report(int number)
{
	(void)number;
	report_wanted = 1;
}

static void
catch_signals(void)
{
	struct sigaction action = {.sa_handler = want_stop};

	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	action.sa_handler = want_report;
	sigaction(SIGUSR1, &action, NULL);
}

/* The interface tells all of them what it had no room for. */
static struct reader_counts
sum_counts(const struct team *t)
{
	struct reader_counts sum;

	memset(&sum, 0, sizeof sum);
	for (size_t i = 0; i < t->n; i++) {
		const struct reader_counts *c = &t->member[i].last.counts;

		meter_add(&sum.meter, &c->meter);
		sum.live.received += c->live.received;
		sum.live.dropped += c->live.dropped;
		if (c->live.missed > sum.live.missed)
			sum.live.missed = c->live.missed;
	}
	return sum;
}

static void
report_all(const struct team *t)
{
	struct reader_counts c = sum_counts(t);

	watch_report(t->want, &c);
}

static void
write_metrics(struct team *t)
{
	struct reader_counts c = sum_counts(t);

	if (!metrics_write(t->metrics, &c.meter, &c.live))
		t->status = 1;
}

static void
send_all(const struct team *t, int number)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->member[i].pid != 0)
			kill(t->member[i].pid, number);
}

static void
stop_all(struct team *t)
{
	if (!t->stopping)
		send_all(t, SIGTERM);
	t->stopping = true;
}

/* When all have answered, the sum is told. */
static void
ask_all(struct team *t)
{
	t->reporting = true;
	for (size_t i = 0; i < t->n; i++)
		t->member[i].asked = t->member[i].pid != 0 &&
		    !t->member[i].ended;
	send_all(t, SIGUSR1);
}

static void
finish_report(struct team *t)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->member[i].asked)
			return;
	t->reporting = false;
	report_all(t);
}

static void
close_fd(int *fd)
{
	if (*fd != -1)
		close(*fd);
	*fd = -1;
}

/* The interface's failure is told once. */
static void
take_note(struct team *t, struct member *m)
{
	if (!member_read_note(m, &m->last)) {
		close_fd(&m->notes);
		m->asked = false;
		return;
	}
	m->asked = m->asked && m->last.what == MEMBER_COUNTS;
	m->ended = m->ended || m->last.what == MEMBER_END;
	if (m->last.failure[0] != '\0' && t->why[0] == '\0') {
		memcpy(t->why, m->last.failure, sizeof t->why);
		warnx("%s: %s", t->want->interface.interface, t->why);
		t->status = 1;
		stop_all(t);
	}
}

/* Whole lines leave; what is left is the begin of one. */
static void
pass_lines(struct team *t, struct member *m)
{
	struct out *o = rotate_out(t->rotate);
	char *from = m->text, *end = m->text + m->n, *lf;

	while ((lf = memchr(from, '\n', (size_t)(end - from))) != NULL) {
		rotate_record(t->rotate);
		out_mem(o, from, (size_t)(lf + 1 - from));
		from = lf + 1;
	}
	m->n = (size_t)(end - from);
	memmove(m->text, from, m->n);
}

static void
take_lines(struct team *t, struct member *m)
{
	ssize_t n;

	m->text = mem_grow(m->text, &m->room, m->n + READ_BYTES, 1);
	n = read(m->lines, m->text + m->n, READ_BYTES);
	if (n == -1 && errno == EINTR)
		return;
	if (n <= 0) {
		close_fd(&m->lines);
		return;
	}
	m->n += (size_t)n;
	pass_lines(t, m);
}

/* One that ends before it has said so takes the flows it held with it. */
static void
see_off(struct team *t, struct member *m)
{
	int status = member_wait(m);

	m->asked = false;
	if (!m->ended || !WIFEXITED(status)) {
		t->status = 1;
		if (WIFSIGNALED(status))
			warnx("a reader died of signal %d: the flows it held "
			    "are lost", WTERMSIG(status));
		else
			warnx("a reader ended with status %d: the flows it "
			    "held are lost", WEXITSTATUS(status));
	} else if (WEXITSTATUS(status) != 0) {
		t->status = 1;
	}
	if (!t->stopping && stop_wanted == 0)
		stop_all(t);
}

static bool
take_input(struct team *t, int wait_ms)
{
	struct pollfd p[2 * WATCH_READERS];
	bool some = false;

	for (size_t i = 0; i < t->n; i++) {
		p[2 * i] = (struct pollfd){t->member[i].notes, POLLIN, 0};
		p[2 * i + 1] = (struct pollfd){t->member[i].lines, POLLIN, 0};
	}
	if (poll(p, (nfds_t)(2 * t->n), wait_ms) <= 0)
		return false;
	for (size_t i = 0; i < t->n; i++) {
		struct member *m = &t->member[i];

		if (p[2 * i + 1].revents != 0)
			take_lines(t, m);
		if (p[2 * i].revents != 0)
			take_note(t, m);
		if (m->pid != 0 && m->notes == -1 && m->lines == -1)
			see_off(t, m);
		some = some || p[2 * i + 1].revents != 0;
	}
	return some;
}

static int64_t
tick_clock(struct team *t)
{
	struct timespec now;
	int64_t now_ns;

	clock_gettime(CLOCK_REALTIME, &now);
	now_ns = now.tv_sec * NS_PER_S + now.tv_nsec;
	if (t->output.pattern != NULL)
		rotate_tick(t->rotate, now_ns);
	return now_ns;
}

static void
look_around(struct team *t, int64_t now_ns)
{
	if (stop_wanted)
		stop_all(t);
	if (report_wanted && !t->reporting) {
		report_wanted = 0;
		ask_all(t);
	}
	if (t->reporting)
		finish_report(t);
	if (now_ns - t->reported_ns < WATCH_MINUTE_S * NS_PER_S)
		return;
	if (t->want->verbose && t->reported_ns > 0) {
		struct reader_counts c = sum_counts(t);

		live_report(t->want->interface.interface, &c.live);
	}
	write_metrics(t);
	t->reported_ns = now_ns;
}

static bool
some_run(const struct team *t)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->member[i].pid != 0)
			return true;
	return false;
}

/* Lines leave when none waits. */
static void
gather(struct team *t)
{
	while (some_run(t)) {
		int64_t now_ns = tick_clock(t);

		look_around(t, now_ns);
		if (!take_input(t, 0)) {
			out_flush(rotate_out(t->rotate));
			take_input(t, TICK_MS);
		}
	}
}

/* Flows held at most are shared out. */
static void
start_all(struct team *t, struct watch_want *want)
{
	int group = FANOUT_NEW;
	uint32_t most = want->meter.flows.most;

	for (; t->n < want->readers; t->n++) {
		struct member *m = &t->member[t->n];

		want->meter.flows.most = most / want->readers +
		    (t->n < most % want->readers);
		if (!member_start(m, t->member, t->n, want, group))
			exit(WEXITSTATUS(member_wait(m)) == 2 ? 2 : 1);
		group = m->last.group;
	}
}

static void
write_header(void *arg, struct out *o)
{
	const struct team *t = arg;

	meter_header(&t->want->meter, o);
}

/* Nothing is read before all have joined, and all that may fail has not. */
static void
begin(struct team *t)
{
	struct sandbox_keep keep;
	pid_t child[WATCH_READERS];
	const char *user;

	catch_signals();
	user = sandbox_drop(t->want->user);
	t->metrics = metrics_open(t->want->metrics_path,
	    t->want->interface.interface);
	t->output = t->want->meter.output;
	t->output.header = write_header;
	t->output.arg = t;
	t->output.user = user;
	t->rotate = rotate_open(&t->output);
	look_around(t, tick_clock(t));
	if (t->status != 0)
		exit(1);
	out_flush(rotate_out(t->rotate));
	for (size_t i = 0; i < t->n; i++)
		child[i] = t->member[i].pid;
	keep = (struct sandbox_keep){
		.dir = {rotate_dir(t->rotate), metrics_dir(t->metrics)},
		.child = child, .children = t->n
	};
	sandbox_close(&keep);
	for (size_t i = 0; i < t->n; i++)
		member_go(&t->member[i]);
}

static void
end(struct team *t)
{
	struct reader_counts c = sum_counts(t);

	rotate_close(t->rotate);
	meter_warn(&c.meter);
	write_metrics(t);
	if (t->want->verbose)
		report_all(t);
	metrics_close(t->metrics);
	for (size_t i = 0; i < t->n; i++)
		free(t->member[i].text);
}

int
watch_together(const struct watch_want *want)
{
	struct team *t = mem_alloc(1, sizeof *t);
	struct watch_want share = *want;
	int status;

	t->want = want;
	start_all(t, &share);
	begin(t);
	gather(t);
	end(t);
	status = t->status;
	free(t);
	return status;
}
