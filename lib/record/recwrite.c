#include "record/recstate.h"

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
		return recstate_field(r, k);
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
		recstate_split(r);
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
		r->value[j] = rec_unknown_value;
	}
	out_char(o, '\n');
	r->written++;
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
