#include "record/rec.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/lines.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/scan.h"
#include "record/spool.h"

enum { ABSENT = -1 };

struct rec {
	struct rec_spec spec;
	struct lines in;
	struct out out;

	/* The first header: the layout that rows are given in. */
	char *text;			/* as it was read */
	size_t text_n;
	char *names;			/* the same, each name ending in NUL */
	struct rec_span *name;
	size_t width;
	bool bare;			/* it came without # */
	size_t *need_at;		/* layout column of each need */
	int *col_at;			/* … of each made one, or ABSENT */
	bool in_place;			/* some made column is in the layout */

	/* The header in force, where it differs from the first. */
	int *map;			/* its column for each of the layout */
	size_t map_width;		/* its width; 0: no difference */

	/* The row. */
	struct rec_span line;
	struct rec_span *field;		/* of the layout … */
	bool unsplit;			/* … once they are looked for */
	struct rec_span *found;		/* as they stand in the line */
	size_t found_cap;
	char *joined;			/* a re-mapped line */
	size_t joined_cap;
	struct rec_span *value;		/* of the made columns */

	struct spool spool;
	bool replaying;
	uint64_t replayed;
	uint64_t rows, dropped, written;
};

static const struct rec_span unknown = {"-", 1};

static bool
same(struct rec_span a, const char *s, size_t n)
{
	return a.n == n && memcmp(a.s, s, n) == 0;
}

/* A row that is read a second time is split only when somebody looks. */
static void
split_row(struct rec *r)
{
	if (r->unsplit && scan_split(r->line.s, r->line.n, '\t', r->field,
	    r->width) != r->width)
		spool_check(&r->spool, false);
	r->unsplit = false;
}

/* Splits the line into r->found, however many fields it has. */
static size_t
split_line(struct rec *r, const char *s, size_t n, char sep)
{
	size_t k = scan_split(s, n, sep, r->found, r->found_cap);

	if (k > r->found_cap) {
		r->found = mem_grow(r->found, &r->found_cap, k,
		    sizeof *r->found);
		scan_split(s, n, sep, r->found, r->found_cap);
	}
	return k;
}

static int
find(const struct rec_span *name, size_t n, const char *s, size_t len)
{
	for (size_t i = 0; i < n; i++)
		if (same(name[i], s, len))
			return (int)i;
	return ABSENT;
}

/*
 * Messages.
 */

/* What was read goes into a message short and printable. */
static const char *
shown(struct rec_span v, char text[64])
{
	size_t n = v.n < 56 ? v.n : 56;

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)v.s[i];

		text[i] = c == '\t' ? ' ' : c < 0x20 || c == 0x7f ? '?' : (char)c;
	}
	strcpy(text + n, v.n > n ? "..." : "");
	return text;
}

/* Rows before the one at fault are results: they go out first. */
static void
complain(struct rec *r, const char *column, const char *what,
    struct rec_span value)
{
	char text[64];

	out_flush(&r->out);
	warnx("%s:%llu: %s%s%s: \"%s\"", r->in.name,
	    (unsigned long long)r->in.number, column, *column ? ": " : "",
	    what, shown(value, text));
}

static bool
drop(struct rec *r)
{
	if (!r->spec.keep_going)
		exit(1);
	r->dropped++;
	return false;
}

bool
rec_bad(struct rec *r, size_t i, const char *what)
{
	complain(r, r->spec.need[i].name, what, rec_get(r, i));
	return drop(r);
}

bool
rec_bad_column(struct rec *r, size_t k, const char *what)
{
	complain(r, r->name[k].s, what, rec_column(r, k));
	return drop(r);
}

static bool
bad_line(struct rec *r, const char *what, struct rec_span value)
{
	complain(r, "", what, value);
	return drop(r);
}

/*
 * Headers.
 */

/* The names of a # line, split into r->found; 0 if it cannot be a header. */
static size_t
names_of(struct rec *r, const char *s, size_t n, bool *zeek)
{
	static const char fields[] = "#fields\t";
	size_t skip = 1;

	*zeek = n >= sizeof fields - 1 &&
	    memcmp(s, fields, sizeof fields - 1) == 0;
	if (*zeek)
		skip = sizeof fields - 1;
	if (n <= skip || s[skip] == ' ' || s[skip] == '#')
		return 0;
	return split_line(r, s + skip, n - skip, '\t');
}

static void
check_names(struct rec *r, const struct rec_span *name, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *what = name[i].n == 0 ? "column without a name" :
		    find(name, i, name[i].s, name[i].n) != ABSENT ?
		    "column named twice" : NULL;

		if (what != NULL) {
			complain(r, "", what, name[i]);
			exit(1);
		}
	}
}

