#include "record/member.h"

#include <sys/wait.h>

#include <err.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "packet/sandbox.h"

_Static_assert(sizeof(struct member_note) <= _POSIX_PIPE_BUF * 8,
    "a note is written in one piece");

/* What the reader has of itself. */
struct self {
	struct reader reader;
	int notes;
};

/* A parent that is not there any more needs no answer: SIGPIPE. */
static void
tell(const struct self *s, enum member_tells what)
{
	struct member_note note;
	const char *why = live_failure(s->reader.live);

	memset(&note, 0, sizeof note);
	note.what = what;
	note.group = live_group(s->reader.live);
	if (s->reader.meter != NULL)
		note.counts = reader_count(&s->reader);
	if (why != NULL)
		snprintf(note.failure, sizeof note.failure, "%s", why);
	while (write(s->notes, &note, sizeof note) == -1)
		if (errno != EINTR)
			_exit(1);
}

static void
tell_answer(void *arg)
{
	tell(arg, MEMBER_ANSWER);
}

static void
tell_counts(void *arg, int64_t now_ns)
{
	(void)now_ns;
	tell(arg, MEMBER_COUNTS);
}

/* Without the parent there is nothing to begin. */
static void
wait_for_go(int fd)
{
	char c;
	ssize_t n;

	do {
		n = read(fd, &c, 1);
	} while (n == -1 && errno == EINTR);
	if (n != 1)
		_exit(1);
}

/* The process that reads; standard output is the pipe for records. */
static _Noreturn void
read_share(const struct watch_want *want, int group, int notes, int go)
{
	struct self s = {.notes = notes};
	struct live_want interface = want->interface;
	struct meter_want meter = want->meter;

	interface.shared = true;
	interface.group = group;
	interface.by_quote = !meter.all_protocols;
	s.reader.asked = tell_answer;
	s.reader.second = tell_counts;
	s.reader.arg = &s;
	s.reader.live = live_open(&interface);
	reader_catch_signals(s.reader.live);
	sandbox_drop(want->user);
	tell(&s, MEMBER_READY);
	wait_for_go(go);
	meter.decimals = live_decimals(s.reader.live);
	meter.one_thread = meter.part = true;
	meter.output = (struct rotate_want){0};
	s.reader.meter = meter_new(&meter);
	live_begin(s.reader.live);
	reader_tick(&s.reader);
	sandbox_close(&(struct sandbox_keep){.dir = {-1, -1}});
	reader_run(&s.reader);
	meter_close(s.reader.meter);
	tell(&s, MEMBER_END);
	_exit(live_close(s.reader.live));
}

/* The pipes of the others, lest they stay open when those should close. */
static void
close_others(const struct member *m, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		close(m[i].notes);
		close(m[i].lines);
		close(m[i].go);
	}
}

static void
make_pipe(int end[2])
{
	if (pipe(end) == -1)
		err(1, "pipe");
}

bool
member_start(struct member *m, const struct member *others, size_t n,
    const struct watch_want *want, int group)
{
	int notes[2], lines[2], go[2];

	make_pipe(notes);
	make_pipe(lines);
	make_pipe(go);
	*m = (struct member){.pid = fork()};
	if (m->pid == -1)
		err(1, "fork");
	if (m->pid == 0) {
		close_others(others, n);
		close(notes[0]);
		close(lines[0]);
		close(go[1]);
		if (dup2(lines[1], STDOUT_FILENO) == -1)
			err(1, "dup2");
		close(lines[1]);
		read_share(want, group, notes[1], go[0]);
	}
	close(notes[1]);
	close(lines[1]);
	close(go[0]);
	m->notes = notes[0];
	m->lines = lines[0];
	m->go = go[1];
	return member_read_note(m, &m->last);
}

bool
member_go(struct member *m)
{
	bool good = write(m->go, "", 1) == 1;

	close(m->go);
	m->go = -1;
	return good;
}

bool
member_read_note(struct member *m, struct member_note *note)
{
	ssize_t n;

	do {
		n = read(m->notes, note, sizeof *note);
	} while (n == -1 && errno == EINTR);
	return n == (ssize_t)sizeof *note;
}

int
member_wait(struct member *m)
{
	int status = 0;

	while (waitpid(m->pid, &status, 0) == -1)
		if (errno != EINTR)
			err(1, "waitpid");
	m->pid = 0;
	return status;
}
