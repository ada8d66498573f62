/*
 * flowcut: some columns of flow records, by name and in the order in which
 * they are named, or all but these.  What cut(1) does by number.
 *
 * -d prints times as dates, for eyes: UTC, as RFC 3339 has it, with the
 * record's decimals; -l the same in the time zone of the environment, with
 * its offset.  Expressions of flowgrep may hold both; no program of the suite
 * reads them in records.  -p writes the header without "#", for other tools;
 * -T tells what the columns are.
 *
 * One pass; memory: one line.
 */
#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/out.h"
#include "record/cmdline.h"
#include "record/collist.h"
#include "record/column.h"
#include "record/rec.h"

static const char usage[] =
	"usage: flowcut [-dhklpTVvx] [-c columns] [-H names] [file ...]\n";

/* Without -c: what one looks at first. */
static const char *const need[] = {
	"start", "proto", "src", "sport",
	"dst", "dport", "pkts", "rpkts",
	"bytes", "rbytes",
};

enum { NEEDS = sizeof need / sizeof *need };

static const char *const type_col[] = {"name", "type", "unit"};

enum { TYPE_COLS = sizeof type_col / sizeof *type_col };

struct job {
	struct rec_spec spec;
	struct rec *in;
	struct collist names;
	bool named;			/* -c */
	bool drop;			/* -x */
	bool dates, local;		/* -d, -l */
	bool types;			/* -T */
	size_t *column, columns;	/* those to write, by number */
	bool *is_time;			/* of each of these */
};

static bool
is_time(const char *name)
{
	const struct column *c = column_find(name, strlen(name));

	return c != NULL && c->type == COLUMN_TIME;
}

static void
choose_column(struct job *j, size_t k)
{
	j->column[j->columns] = k;
	j->is_time[j->columns++] = is_time(rec_name(j->in, k));
}

/* Which columns are written. */
static void
choose_columns(struct job *j)
{
	size_t width = rec_width(j->in);

	j->column = mem_alloc(width, sizeof *j->column);
	j->is_time = mem_alloc(width, sizeof *j->is_time);
	for (size_t i = 0; !j->drop && i < j->names.n; i++)
		choose_column(j, (size_t)rec_find(j->in, j->names.need[i]));
	for (size_t k = 0; j->drop && k < width; k++) {
		const char *name = rec_name(j->in, k);

		if (collist_find(&j->names, name, strlen(name)) == j->names.n)
			choose_column(j, k);
	}
	if (j->columns == 0)
		errx(2, "no column is left");
}

static void
write_header(struct job *j)
{
	struct out *o = rec_out(j->in);

	rec_mark(j->in, o);
	for (size_t i = 0; i < j->columns; i++) {
		if (i > 0)
			out_char(o, '\t');
		out_str(o, rec_name(j->in, j->column[i]));
	}
	out_char(o, '\n');
}

/* A column that the suite does not know is text. */
static void
write_types(struct job *j)
{
	struct out *o = rec_out(j->in);

	rec_list_header(j->in, type_col, TYPE_COLS);
	for (size_t i = 0; i < j->columns; i++) {
		const char *name = rec_name(j->in, j->column[i]);
		const struct column *c = column_find(name, strlen(name));

		out_str(o, name);
		out_char(o, '\t');
		out_str(o, column_type_name(c != NULL ? c->type :
		    COLUMN_TEXT));
		out_char(o, '\t');
		out_str(o, c != NULL && *c->unit != '\0' ? c->unit : "-");
		out_char(o, '\n');
		rec_wrote(j->in, 1);
	}
}

/* "1177192800.000000" as "2007-04-21T22:00:00.000000Z"; false if it is no
 * time. */
static bool
write_date(struct out *o, struct rec_span v, bool local)
{
	const char *point = memchr(v.s, '.', v.n);
	char text[sizeof "-2147481748-12-31T23:59:60"], zone[8];
	struct tm tm;
	int64_t ns;
	time_t t;

	if (!num_time(v.s, v.n, &ns))
		return false;
	t = (time_t)(ns / NS_PER_S);
	if ((local ? localtime_r(&t, &tm) : gmtime_r(&t, &tm)) == NULL ||
	    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &tm) == 0)
		return false;
	out_str(o, text);
	if (point != NULL)
		out_mem(o, point, (size_t)(v.s + v.n - point));
	if (!local) {
		out_char(o, 'Z');
		return true;
	}
	if (strftime(zone, sizeof zone, "%z", &tm) != 5)
		return false;
	out_mem(o, zone, 3);			/* +02 */
	out_char(o, ':');
	out_mem(o, zone + 3, 2);
	return true;
}

/* Are all times times?  A row is written whole or not at all. */
static bool
check_times(struct job *j)
{
	for (size_t i = 0; j->dates && i < j->columns; i++) {
		struct rec_span v = rec_column(j->in, j->column[i]);
		int64_t ns;

		if (j->is_time[i] && !span_is_unknown(v) &&
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
		if (!j->dates || !j->is_time[i] || !write_date(o, v,
		    j->local))
			out_mem(o, v.s, v.n);
	}
	out_char(o, '\n');
	rec_wrote(j->in, 1);
}

static int
cut_files(struct job *j, char *const *files)
{
	j->in = rec_open(files, &j->spec);
	choose_columns(j);
	if (j->types)
		write_types(j);
	else if (j->spec.columns == NULL)
		write_header(j);
	while (!j->types && rec_next(j->in))
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

	while ((c = cmdline_getopt(argc, argv, "c:dH:hklpTVvx")) != -1) {
		switch (c) {
		case 'c':
			collist_parse(&job.names, optarg);
			job.named = true;
			break;
		case 'd':
			job.dates = true;
			break;
		case 'h':
			cmdline_help(usage, need, NEEDS, NULL, 0);
		case 'l':
			job.dates = job.local = true;
			tzset();
			break;
		case 'p':
			job.spec.plain = true;
			break;
		case 'T':
			job.types = true;
			break;
		case 'x':
			job.drop = true;
			break;
		default:
			cmdline_filter(c, usage, &job.spec);
		}
	}
	/* What is to be plain, or told of, is to be whole. */
	if (!job.named && !job.drop && (job.spec.plain || job.types)) {
		job.names.n = 0;
		job.drop = true;
	}
	job.spec.need = job.names.need;
	job.spec.n_need = job.names.n;
	return cut_files(&job, argv + optind);
}
