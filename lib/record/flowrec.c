#include "record/flowrec.h"

#include <string.h>

#include "base/num.h"

enum flowrec_column
flowrec_find(const char *name, size_t n)
{
	unsigned c = 0;

	while (c < FLOWREC_COLUMNS && !span_is((struct rec_span){name, n},
	    flowrec_col[c].about.name))
		c++;
	return (enum flowrec_column)c;
}

void
flowrec_choose(struct flowrec_choice *choice, unsigned groups)
{
	choice->n = choice->n_put = 0;
	for (unsigned c = 0; c < FLOWREC_COLUMNS; c++) {
		if ((flowrec_col[c].group & groups) == 0)
			continue;
		choice->n_put += choice->n_put == choice->n &&
		    flowrec_col[c].put != NULL;
		choice->col[choice->n++] = &flowrec_col[c];
	}
	choice->has_first = (groups & FLOWREC_BASIC) != 0;
	choice->has_messages = (groups & FLOWREC_MESSAGES) != 0;
}

void
flowrec_header(struct out *o, const struct flowrec_choice *choice)
{
	for (size_t i = 0; i < choice->n; i++) {
		out_char(o, i == 0 ? '#' : '\t');
		out_str(o, choice->col[i]->about.name);
	}
	out_char(o, '\n');
}

void
flowrec_set_clock(struct flowrec_clock *k, const struct flow *f,
    unsigned decimals)
{
	k->decimals = decimals;
	k->start = f->start;
	k->end = flow_end(f);
	out_put_time(k->start_text, k->start, decimals);
	if (k->end == k->start)
		memcpy(k->end_text, k->start_text, sizeof k->end_text);
	else
		out_put_time(k->end_text, k->end, decimals);
}

static inline void
write_value(struct out *o, struct flow *f, const struct flowrec_col *c,
    const struct flowrec_clock *clock)
{
	if (c->put != NULL)
		out_upto(o, c->put(out_room(o, FLOWREC_PUT), f, c->side,
		    clock));
	else
		c->write(o, f, c->side);
}

void
flowrec_write_column(struct out *o, struct flow *f, enum flowrec_column c,
    const struct flowrec_clock *clock)
{
	write_value(o, f, &flowrec_col[c], clock);
}

void
flowrec_write(struct out *o, struct flow *f,
    const struct flowrec_choice *choice, unsigned decimals)
{
	const struct flowrec_col *const *c = choice->col;
	const struct flowrec_col *const *behind = c + choice->n_put;
	struct flowrec_clock clock;
	char *p = out_room(o, choice->n_put * (FLOWREC_PUT + 1));

	flowrec_set_clock(&clock, f, decimals);
	if (choice->has_first) {
		p = flowrec_put_first(p, f, &clock);
		c += FLOWREC_FIRST;
	}
	for (; c < behind; c++) {
		p = (*c)->put(p, f, (*c)->side, &clock);
		*p++ = '\t';
	}
	out_upto(o, p);
	if (choice->has_messages) {
		flowrec_write_messages(o, f);
		c += FLOWREC_MESSAGE_COLUMNS;
	}
	for (behind = choice->col + choice->n; c < behind; c++) {
		write_value(o, f, *c, &clock);
		out_char(o, '\t');
	}
	o->buf[o->n - 1] = '\n';
}

void
flowrec_clear(struct flow *f)
{
	*f = (struct flow){
		.start = TIME_NONE, .last = {TIME_NONE, TIME_NONE},
		.ask = TIME_NONE, .reply = TIME_NONE,
		.ask2 = TIME_NONE, .turn = TIME_NONE
	};
}

const char *
flowrec_parse(struct flow *f, enum flowrec_column c, struct rec_span v)
{
	if (flowrec_col[c].parse == NULL)
		return NULL;
	return flowrec_col[c].parse(f, flowrec_col[c].side, v);
}