static size_t
count_needed(const struct rec *r, const struct rec_span *name, size_t n)
{
	size_t k = 0;

	for (size_t i = 0; i < r->spec.n_need; i++) {
		const char *s = r->spec.need[i].name;

		k += find(name, n, s, strlen(s)) != ABSENT;
	}
	return k;
}

static _Noreturn void
missing(struct rec *r, const struct rec_need *need)
{
	const char *from = need->from ? need->from : "pcap2flows";
	const char *a = *from ? " (" : "", *z = *from ? " makes it)" : "";

	out_flush(&r->out);
	if (r->spec.columns)
		errx(2, "-H: no column \"%s\"%s%s%s", need->name, a, from, z);
	errx(2, "%s:%llu: no column \"%s\"%s%s%s", r->in.name,
	    (unsigned long long)r->in.number, need->name, a, from, z);
}

/* Makes the n names in r->found the layout. */
static void
lay_out(struct rec *r, size_t n)
{
	const struct rec_span *f = r->found;
	size_t text_n = (size_t)(f[n - 1].s + f[n - 1].n - f[0].s);

	check_names(r, f, n);
	r->text = mem_alloc(text_n + 1, 1);
	r->text_n = text_n;
	memcpy(r->text, f[0].s, text_n);
	r->names = mem_alloc(text_n + 1, 1);
	memcpy(r->names, f[0].s, text_n);
	r->width = n;
	r->name = mem_alloc(n, sizeof *r->name);
	r->field = mem_alloc(n, sizeof *r->field);
	r->map = mem_alloc(n, sizeof *r->map);
	for (size_t i = 0; i < n; i++) {
		r->name[i] = f[i];
		r->name[i].s = r->names + (f[i].s - f[0].s);
		r->names[f[i].s - f[0].s + (ptrdiff_t)f[i].n] = '\0';
	}
	for (size_t i = 0; i < r->spec.n_need; i++) {
		int k = rec_find(r, r->spec.need[i].name);

		if (k == ABSENT)
			missing(r, &r->spec.need[i]);
		r->need_at[i] = (size_t)k;
	}
	for (size_t i = 0; i < r->spec.n_col; i++) {
		r->col_at[i] = rec_find(r, r->spec.col[i].name);
		r->in_place |= r->col_at[i] != ABSENT;
	}
}

/* A header again: the layout stays, rows are read by the new one. */
static void
remap(struct rec *r, size_t n)
{
	const struct rec_span *f = r->found;

	check_names(r, f, n);
	for (size_t i = 0; i < r->spec.n_need; i++)
		if (find(f, n, r->spec.need[i].name,
		    strlen(r->spec.need[i].name)) == ABSENT)
			missing(r, &r->spec.need[i]);
	for (size_t i = 0; i < n; i++)
		if (find(r->name, r->width, f[i].s, f[i].n) == ABSENT) {
			complain(r, "", "column that the first header lacks",
			    f[i]);
			exit(1);
		}
	r->map_width = n;
	for (size_t i = 0; i < r->width; i++)
		r->map[i] = find(f, n, r->name[i].s, r->name[i].n);
}

/* A # line behind the first header: a header if at least half of its names
 * are known, else a comment. */
static void
header_again(struct rec *r, const char *s, size_t n)
{
	bool zeek;
	size_t k, known = 0;

	if (n == r->text_n + 1 && memcmp(s + 1, r->text, r->text_n) == 0) {
		r->map_width = 0;
		return;
	}
	k = names_of(r, s, n, &zeek);
	for (size_t i = 0; i < k; i++)
		known += find(r->name, r->width, r->found[i].s,
		    r->found[i].n) != ABSENT;
	if (k > 0 && (zeek || (known * 2 >= k && known > 0)))
		remap(r, k);
}

/* Is the line the first header?  Ends the program where none can come. */
static bool
header_first(struct rec *r, const char *s, size_t n)
{
	bool zeek = false;
	size_t k, needed;

	if (r->in.dirty) {
		r->spec.keep_going = false;
		bad_line(r, n > 0 && s[n - 1] == '\r' ?
		    "carriage return at the end of a line" :
		    "control byte in the header", (struct rec_span){s, n});
	}
	r->bare = n == 0 || *s != '#';
	k = r->bare ? split_line(r, s, n, '\t') : names_of(r, s, n, &zeek);
	needed = count_needed(r, r->found, k);
	if (!r->bare && (k == 0 || (!zeek && needed == 0 && r->spec.n_need)))
		return false;
	if (r->bare && needed == 0)
		errx(2, "%s:%llu: no header before the first record",
		    r->in.name, (unsigned long long)r->in.number);
	lay_out(r, k);
	return true;
}

static void
header_from_option(struct rec *r)
{
	size_t n = strlen(r->spec.columns);
	size_t k = split_line(r, r->spec.columns, n, ',');

	r->in.name = "-H";
	lay_out(r, k);
}

