/*
 * flowcut: some columns of flow records, by name and in the order in which
 * they are named, or all but these.  What cut(1) does by number.
 *
 * -d prints times as dates, for eyes: UTC, as RFC 3339 has it, with the
 * record's decimals.  No other program of the suite reads these.
 *
 * One pass; memory: one line.
 */
#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "record/collist.h"
#include "base/num.h"
#include "base/out.h"
#include "record/rec.h"
#include "record/cmdline.h"

static const char usage[] =
	"usage: flowcut [-dhkVvx] [-c columns] [-H names] [file ...]\n";

/* Without -c: what one looks at first. */
static const char *const need[] = {
	"start", "proto", "src", "sport",
	"dst", "dport", "pkts", "rpkts",
	"bytes", "rbytes",
};

enum { NEEDS = sizeof need / sizeof *need };

static const char *const times[] = {
	"start", "end", "last", "rlast", "ask", "reply", "ask2", "turn",
	"time",
};

enum { TIMES = sizeof times / sizeof *times };

struct job {
	struct rec_spec spec;
	struct rec *in;
	struct collist names;
	bool drop;			/* -x */
	bool dates;			/* -d */
	size_t *column, columns;	/* those to write, by number */
	bool *is_time;			/* of each of these */
};

static bool
is_time(const char *name)
{
	for (size_t i = 0; i < TIMES; i++)
		if (strcmp(name, times[i]) == 0)
			return true;
	return false;
}

static void
take(struct job *j, size_t k)
{
	j->column[j->columns] = k;
	j->is_time[j->columns++] = is_time(rec_name(j->in, k));
}

/* Which columns are written. */
static void
lay_out(struct job *j)
{
	size_t width = rec_width(j->in);

	j->column = mem_alloc(width, sizeof *j->column);
	j->is_time = mem_alloc(width, sizeof *j->is_time);
	for (size_t i = 0; !j->drop && i < j->names.n; i++)
		take(j, (size_t)rec_find(j->in, j->names.need[i]));
	for (size_t k = 0; j->drop && k < width; k++) {
		const char *name = rec_name(j->in, k);

		if (collist_find(&j->names, name, strlen(name)) == j->names.n)
			take(j, k);
	}
	if (j->columns == 0)
		errx(2, "no column is left");
}

static void
write_header(struct job *j)
{
	struct out *o = rec_out(j->in);

	for (size_t i = 0; i < j->columns; i++) {
		out_char(o, i == 0 ? '#' : '\t');
		out_str(o, rec_name(j->in, j->column[i]));
	}
	out_char(o, '\n');
}

/* "1177192800.000000" as "2007-04-21T22:00:00.000000Z"; false if it is no
 * time. */
static bool
write_date(struct out *o, struct rec_span v)
{
	const char *point = memchr(v.s, '.', v.n);
	char text[sizeof "-2147481748-12-31T23:59:60"];
	struct tm tm;
	int64_t ns;
	time_t t;

	if (!num_time(v.s, v.n, &ns))
		return false;
	t = (time_t)(ns / NS_PER_S);
	if (gmtime_r(&t, &tm) == NULL ||
	    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &tm) == 0)
		return false;
	out_str(o, text);
	if (point != NULL)
		out_mem(o, point, (size_t)(v.s + v.n - point));
	out_char(o, 'Z');
	return true;
}

static bool
is_unknown(struct rec_span v)
{
	return v.n == 1 && *v.s == '-';
}

/* Are all times times?  A row is written whole or not at all. */
static bool
check_times(struct job *j)
{
	for (size_t i = 0; j->dates && i < j->columns; i++) {
		struct rec_span v = rec_column(j->in, j->column[i]);
		int64_t ns;

		if (j->is_time[i] && !is_unknown(v) &&
		    !num_time(v.s, v.n, &ns))
			return rec_bad_column(j->in, j->column[i],
			    "not a time");
	}
	return true;
}

static void
write_row(struct job *j)
{
	struct out *o = rec_out(j->in);

	for (size_t i = 0; i < j->columns; i++) {
		struct rec_span v = rec_column(j->in, j->column[i]);

		if (i > 0)
			out_char(o, '\t');
		if (!j->dates || !j->is_time[i] || !write_date(o, v))
			out_mem(o, v.s, v.n);
	}
	out_char(o, '\n');
	rec_wrote(j->in, 1);
}

static int
run(struct job *j, char *const *files)
{
	j->in = rec_open(files, &j->spec);
	lay_out(j);
	if (j->spec.columns == NULL)
		write_header(j);
	while (rec_next(j->in))
		if (check_times(j))
			write_row(j);
	free(j->column);
	free(j->is_time);
	return rec_close(j->in);
}

/* Reads records and writes some of their columns. */
int
main(int argc, char **argv)
{
	static struct job job = {
		.spec = { .own_output = true },
		.names = { need, NEEDS }
	};
	int c;

	while ((c = getopt(argc, argv, "c:dH:hkVvx")) != -1) {
		switch (c) {
		case 'c':
			collist_parse(&job.names, optarg);
			break;
		case 'd':
			job.dates = true;
			break;
		case 'h':
			cmdline_help(usage, need, NEEDS, NULL, 0);
		case 'x':
			job.drop = true;
			break;
		default:
			cmdline_filter(c, usage, &job.spec);
		}
	}
	job.spec.need = job.names.need;
	job.spec.n_need = job.names.n;
	return run(&job, argv + optind);
}
