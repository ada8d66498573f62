/*
 * flowpart: parts records by a hash of some of their columns, for engines
 * that have no hash partitioner of their own.
 *
 * Reads flow records, flow(5), or any other records with a header.  The key
 * of a row is the text of the chosen columns; where both ends of a flow are
 * among them, src and dst and perhaps sport and dport, the order of the ends
 * does not count, so both directions lie in one part.  The part is
 *
 *	FNV-1a of the key (64 bits), finished as in MurmurHash3, modulo n
 *
 * on every machine and in every version.  It is written in front of each
 * row, or the rows are written to n files, which take their names when they
 * are whole.  Memory: one line, and 64 KiB a file.
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/out.h"
#include "record/rec.h"
#include "record/cmdline.h"

static const char usage[] =
"usage: flowpart -n parts [-hkVv] [-c columns] [-H names] [-o prefix]\n"
"                [file ...]\n";

/* The addresses: what keeps the pieces of a flow together, and the flows of
 * a pair as sigtag has it. */
static const char *const default_need[] = {
	"src", "dst"
};

static const char *const made[] = {
	"part"
};

enum {
	DEFAULT_NEEDS = sizeof default_need / sizeof *default_need,
	COLS = sizeof made / sizeof *made,
	MOST_COLUMNS = 64, MOST_PARTS = 10000,
	END_COLUMNS = 2
};

static const char *const end_name[2][END_COLUMNS] = {
	{"src", "sport"}, {"dst", "dport"}
};

/* A key's columns, by their number among those needed. */
struct key {
	size_t other[MOST_COLUMNS], others;
	size_t end[2][END_COLUMNS];
	size_t end_columns;		/* 0: ends that differ in theirs */
};

struct part {
	struct out out;
	char *name, *temporary;		/* NULL: it has its name */
};

struct job {
	uint64_t parts;
	unsigned digits;		/* of the greatest number */
	const char *prefix;		/* NULL: all to standard output */
	const char *need[MOST_COLUMNS];
	struct rec_spec spec;
	struct key key;
	struct rec *in;
	struct part *part;
};

/*
 * The key.
 */

static size_t
find_need(const struct job *j, const char *name)
{
	size_t i = 0;

	while (i < j->spec.n_need && strcmp(j->need[i], name) != 0)
		i++;
	return i;
}

/* Are the same columns of both ends there? */
static void
find_ends(struct job *j)
{
	struct key *k = &j->key;

	for (int c = 0; c < END_COLUMNS; c++) {
		size_t a = find_need(j, end_name[0][c]);
		size_t b = find_need(j, end_name[1][c]);

		if ((a < j->spec.n_need) != (b < j->spec.n_need)) {
			k->end_columns = 0;
			return;
		}
		if (a == j->spec.n_need)
			continue;
		k->end[0][k->end_columns] = a;
		k->end[1][k->end_columns++] = b;
	}
}

static bool
is_of_an_end(const struct key *k, size_t need)
{
	for (size_t c = 0; c < k->end_columns; c++)
		if (k->end[0][c] == need || k->end[1][c] == need)
			return true;
	return false;
}

static void
lay_out_key(struct job *j)
{
	find_ends(j);
	for (size_t i = 0; i < j->spec.n_need; i++)
		if (!is_of_an_end(&j->key, i))
			j->key.other[j->key.others++] = i;
}

static int
compare_spans(struct rec_span a, struct rec_span b)
{
	int d = memcmp(a.s, b.s, a.n < b.n ? a.n : b.n);

	return d != 0 ? d : (a.n > b.n) - (a.n < b.n);
}

/* Which end of the row stands first in its key? */
static int
first_end(const struct job *j)
{
	const struct key *k = &j->key;

	for (size_t c = 0; c < k->end_columns; c++) {
		int d = compare_spans(rec_get(j->in, k->end[0][c]),
		    rec_get(j->in, k->end[1][c]));

		if (d != 0)
			return d > 0;
	}
	return 0;
}

/* A column and a TAB behind it. */
static uint64_t
fnv_add(uint64_t h, struct rec_span v)
{
	static const uint64_t prime = UINT64_C(0x100000001b3);

	for (size_t i = 0; i < v.n; i++)
		h = (h ^ (unsigned char)v.s[i]) * prime;
	return (h ^ '\t') * prime;
}

static uint64_t
fnv_finish(uint64_t h)
{
	h = (h ^ h >> 33) * UINT64_C(0xff51afd7ed558ccd);
	h = (h ^ h >> 33) * UINT64_C(0xc4ceb9fe1a85ec53);
	return h ^ h >> 33;
}

static uint64_t
part_of_row(const struct job *j)
{
	const struct key *k = &j->key;
	int first = first_end(j);
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < k->others; i++)
		h = fnv_add(h, rec_get(j->in, k->other[i]));
	for (int e = 0; e < 2; e++)
		for (size_t c = 0; c < k->end_columns; c++)
			h = fnv_add(h, rec_get(j->in, k->end[e ^ first][c]));
	return fnv_finish(h) % j->parts;
}

/*
 * The parts.
 */

static void
write_header(const struct job *j, struct out *o, bool with_part)
{
	rec_mark(j->in, o);
	if (with_part) {
		out_str(o, made[0]);
		out_char(o, '\t');
	}
	rec_layout_names(j->in, o);
	out_char(o, '\n');
}

static const int ends[] = {SIGHUP, SIGINT, SIGTERM};
enum { ENDS = sizeof ends / sizeof *ends };