static void
header_from_input(struct rec *r)
{
	char *s;
	size_t n;

	do {
		s = lines_next(&r->in, &n);
		if (s == NULL)
			errx(2, "%s: no header", r->in.name);
	} while (!header_first(r, s, n));
}

static void
write_header(struct rec *r)
{
	struct out *o = &r->out;

	out_char(o, '#');
	for (size_t i = 0; i < r->width; i++) {
		if (i > 0)
			out_char(o, '\t');
		out_mem(o, r->name[i].s, r->name[i].n);
	}
	for (size_t i = 0; i < r->spec.n_col; i++)
		if (r->col_at[i] == ABSENT) {
			out_char(o, '\t');
			out_str(o, r->spec.col[i].name);
		}
	out_char(o, '\n');
}

void
rec_header(struct out *o, const struct rec_col *col, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		out_char(o, i == 0 ? '#' : '\t');
		out_str(o, col[i].name);
	}
	out_char(o, '\n');
}

struct rec *
rec_open(char *const *files, const struct rec_spec *spec)
{
	struct rec *r = mem_alloc(1, sizeof *r);

	r->spec = *spec;
	out_open(&r->out, 1, "<stdout>");
	r->need_at = mem_alloc(spec->n_need, sizeof *r->need_at);
	r->col_at = mem_alloc(spec->n_col, sizeof *r->col_at);
	r->value = mem_alloc(spec->n_col, sizeof *r->value);
	for (size_t i = 0; i < spec->n_col; i++)
		r->value[i] = unknown;
	spool_init(&r->spool);
	lines_open(&r->in, files);
	r->in.empty_ok = spec->columns != NULL;
	r->in.flush = &r->out;
	if (spec->columns)
		header_from_option(r);
	else
		header_from_input(r);
	if (!spec->columns && !spec->own_output && !spec->no_output)
		write_header(r);
	return r;
}

/*
 * Rows.
 */

/* Puts the fields found into the layout. */
static void
arrange(struct rec *r)
{
	for (size_t i = 0; i < r->width; i++)
		r->field[i] = r->map[i] == ABSENT ? unknown :
		    r->found[r->map[i]];
}

static bool
parse_row(struct rec *r, const char *s, size_t n)
{
	size_t want = r->map_width ? r->map_width : r->width;
	size_t k;
	char text[96];

	r->line = (struct rec_span){s, n};
	r->unsplit = false;
	if (r->in.dirty)
		return bad_line(r, s[n - 1] == '\r' ?
		    "carriage return at the end of a line" :
		    "control byte in a row", r->line);
	if (r->map_width == 0)
		k = scan_split(s, n, '\t', r->field, r->width);
	else
		k = split_line(r, s, n, '\t');
	if (k != want) {
		snprintf(text, sizeof text, "%zu column%s where the header "
		    "has %zu", k, k == 1 ? "" : "s", want);
		return bad_line(r, text, r->line);
	}
	if (r->map_width != 0)
		arrange(r);
	return true;
}

static bool
is_header_again(const struct rec *r, const char *s, size_t n)
{
	if (r->spec.columns != NULL)
		return false;
	if (n > 0 && *s == '#')
		return true;
	return r->bare && n == r->text_n && memcmp(s, r->text, n) == 0;
}

/* A row that is read a second time, and not checked again. */
static bool
next_kept(struct rec *r)
{
	char *s;
	size_t n;

	if (r->replayed == r->spool.rows) {
		spool_check(&r->spool, true);
		return false;
	}
	if ((s = lines_next(&r->in, &n)) == NULL)
		spool_check(&r->spool, false);
	r->line = (struct rec_span){s, n};
	r->unsplit = true;
	r->replayed++;
	return true;
}

bool
rec_next(struct rec *r)
{
	char *s;
	size_t n;

	if (r->replaying)
		return next_kept(r);
	while ((s = lines_next(&r->in, &n)) != NULL) {
		if (n > 0 && (*s == '#' || r->bare) &&
		    is_header_again(r, s, n)) {
			if (*s == '#')
				header_again(r, s, n);
			else
				r->map_width = 0;
			continue;
		}
		r->rows++;
		if (parse_row(r, s, n))
			return true;
	}
	return false;
}

struct rec_span
rec_get(struct rec *r, size_t i)
{
	split_row(r);
	return r->field[r->need_at[i]];
}

bool
rec_unknown(struct rec *r, size_t i)
{
	struct rec_span v = rec_get(r, i);

	return v.n == 1 && *v.s == '-';
}

bool
rec_u64(struct rec *r, size_t i, uint64_t max, uint64_t *v)
{
	struct rec_span f = rec_get(r, i);

	return num_u64(f.s, f.n, max, v) || rec_bad(r, i, "not a count");
}

