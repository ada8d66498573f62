#include "record/piece.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "record/flowjoin.h"
#include "record/morejoin.h"

void
piece_layout(struct piece_layout *l, struct rec *in)
{
	size_t width = rec_width(in);

	l->in = in;
	l->decimals = 0;
	l->column = mem_alloc(width, sizeof *l->column);
	for (size_t c = 0; c < FLOWREC_COLUMNS; c++)
		l->place[c] = SIZE_MAX;
	for (size_t k = 0; k < width; k++) {
		const char *name = rec_name(in, k);
		enum flowrec_column c = flowrec_find(name, strlen(name));

		l->column[k] = c == COL_CID || c == FLOWREC_COLUMNS ?
		    PIECE_OTHER : (int)c;
		if (l->column[k] != PIECE_OTHER)
			l->place[c] = k;
	}
}

void
piece_layout_free(struct piece_layout *l)
{
	free(l->column);
}

static bool
bad_piece(struct piece_layout *l, enum flowrec_column c, const char *what)
{
	return rec_bad(l->in, (size_t)c, what);
}

/* Do the columns of one row agree? */
static bool
check_piece(struct piece_layout *l, const struct flow *f)
{
	int64_t end;

	if (f->pkts[FORWARD] == 0 && f->pkts[REVERSE] == 0)
		return bad_piece(l, COL_PKTS, "a flow without a first packet");
	if (f->pkts[FORWARD] > 0 && f->last[FORWARD] < f->start)
		return bad_piece(l, COL_LAST, "not behind start");
	if (f->pkts[REVERSE] > 0 && f->last[REVERSE] < f->start)
		return bad_piece(l, COL_RLAST, "not behind start");
	if (!rec_time(l->in, COL_END, &end))
		return false;
	if (end != flow_end(f))
		return bad_piece(l, COL_END, "neither last nor rlast");
	return true;
}

/* Decimals are those of the first row. */
static void
note_decimals(struct piece_layout *l)
{
	struct rec_span v = rec_get(l->in, COL_START);
	const char *point = memchr(v.s, '.', v.n);

	if (l->decimals == 0)
		l->decimals = point != NULL && v.s + v.n - point > 7 ? 9 : 6;
}

bool
piece_read(struct piece_layout *l, struct piece *p)
{
	struct flow *f = &p->flow;
	size_t width = rec_width(l->in);

	flow_clear(f, NULL);
	flowrec_clear(f);
	for (size_t k = 0; k < width; k++) {
		const char *what;

		if (l->column[k] == PIECE_OTHER)
			continue;
		what = flowrec_parse(f, (enum flowrec_column)l->column[k],
		    rec_column(l->in, k));
		if (what != NULL)
			return rec_bad_column(l->in, k, what);
	}
	if (!check_piece(l, f))
		return false;
	note_decimals(l);
	return true;
}

void
piece_keep(struct piece_layout *l, struct piece *p)
{
	struct rec_span line = rec_line(l->in);

	p->line = mem_grow(p->line, &p->cap, line.n, 1);
	memcpy(p->line, line.s, line.n);
	p->n = line.n;
	p->joined = false;
}

static void
write_joined(struct piece_layout *l, struct piece *p)
{
	struct out *o = rec_out(l->in);
	const char *s = p->line, *end = p->line + p->n;
	size_t width = rec_width(l->in);
	struct flowrec_clock clock;

	flowrec_set_clock(&clock, &p->flow, l->decimals);
	for (size_t k = 0; k < width; k++) {
		const char *tab = memchr(s, '\t', (size_t)(end - s));

		if (k > 0)
			out_char(o, '\t');
		if (l->column[k] == PIECE_OTHER)
			out_mem(o, s, (size_t)((tab ? tab : end) - s));
		else if (morejoin_knows((enum flowrec_column)l->column[k]))
			out_mem(o, p->more[l->column[k]].s,
			    p->more[l->column[k]].n);
		else
			flowrec_write_column(o, &p->flow,
			    (enum flowrec_column)l->column[k], &clock);
		s = tab ? tab + 1 : end;
	}
}

void
piece_write(struct piece_layout *l, struct piece *p)
{
	if (p->joined)
		write_joined(l, p);
	else
		out_mem(rec_out(l->in), p->line, p->n);
}

/*
 * Joining.
 */

/* Column k of the piece, which is no joined one. */
static struct rec_span
column_of(const struct piece *p, size_t k)
{
	struct rec_span v = {p->line, 0};
	const char *end = v.s + p->n;

	for (; k > 0; k--)
		v.s = (const char *)memchr(v.s, '\t', (size_t)(end - v.s)) + 1;
	while (v.s + v.n < end && v.s[v.n] != '\t')
		v.n++;
	return v;
}

/* A further column of the piece; "-" if there is none of that name. */
static struct rec_span
more_of(const struct piece_layout *l, const struct piece *p,
    enum flowrec_column c)
{
	if (l->place[c] == SIZE_MAX)
		return (struct rec_span){"-", 1};
	if (p->joined)
		return (struct rec_span){p->more[c].s, p->more[c].n};
	return column_of(p, l->place[c]);
}

/* One further column of the two pieces together.  Such text is short, unless
 * somebody means harm. */
static void
join_column(struct piece_layout *l, struct piece *p, const struct piece *q,
    struct morejoin *m, enum flowrec_column c)
{
	static struct out text;		/* in memory, never flushed */
	struct piece_text *kept = &p->more[c];
	enum flowrec_column twin = morejoin_twin(c, m->turned);
	struct rec_span a = more_of(l, p, c), b = more_of(l, q, twin);

	if (!p->joined)
		kept->lost = false;
	if (kept->lost)
		return;
	m->lost = q->joined && q->more[twin].lost;
	text.n = 0;
	if (m->lost || a.n + b.n > OUT_SIZE / 4) {
		out_char(&text, '-');
		m->lost = true;
	} else {
		morejoin_write(&text, m, c, a, b);
	}
	kept->lost = m->lost;
	kept->s = mem_grow(kept->s, &kept->cap, text.n, 1);
	memcpy(kept->s, text.buf, text.n);
	kept->n = text.n;
}

/* Before the flows are joined. */
static void
join_more(struct piece_layout *l, struct piece *a, const struct piece *b)
{
	struct morejoin m = {
		&a->flow, &b->flow, l->decimals,
		flowjoin_is_turned(&a->flow, &b->flow), false
	};

	for (size_t c = COL_VLAN; c < FLOWREC_COLUMNS; c++)
		if (l->place[c] != SIZE_MAX)
			join_column(l, a, b, &m, (enum flowrec_column)c);
}

void
piece_join(struct piece_layout *l, struct piece *a, struct piece *b)
{
	int side = flowjoin_overflows(&a->flow, &b->flow);

	if (side >= 0) {
		bad_piece(l, side == FORWARD ? COL_PKTS : COL_RPKTS,
		    "the pieces' counts add up to more than 2^53");
		return;
	}
	join_more(l, a, b);
	flowjoin(&a->flow, &b->flow);
	a->joined = true;
}

void
piece_free(struct piece *p)
{
	flow_clear(&p->flow, NULL);
	free(p->line);
	for (size_t c = 0; c < FLOWREC_COLUMNS; c++)
		free(p->more[c].s);
}
