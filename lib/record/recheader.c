#include "record/recstate.h"

#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* The names of a # line, split into r->found; 0 if it cannot be a header. */
static size_t
split_names(struct rec *r, const char *s, size_t n, bool *zeek)
{
	static const char fields[] = "#fields\t";
	size_t skip = 1;

	*zeek = n >= sizeof fields - 1 &&
	    memcmp(s, fields, sizeof fields - 1) == 0;
	if (*zeek)
		skip = sizeof fields - 1;
	if (n <= skip || s[skip] == ' ' || s[skip] == '#')
		return 0;
	return rec_split(r, s + skip, n - skip, '\t');
}

/* Makes the n names in r->found those of h; ends the program if two are the
 * same, or a column that is needed is not among them. */
static void
set_names(struct rec *r, struct header *h, size_t n)
{
	size_t at;
	const char *fault = header_set(h, r->found, n, &at);

	if (fault != NULL) {
		recfault_say(r, "", fault, r->found[at]);
		exit(1);
	}
	for (size_t i = 0; i < r->spec.n_need; i++)
		if (header_find(h, r->spec.need[i],
		    strlen(r->spec.need[i])) == HEADER_ABSENT)
			recfault_missing(r, r->spec.need[i], n, r->in.number);
}

/* Columns that stay as they are stand in runs, which are written in one go. */
static void
find_runs(struct rec *r)
{
	size_t n = r->layout.width;

	r->run = mem_alloc(n + 1, sizeof *r->run);
	for (size_t k = r->run[n] = n; k-- > 0;)
		r->run[k] = r->made_of[k] != HEADER_ABSENT ? k :
		    k + 1 < n && r->run[k + 1] > k + 1 ? r->run[k + 1] : k + 1;
	r->tail = r->run[0];
	for (size_t k = r->tail; k < n; k++)
		if (r->made_of[k] == HEADER_ABSENT)
			r->tail = 0;
}

/* Makes the n names in r->found the layout. */
static void
lay_out_columns(struct rec *r, size_t n)
{
	set_names(r, &r->layout, n);
	rec_make_room(r, n);
	r->map = mem_alloc(n, sizeof *r->map);
	r->made_of = mem_alloc(n, sizeof *r->made_of);
	for (size_t k = 0; k < n; k++)
		r->made_of[k] = HEADER_ABSENT;
	for (size_t i = 0; i < r->spec.n_need; i++)
		r->need_at[i] = (size_t)rec_find(r, r->spec.need[i]);
	for (size_t j = 0; j < r->spec.n_made; j++) {
		int k = rec_find(r, r->spec.made[j]);

		r->made_at[j] = k;
		if (k == HEADER_ABSENT)
			continue;
		r->made_of[k] = (int)j;
		r->in_place = true;
	}
	for (size_t j = 0; j < r->spec.n_left_out; j++) {
		int k = rec_find(r, r->spec.left_out[j]);

		if (k == HEADER_ABSENT)
			continue;
		r->made_of[k] = REC_LEFT_OUT;
		r->in_place = true;
	}
	find_runs(r);
}

/* A header again: the layout stays, rows are read by the new one. */
static void
remap_columns(struct rec *r, size_t n)
{
	set_names(r, &r->other, n);
	for (size_t i = 0; i < n; i++)
		if (header_find(&r->layout, r->found[i].s,
		    r->found[i].n) == HEADER_ABSENT) {
			recfault_say(r, "",
			    "column that the first header lacks",
			    r->found[i]);
			exit(1);
		}
	for (size_t k = 0; k < r->layout.width; k++)
		r->map[k] = header_find(&r->other, r->layout.name[k].s,
		    r->layout.name[k].n);
	rec_make_room(r, n);
	r->mapped = true;
}

/* A plain header has nothing but names that the first one has: no row is
 * like that. */
static bool
is_plain_header(struct rec *r, const char *s, size_t n)
{
	const char *tab = memchr(s, '\t', n);
	size_t k, first = tab != NULL ? (size_t)(tab - s) : n;

	if (header_find(&r->layout, s, first) == HEADER_ABSENT)
		return false;
	k = rec_split(r, s, n, '\t');
	for (size_t i = 1; i < k; i++)
		if (header_find(&r->layout, r->found[i].s,
		    r->found[i].n) == HEADER_ABSENT)
			return false;
	return true;
}

bool
recheader_is_again(struct rec *r, const char *s, size_t n)
{
	if (r->spec.columns != NULL)
		return false;
	return *s == '#' || (r->bare && is_plain_header(r, s, n));
}

/* A # line behind the first header is a header if at least half of its names
 * are known, else a comment. */
void
recheader_again(struct rec *r, const char *s, size_t n)
{
	size_t k, known = 0, skip = *s == '#';
	bool zeek;

	if (n == r->layout.text_n + skip &&
	    memcmp(s + skip, r->layout.text, r->layout.text_n) == 0) {
		r->mapped = false;
		return;
	}
	if (skip == 0) {
		remap_columns(r, rec_split(r, s, n, '\t'));
		return;
	}
	k = split_names(r, s, n, &zeek);
	for (size_t i = 0; i < k; i++)
		known += header_find(&r->layout, r->found[i].s,
		    r->found[i].n) != HEADER_ABSENT;
	if (k > 0 && (zeek || (known * 2 >= k && known > 0)))
		remap_columns(r, k);
}

