/*
 * flowsort: flow records in the order of columns, by name.  The header stays
 * on top; what is below goes through GNU sort, which takes files larger than
 * memory, into TMPDIR, and all processors.
 *
 * Columns are compared as bytes, which is right for times, addresses of one
 * length and words; a column with ":n" behind its name as numbers, with ":r"
 * the other way round.  Rows alike in all of them are ordered by the whole
 * line, so that the same rows give the same bytes.
 */
#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "record/collist.h"
#include "base/out.h"
#include "record/rec.h"
#include "record/cmdline.h"

static const char usage[] =
	"usage: flowsort [-hkrVv] [-c columns] [-H names] [file ...]\n";

static const char *const need[] = { "start", "cid" };

enum { NEEDS = sizeof need / sizeof *need };

enum { IN, OUT };			/* ends of a pipe */

/* "-kN,Nnr" of a 64-bit N. */
enum { KEY_TEXT = 48 };

struct job {
	struct rec_spec spec;
	struct rec *in;
	struct collist names;
	const char **how;		/* of each: what stands behind ":" */
	bool reverse;			/* -r */
	pid_t child;
	int to, from;			/* sort's stdin and stdout */
};

/* "bytes:nr,start" to names and what sort calls the way to compare. */
static void
set_columns(struct job *j, char *list)
{
	collist_parse(&j->names, list);
	j->how = mem_alloc(j->names.n, sizeof *j->how);
	for (size_t i = 0; i < j->names.n; i++) {
		char *colon = strchr(j->names.need[i], ':');

		j->how[i] = "";
		if (colon == NULL)
			continue;
		if (colon[1 + strspn(colon + 1, "nr")] != '\0')
			errx(2, "-c: neither n nor r: \"%s\"", colon);
		*colon = '\0';
		j->how[i] = colon + 1;
	}
}

/* Arguments of sort. */
static char **
sort_arguments(const struct job *j)
{
	static char name[] = "sort", tab[] = "-t\t", reverse[] = "-r";
	char **argv = mem_alloc(j->names.n + 4, sizeof *argv);
	size_t n = 0;

	argv[n++] = name;
	argv[n++] = tab;
	if (j->reverse)
		argv[n++] = reverse;
	for (size_t i = 0; i < j->names.n; i++) {
		int k = rec_find(j->in, j->names.need[i]) + 1;

		argv[n] = mem_alloc(KEY_TEXT, 1);
		snprintf(argv[n++], KEY_TEXT, "-k%d,%d%.4s", k, k,
		    j->how != NULL ? j->how[i] : "");
	}
	return argv;
}

static void
move_fd(int from, int to)
{
	if (from == to)
		return;
	if (dup2(from, to) == -1)
		err(1, "sort");
	close(from);
}

static void
start_sort(struct job *j)
{
	char **argv = sort_arguments(j);
	int to[2], from[2];

	if (pipe(to) == -1 || pipe(from) == -1)
		err(1, "pipe");
	j->child = fork();
	if (j->child == -1)
		err(1, "fork");
	if (j->child == 0) {
		close(to[OUT]);
		close(from[IN]);
		move_fd(to[IN], STDIN_FILENO);
		move_fd(from[OUT], STDOUT_FILENO);
		setenv("LC_ALL", "C", 1);
		execvp(argv[0], argv);
		err(1, "sort");
	}
	close(to[IN]);
	close(from[OUT]);
	j->to = to[OUT];
	j->from = from[IN];
	for (size_t i = j->reverse ? 3 : 2; argv[i] != NULL; i++)
		free(argv[i]);
	free(argv);
}

/* All rows go into sort, which writes nothing before it has the last.  If it
 * ends early it has said why: status 1, not a signal. */
static void
feed_sort(struct job *j)
{
	static struct out out;

	signal(SIGPIPE, SIG_IGN);
	out_open(&out, j->to, "sort");
	while (rec_next(j->in)) {
		struct rec_span line = rec_line(j->in);

		out_mem(&out, line.s, line.n);
		out_char(&out, '\n');
		rec_wrote(j->in, 1);
	}
	out_close(&out);
	signal(SIGPIPE, SIG_DFL);
}

static void
drain_sort(struct job *j)
{
	static char buf[OUT_SIZE];
	ssize_t n;
	int status;

	while ((n = read(j->from, buf, sizeof buf)) != 0)
		if (n > 0)
			out_mem(rec_out(j->in), buf, (size_t)n);
		else if (errno != EINTR)
			err(1, "sort");
	close(j->from);
	while (waitpid(j->child, &status, 0) == -1)
		if (errno != EINTR)
			err(1, "sort");
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		errx(1, "sort failed");
}

/* Reads records and writes them in order. */
int
main(int argc, char **argv)
{
	static struct job job = { .names = { need, NEEDS } };
	int c;

	while ((c = cmdline_getopt(argc, argv, "c:H:hkrVv")) != -1) {
		switch (c) {
		case 'c':
			set_columns(&job, optarg);
			break;
		case 'h':
			cmdline_help(usage, need, NEEDS, NULL, 0);
		case 'r':
			job.reverse = true;
			break;
		default:
			cmdline_filter(c, usage, &job.spec);
		}
	}
	job.spec.need = job.names.need;
	job.spec.n_need = job.names.n;
	job.in = rec_open(argv + optind, &job.spec);
	start_sort(&job);
	feed_sort(&job);
	drain_sort(&job);
	return rec_close(job.in);
}