bool
rec_time(struct rec *r, size_t i, int64_t *ns)
{
	struct rec_span f = rec_get(r, i);

	if (rec_unknown(r, i)) {
		*ns = TIME_NONE;
		return true;
	}
	return num_time(f.s, f.n, ns) || rec_bad(r, i, "not a time");
}

bool
rec_addr(struct rec *r, size_t i, struct addr *a)
{
	struct rec_span f = rec_get(r, i);

	return addr_parse(f.s, f.n, a) || rec_bad(r, i, "not an address");
}

bool
rec_port(struct rec *r, size_t i, uint16_t *port)
{
	struct rec_span f = rec_get(r, i);
	uint64_t v;

	if (!num_u64(f.s, f.n, UINT16_MAX, &v))
		return rec_bad(r, i, "not a port");
	*port = (uint16_t)v;
	return true;
}

int
rec_find(const struct rec *r, const char *name)
{
	return find(r->name, r->width, name, strlen(name));
}

struct rec_span
rec_column(struct rec *r, size_t k)
{
	split_row(r);
	return r->field[k];
}

size_t
rec_width(const struct rec *r)
{
	return r->width;
}

const char *
rec_name(const struct rec *r, size_t k)
{
	return r->name[k].s;
}

struct rec_span
rec_line(struct rec *r)
{
	size_t n = 0;

	if (r->map_width == 0 || r->unsplit)
		return r->line;
	for (size_t i = 0; i < r->width; i++) {
		r->joined = mem_grow(r->joined, &r->joined_cap,
		    n + r->field[i].n + 1, 1);
		memcpy(r->joined + n, r->field[i].s, r->field[i].n);
		n += r->field[i].n;
		r->joined[n++] = '\t';
	}
	return (struct rec_span){r->joined, n - 1};
}

void
rec_again(struct rec *r, struct rec_span line)
{
	r->line = line;
	r->unsplit = true;
}

/*
 * Writing.
 */

void
rec_set(struct rec *r, size_t j, const char *s, size_t n)
{
	r->value[j] = (struct rec_span){s, n};
}

static struct rec_span
field_or_value(const struct rec *r, size_t k)
{
	for (size_t j = 0; j < r->spec.n_col; j++)
		if (r->col_at[j] == (int)k)
			return r->value[j];
	return r->field[k];
}

static void
write_replaced(struct rec *r)
{
	split_row(r);
	for (size_t k = 0; k < r->width; k++) {
		struct rec_span v = field_or_value(r, k);

		if (k > 0)
			out_char(&r->out, '\t');
		out_mem(&r->out, v.s, v.n);
	}
}

void
rec_write(struct rec *r)
{
	struct out *o = &r->out;

	if (r->in_place) {
		write_replaced(r);
	} else {
		struct rec_span line = rec_line(r);

		out_mem(o, line.s, line.n);
	}
	for (size_t j = 0; j < r->spec.n_col; j++) {
		if (r->col_at[j] == ABSENT) {
			out_char(o, '\t');
			out_mem(o, r->value[j].s, r->value[j].n);
		}
		r->value[j] = unknown;
	}
	out_char(o, '\n');
	r->written++;
}

void
rec_keep(struct rec *r)
{
	struct rec_span line = rec_line(r);

	spool_keep(&r->spool, &r->in, line.s, line.n, r->map_width == 0);
}

void
rec_replay(struct rec *r)
{
	spool_replay(&r->spool, &r->in);
	r->in.empty_ok = r->in.clean = true;
	r->in.flush = &r->out;
	r->map_width = 0;
	r->replaying = true;
}

struct out *
rec_out(struct rec *r)
{
	return &r->out;
}

void
rec_wrote(struct rec *r, uint64_t n)
{
	r->written += n;
}

uint64_t
rec_rows(const struct rec *r)
{
	return r->rows;
}

uint64_t
rec_dropped(const struct rec *r)
{
	return r->dropped;
}

int
rec_close(struct rec *r)
{
	int status = r->dropped > 0;

	if (!r->spec.no_output)
		out_close(&r->out);
	if (status)
		warnx("%llu bad row%s dropped",
		    (unsigned long long)r->dropped, r->dropped == 1 ? "" : "s");
	if (r->spec.verbose)
		warnx("records in %llu, out %llu, dropped %llu",
		    (unsigned long long)r->rows,
		    (unsigned long long)r->written,
		    (unsigned long long)r->dropped);
	lines_close(&r->in);
	spool_free(&r->spool);
	free(r->text);
	free(r->names);
	free(r->name);
	free(r->field);
	free(r->found);
	free(r->map);
	free(r->joined);
	free(r->value);
	free(r->need_at);
	free(r->col_at);
	free(r);
	return status;
}