/* How many of the n names in r->found are needed, or, if none is, known? */
static size_t
count_needed(const struct rec *r, size_t n)
{
	struct strtab need;
	size_t k = 0;

	for (size_t i = 0; r->spec.n_need == 0 && i < n; i++)
		k += column_find(r->found[i].s, r->found[i].n) != NULL;
	if (r->spec.n_need == 0)
		return k;
	strtab_init(&need);
	for (size_t i = 0; i < r->spec.n_need; i++)
		strtab_add(&need, r->spec.need[i], strlen(r->spec.need[i]));
	for (size_t i = 0; i < n; i++)
		k += strtab_find(&need, r->found[i].s, r->found[i].n) !=
		    STRTAB_NONE;
	strtab_free(&need);
	return k;
}

/* A # line without a column that is needed is a comment, unless there will
 * be no header: then it is the one that lacks them. */
static void
keep_comment(struct rec *r, const char *s, size_t n)
{
	r->comment = mem_grow(r->comment, &r->comment_cap, n, 1);
	memcpy(r->comment, s, n);
	r->comment_n = n;
	r->comment_line = r->in.number;
}

/* No header comes any more; line: the first row, or none. */
static _Noreturn void
no_header(struct rec *r, struct rec_span line)
{
	size_t width = line.s == NULL ? 0 :
	    rec_split(r, line.s, line.n, '\t');
	bool zeek;
	size_t k = split_names(r, r->comment, r->comment_n, &zeek);

	struct rec_span comment = {r->comment, r->comment_n};

	if (k == 1 && recfault_separator(comment) != NULL) {
		r->in.number = r->comment_line;
		recfault_no_header(r, comment);
	}
	if (r->spec.n_need > 0 && k > 0 && (line.s == NULL || k == width))
		recfault_missing(r, r->spec.need[0], k, r->comment_line);
	if (line.s == NULL)
		errx(2, "%s: no header", r->in.name);
	recfault_no_header(r, line);
}

/* Are the n words in r->found, few of which are known as names, those of a row?
 * `sig' is a column and a class, but no name begins as numbers do. */
static bool
is_row(const struct rec *r, size_t n, size_t known)
{
	if (r->spec.n_need > 0 || known * 2 >= n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (r->found[i].n > 0 && r->found[i].s[0] >= '0' &&
		    r->found[i].s[0] <= '9')
			return true;
	return false;
}

/* Is the line the first header?  Ends the program where none can come. */
static bool
is_first_header(struct rec *r, const char *s, size_t n)
{
	bool zeek = false;
	size_t k, needed;

	recfault_foreign(r, (struct rec_span){s, n});
	if (r->in.dirty)
		recfault_binary(r, (struct rec_span){s, n});
	r->bare = n == 0 || *s != '#';
	k = r->bare ? rec_split(r, s, n, '\t') : split_names(r, s, n, &zeek);
	if (k == 1 && r->spec.n_need == 0 &&
	    recfault_separator((struct rec_span){s, n}) != NULL)
		recfault_no_header(r, (struct rec_span){s, n});
	needed = count_needed(r, k);
	if (!r->bare && (k == 0 || (!zeek && needed == 0 && r->spec.n_need))) {
		if (k > 0)
			keep_comment(r, s, n);
		return false;
	}
	if (r->bare && (needed == 0 || is_row(r, k, needed)))
		no_header(r, (struct rec_span){s, n});
	lay_out_columns(r, k);
	return true;
}

static void
take_header_option(struct rec *r)
{
	size_t n = strlen(r->spec.columns);
	size_t k = rec_split(r, r->spec.columns, n, ',');

	if (n == 0)
		errx(2, "-H: no names");
	r->in.name = "-H";
	lay_out_columns(r, k);
}

void
recheader_open(struct rec *r)
{
	char *s;
	size_t n;

	if (r->spec.columns != NULL) {
		take_header_option(r);
		return;
	}
	do {
		s = rec_next_line(r, &n);
		if (s == NULL)
			no_header(r, (struct rec_span){NULL, 0});
	} while (!is_first_header(r, s, n));
}

/*
 * Writing.
 */

static void
write_names(struct out *o, const char *const *name, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			out_char(o, '\t');
		out_str(o, name[i]);
	}
	out_char(o, '\n');
}

void
rec_header(struct out *o, const char *const *name, size_t n)
{
	out_char(o, '#');
	write_names(o, name, n);
}

void
rec_list_header(struct rec *r, const char *const *name, size_t n)
{
	rec_mark(r, &r->out);
	write_names(&r->out, name, n);
}

void
rec_mark(const struct rec *r, struct out *o)
{
	if (!r->bare && !r->spec.plain)
		out_char(o, '#');
}

void
rec_layout_names(struct rec *r, struct out *o)
{
	for (size_t k = 0; k < r->layout.width; k++) {
		if (k > 0)
			out_char(o, '\t');
		out_mem(o, r->layout.name[k].s, r->layout.name[k].n);
	}
}

void
rec_layout_header(struct rec *r, struct out *o)
{
	rec_mark(r, o);
	rec_layout_names(r, o);
	out_char(o, '\n');
}

void
recheader_write(struct rec *r)
{
	bool first = true;

	rec_mark(r, &r->out);
	for (size_t k = 0; k < r->layout.width; k++) {
		if (r->made_of[k] == REC_LEFT_OUT)
			continue;
		if (!first)
			out_char(&r->out, '\t');
		first = false;
		out_mem(&r->out, r->layout.name[k].s, r->layout.name[k].n);
	}
	for (size_t j = 0; j < r->spec.n_made; j++)
		if (r->made_at[j] == HEADER_ABSENT) {
			out_char(&r->out, '\t');
			out_str(&r->out, r->spec.made[j]);
		}
	out_char(&r->out, '\n');
}
