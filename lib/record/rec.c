#include "record/recstate.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/num.h"

static const struct rec_span unknown = {"-", 1};

/* Apart, so that who asks for a column of a row already split pays nothing. */
static __attribute__((noinline)) void
split_late(struct rec *r)
{
	if (scan_starts(r->line.s, r->line.n, '\t', r->at,
	    r->layout.width) != r->layout.width)
		spool_check(&r->spool, false);
	r->unsplit = false;
}

/* A row that is read a second time is split only when somebody looks. */
static inline void
split_row(struct rec *r)
{
	if (r->unsplit)
		split_late(r);
}

/* Column k of the first layout, of a row that is split. */
static inline struct rec_span
field_of(const struct rec *r, size_t k)
{
	if (r->order != NULL) {
		if (r->order[k] == HEADER_ABSENT)
			return unknown;
		k = (size_t)r->order[k];
	}
	return scan_fields(r->line.s, r->at, k, k + 1);
}

char *
rec_next_line(struct rec *r, size_t *n)
{
	char *s = lines_next(&r->in, n);

	if (s != NULL && r->in.unended)
		recfault_warn_cut(r);
	return s;
}

size_t
rec_split(struct rec *r, const char *s, size_t n, char sep)
{
	size_t k = scan_split(s, n, sep, r->found, r->found_cap);

	if (k > r->found_cap) {
		r->found = mem_grow(r->found, &r->found_cap, k,
		    sizeof *r->found);
		scan_split(s, n, sep, r->found, r->found_cap);
	}
	return k;
}

void
rec_make_room(struct rec *r, size_t width)
{
	r->at = mem_grow(r->at, &r->at_cap, width + SCAN_ROOM, sizeof *r->at);
}

struct rec *
rec_open(char *const *files, const struct rec_spec *spec)
{
	struct rec *r = mem_alloc(1, sizeof *r);

	r->spec = *spec;
	out_open(&r->out, 1, "<stdout>");
	r->need_at = mem_alloc(spec->n_need, sizeof *r->need_at);
	r->made_at = mem_alloc(spec->n_made, sizeof *r->made_at);
	r->value = mem_alloc(spec->n_made, sizeof *r->value);
	for (size_t i = 0; i < spec->n_made; i++)
		r->value[i] = unknown;
	header_init(&r->layout);
	header_init(&r->other);
	spool_init(&r->spool);
	lines_open(&r->in, files);
	r->in.empty_ok = spec->columns != NULL;
	r->in.split = true;
	r->in.flush = &r->out;
	recheader_open(r);
	if (!spec->columns && !spec->own_output && !spec->no_output)
		recheader_write(r);
	return r;
}

/*
 * Rows.
 */

/* Columns that a row has by the header in force. */
static size_t
row_width(const struct rec *r)
{
	return r->mapped ? r->other.width : r->layout.width;
}

/* k: columns, if they are counted. */
static bool
parse_row(struct rec *r, const char *s, size_t n, size_t k)
{
	size_t want = row_width(r);
	char text[96];

	r->line = (struct rec_span){s, n};
	r->unsplit = false;
	r->order = r->mapped ? r->map : NULL;
	if (r->in.dirty) {
		recfault_foreign(r, r->line);
		return recfault_line(r, s[n - 1] == '\r' ?
		    "carriage return at the end of a line" :
		    "control byte in a row", r->line);
	}
	if (k == 0)
		k = scan_starts(s, n, '\t', r->at, want);
	if (k != want) {
		recfault_foreign(r, r->line);
		snprintf(text, sizeof text, "%zu column%s where the header "
		    "has %zu", k, k == 1 ? "" : "s", want);
		return recfault_line(r, text, r->line);
	}
	return true;
}

/* The next line; *k: its columns, or 0 if they are still to be counted. */
static char *
next_split(struct rec *r, size_t *n, size_t *k)
{
	char *s = lines_split(&r->in, n, r->at, row_width(r), k);

	if (s != NULL && r->in.unended)
		recfault_warn_cut(r);
	return s;
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
	spool_back(&r->spool, s, n);
	r->line = (struct rec_span){s, n};
	r->unsplit = true;
	r->replayed++;
	return true;
}

bool
rec_next(struct rec *r)
{
	char *s;
	size_t n, k;

	if (r->replaying)
		return next_kept(r);
	while ((s = next_split(r, &n, &k)) != NULL) {
		if (n > 0 && (*s == '#' || r->bare) &&
		    recheader_is_again(r, s, n)) {
			recheader_again(r, s, n);
			continue;
		}
		r->rows++;
		if (parse_row(r, s, n, k))
			return true;
	}
	return false;
}

