#include "record/recstate.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/num.h"

void
rec_split_late(struct rec *r)
{
	if (scan_starts(r->line.s, r->line.n, '\t', r->at,
	    r->layout.width) != r->layout.width)
		spool_check(&r->spool, false);
	r->unsplit = false;
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
		r->value[i] = rec_unknown_value;
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
	recstate_split(r);
	return recstate_field(r, r->need_at[i]);
}

void
rec_get_all(struct rec *r, struct rec_span *v)
{
	const size_t *at = r->need_at;
	size_t n = r->spec.n_need;

	recstate_split(r);
	if (r->order == NULL)
		for (size_t i = 0; i < n; i++)
			v[i] = scan_fields(r->line.s, r->at, at[i], at[i] + 1);
	else
		for (size_t i = 0; i < n; i++)
			v[i] = recstate_field(r, at[i]);
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
	recstate_split(r);
	return recstate_field(r, k);
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
		struct rec_span v = recstate_field(r, i);

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
 * Reading twice.
 */

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