/* A file that nobody has: NAME.tmp, or else NAME.1.tmp and so on. */
static int
open_temporary(const char *name, char *temporary, size_t room)
{
	unsigned k = 0;
	int fd;

	do {
		if (k == 0)
			snprintf(temporary, room, "%s.tmp", name);
		else
			snprintf(temporary, room, "%s.%u.tmp", name, k);
		fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL, 0666);
	} while (fd < 0 && errno == EEXIST && ++k != 0);
	if (fd < 0)
		err(1, "%s", temporary);
	return fd;
}

static void
open_part(struct job *j, uint64_t number)
{
	struct part *p = &j->part[number];
	size_t room = strlen(j->prefix) + 48;
	char *temporary = mem_alloc(room, 1);
	sigset_t held, before;
	int fd;

	p->name = mem_alloc(room, 1);
	snprintf(p->name, room, "%s%0*llu", j->prefix, (int)j->digits,
	    (unsigned long long)number);
	/* No signal comes between the file and the note that it is ours. */
	sigemptyset(&held);
	for (size_t i = 0; i < ENDS; i++)
		sigaddset(&held, ends[i]);
	sigprocmask(SIG_BLOCK, &held, &before);
	fd = open_temporary(p->name, temporary, room);
	p->temporary = temporary;
	sigprocmask(SIG_SETMASK, &before, NULL);
	out_open(&p->out, fd, p->name);
	if (j->spec.columns == NULL)
		write_header(j, &p->out, false);
}

static struct job *running;

/* At exit, and at signals: no half-written file stays. */
static void
remove_unfinished(void)
{
	for (uint64_t i = 0; running != NULL && i < running->parts; i++)
		if (running->part[i].temporary != NULL)
			unlink(running->part[i].temporary);
}

static void
end_by_signal(int number)
{
	remove_unfinished();
	signal(number, SIG_DFL);
	raise(number);
}

static void
open_parts(struct job *j)
{
	j->part = mem_alloc((size_t)j->parts, sizeof *j->part);
	running = j;
	atexit(remove_unfinished);
	for (size_t i = 0; i < ENDS; i++)
		if (signal(ends[i], end_by_signal) == SIG_IGN)
			signal(ends[i], SIG_IGN);
	for (uint64_t i = 0; i < j->parts; i++)
		open_part(j, i);
}

/* All are closed before the first gets its name. */
static void
name_parts(struct job *j)
{
	for (uint64_t i = 0; i < j->parts; i++)
		out_close(&j->part[i].out);
	for (uint64_t i = 0; i < j->parts; i++) {
		struct part *p = &j->part[i];
		char *temporary;

		if (rename(p->temporary, p->name) < 0)
			err(1, "%s", p->name);
		temporary = p->temporary;
		p->temporary = NULL;
		free(temporary);
		free(p->name);
	}
	running = NULL;
	free(j->part);
}

static void
write_row(struct job *j, uint64_t number)
{
	struct rec_span line = rec_line(j->in);
	struct out *o = rec_out(j->in);

	if (j->prefix != NULL) {
		o = &j->part[number].out;
	} else {
		out_pad(o, number, j->digits);
		out_char(o, '\t');
	}
	out_mem(o, line.s, line.n);
	out_char(o, '\n');
	rec_wrote(j->in, 1);
}

static int
part_files(struct job *j, char *const *files)
{
	lay_out_key(j);
	j->spec.need = j->need;
	j->in = rec_open(files, &j->spec);
	if (j->prefix != NULL)
		open_parts(j);
	else if (rec_find(j->in, made[0]) >= 0)
		errx(2, "the input has a column \"%s\" already", made[0]);
	else if (j->spec.columns == NULL)
		write_header(j, rec_out(j->in), true);
	while (rec_next(j->in))
		write_row(j, part_of_row(j));
	if (j->prefix != NULL)
		name_parts(j);
	return rec_close(j->in);
}

/*
 * Options.
 */

static void
set_columns(struct job *j, char *names)
{
	char *name, *comma;

	j->spec.n_need = 0;
	for (name = names; name != NULL; name = comma) {
		comma = strchr(name, ',');
		if (comma != NULL)
			*comma++ = '\0';
		if (*name == '\0')
			errx(2, "-c: empty name");
		if (find_need(j, name) < j->spec.n_need)
			errx(2, "-c: column named twice: \"%s\"", name);
		if (j->spec.n_need == MOST_COLUMNS)
			errx(2, "-c: more than %d columns", MOST_COLUMNS);
		j->need[j->spec.n_need++] = name;
	}
}

static void
set_parts(struct job *j, const char *arg)
{
	j->parts = num_option('n', arg, 1, MOST_PARTS);
	j->digits = 1;
	for (uint64_t v = j->parts - 1; v >= 10; v /= 10)
		j->digits++;
}

/* Reads records, writes them with the number of their part, or apart. */
int
main(int argc, char **argv)
{
	static struct job job = {
		.spec = { .n_need = DEFAULT_NEEDS, .own_output = true }
	};
	int c;

	memcpy(job.need, default_need, sizeof default_need);
	while ((c = cmdline_getopt(argc, argv, "c:H:hkn:o:Vv")) != -1)
		switch (c) {
		case 'c':
			set_columns(&job, optarg);
			break;
		case 'h':
			cmdline_help(usage, default_need, DEFAULT_NEEDS, made,
			    COLS);
		case 'n':
			set_parts(&job, optarg);
			break;
		case 'o':
			job.prefix = optarg;
			break;
		default:
			cmdline_filter(c, usage, &job.spec);
		}
	if (job.parts == 0)
		cmdline_usage(usage);

	return part_files(&job, argv + optind);
}