struct rec_span
rec_get(struct rec *r, size_t i)
{
	split_row(r);
	return field_of(r, r->need_at[i]);
}

void
rec_get_all(struct rec *r, struct rec_span *v)
{
	const size_t *at = r->need_at;
	size_t n = r->spec.n_need;

	split_row(r);
	if (r->order == NULL)
		for (size_t i = 0; i < n; i++)
			v[i] = scan_fields(r->line.s, r->at, at[i], at[i] + 1);
	else
		for (size_t i = 0; i < n; i++)
			v[i] = field_of(r, at[i]);
}

bool
rec_unknown(struct rec *r, size_t i)
{
	return span_is_unknown(rec_get(r, i));
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
	return header_find(&r->layout, name, strlen(name));
}

struct rec_span
rec_column(struct rec *r, size_t k)
{
	split_row(r);
	return field_of(r, k);
}

size_t
rec_width(const struct rec *r)
{
	return r->layout.width;
}

const char *
rec_name(const struct rec *r, size_t k)
{
	return r->layout.name[k].s;
}

struct rec_span
rec_line(struct rec *r)
{
	size_t n = 0;

	if (r->order == NULL)
		return r->line;
	for (size_t i = 0; i < r->layout.width; i++) {
		struct rec_span v = field_of(r, i);

		r->joined = mem_grow(r->joined, &r->joined_cap, n + v.n + 1,
		    1);
		memcpy(r->joined + n, v.s, v.n);
		n += v.n;
		r->joined[n++] = '\t';
	}
	return (struct rec_span){r->joined, n - 1};
}

void
rec_again(struct rec *r, struct rec_span line)
{
	r->line = line;
	r->unsplit = true;
	r->order = NULL;
}

/*
 * Writing.
 */

void
rec_set(struct rec *r, size_t j, const char *s, size_t n)
{
	r->value[j] = (struct rec_span){s, n};
}

/* Columns k to *next - 1, as many as stand in the row as they are written; or
 * one that is made. */
static struct rec_span
next_piece(const struct rec *r, size_t k, size_t *next)
{
	size_t end = r->run[k];

	*next = k + 1;
	if (r->made_of[k] != HEADER_ABSENT)
		return r->value[r->made_of[k]];
	if (r->order != NULL)
		return field_of(r, k);
	*next = end;
	return scan_fields(r->line.s, r->at, k, end);
}

/* Of a row that is read a second time its last columns alone. */
static void
split_tail(struct rec *r)
{
	const char *s = r->line.s;
	size_t i = r->line.n, k = r->layout.width;

	r->at[0] = 0;
	r->at[k] = (uint32_t)i + 1;
	while (k-- > r->tail) {
		while (i > 0 && s[i - 1] != '\t')
			i--;
		if (i == 0)
			spool_check(&r->spool, false);
		r->at[k] = (uint32_t)i--;
	}
}

static void
write_replaced(struct rec *r)
{
	bool first = true;

	if (r->unsplit && r->tail > 0)
		split_tail(r);
	else
		split_row(r);
	for (size_t k = 0, next; k < r->layout.width; k = next) {
		struct rec_span v;

		next = k + 1;
		if (r->made_of[k] == REC_LEFT_OUT)
			continue;
		v = next_piece(r, k, &next);
		if (!first)
			out_char(&r->out, '\t');
		first = false;
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
	for (size_t j = 0; j < r->spec.n_made; j++) {
		if (r->made_at[j] == HEADER_ABSENT) {
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

	spool_keep(&r->spool, &r->in, line.s, line.n, !r->mapped);
}

void
rec_replay(struct rec *r)
{
	spool_replay(&r->spool, &r->in);
	r->in.empty_ok = r->in.clean = true;
	r->in.flush = &r->out;
	r->mapped = false;
	r->order = NULL;
	r->replaying = true;
}

/* Lines that are hashed have to be read. */
void
rec_skip(struct rec *r, uint64_t rows, uint64_t bytes)
{
	if (!r->spool.grows) {
		lines_skip(&r->in, bytes);
		r->replayed += rows;
		return;
	}
	for (; rows > 0; rows--)
		next_kept(r);
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
	header_free(&r->layout);
	header_free(&r->other);
	free(r->comment);
	free(r->made_of);
	free(r->run);
	free(r->at);
	free(r->found);
	free(r->map);
	free(r->joined);
	free(r->value);
	free(r->need_at);
	free(r->made_at);
	free(r);
	return status;
}
