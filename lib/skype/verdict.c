#include "skype/verdict.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "skype/score.h"

enum { CLASS, VIA, SCORE, EVIDENCE };

const char *const verdict_col[VERDICT_ALL_COLS] = {
	"class", "via", "score",
	"chiid", "chirest", "chifun", "chihead", "chitail", "blen", "bgap",
	"fvoice", "fsig", "fvideo", "eflows", "esig", "ecall", "lrand",
	"lhead",
	"rchiid", "rchirest", "rchifun", "rchihead", "rchitail", "rblen",
	"rbgap", "rfvoice", "rfsig", "rfvideo", "reflows", "resig", "recall",
	"rlrand", "rlhead"
};

enum { WIDTH = 24 };		/* of a number as text */

static void
set_column(struct rec *r, size_t column, const char *text)
{
	rec_set(r, column, text, strlen(text));
}

/*
 * Class, via, score.
 */

void
verdict_find_ends(struct verdict_row *row, const struct skypeflow *f,
    const struct endpoints *e)
{
	for (int d = 0; d < 2; d++)
		if (row->endpoint[d] == ENDPOINT_NONE)
			row->endpoint[d] = endpoints_find(e, &f->end[d],
			    f->port[d]);
}

bool
verdict_set_class(struct rec *r, const struct verdict_row *row,
    const struct skypeflow *f, const struct endpoints *e)
{
	if (row->other)
		return false;
	if (row->call.alone != CALL_NONE) {
		set_column(r, CLASS, call_name((enum call)row->call.alone));
		set_column(r, VIA, "flow");
		return true;
	}
	if (!endpoints_listed(e, row->endpoint[0]) &&
	    !endpoints_listed(e, row->endpoint[1]) &&
	    !(row->tcp && endpoints_reached(e, &f->end[0], &f->end[1])))
		return false;
	set_column(r, CLASS, row->call.known == CALL_NONE ? "sig" :
	    call_name((enum call)row->call.known));
	set_column(r, VIA, row->tcp ? "tcp" : "endpoint");
	return true;
}

/* A number cut to a tenth, at the end of the text. */
static struct rec_span
format_tenths(char text[WIDTH], double v)
{
	int64_t tenths = (int64_t)floor(v * 10);
	uint64_t rest = (uint64_t)(tenths < 0 ? -tenths : tenths);
	size_t at = WIDTH;

	text[--at] = (char)('0' + rest % 10);
	text[--at] = '.';
	do
		text[--at] = (char)('0' + (rest /= 10) % 10);
	while (rest >= 10);
	if (tenths < 0)
		text[--at] = '-';
	return (struct rec_span){text + at, WIDTH - at};
}

void
verdict_set_score(struct rec *r, const struct verdict_row *row,
    struct endpoints *e)
{
	static char text[WIDTH];
	bool any = endpoints_listed(e, row->endpoint[0]) ||
	    endpoints_listed(e, row->endpoint[1]);
	double best = -INFINITY;

	for (int d = 0; d < 2; d++) {
		double bits;

		if ((!any || endpoints_listed(e, row->endpoint[d])) &&
		    endpoints_score(e, row->endpoint[d], &bits))
			best = bits > best ? bits : best;
	}
	if (best > -INFINITY) {
		struct rec_span v = format_tenths(text, best);

		rec_set(r, SCORE, v.s, v.n);
	}
}

/*
 * Evidence.
 */

struct shown {
	struct rec *rec;
	size_t next;			/* column */
	char (*text)[WIDTH];
};

static void
show(struct shown *s, bool known, int decimals, double v)
{
	char *text = s->text[s->next];

	if (known) {
		snprintf(text, WIDTH, "%.*f", decimals, v);
		set_column(s->rec, s->next, text);
	}
	s->next++;
}

static void
show_share(struct shown *s, uint64_t part, uint64_t all)
{
	show(s, all > 0, 1, all > 0 ? 100 * (double)part / (double)all : 0);
}

static void
show_source(struct shown *s, const struct sentmsgs *f,
    const struct call_evidence *e)
{
	bool chi2 = e->chi2.n > 0, windows = f->voice.windows > 0;

	show(s, chi2, 1, e->chi2.id);
	show(s, chi2, 1, e->chi2.rest);
	show(s, chi2, 1, e->chi2.fun);
	show(s, chi2, 1, e->chi2.head);
	show(s, chi2, 1, e->chi2.tail);
	show(s, windows, 2, e->belief.length);
	show(s, windows, 2, e->belief.gap);
	show_share(s, sentmsgs_voice(f), f->fun_n);
	show_share(s, sentmsgs_signaling(f), f->fun_n);
	show_share(s, f->video, f->sized);
}

static void
show_endpoint(struct shown *s, const struct endpoints *e, uint32_t id)
{
	struct endsums v = { .flows = 0 };
	struct score ratio;
	bool known = id != ENDPOINT_NONE;

	if (known)
		endpoints_evidence(e, id, &v);
	show(s, known, 0, (double)v.flows);
	show(s, known, 0, (double)v.sig);
	show(s, known, 0, (double)v.call);
	ratio = score_of(&v);
	show(s, known, 1, floor(ratio.random * 10) / 10);
	show(s, known, 1, floor(ratio.header * 10) / 10);
}

/* The texts stay until the next row. */
void
verdict_explain(struct rec *r, const struct verdict_row *row,
    const struct skypeflow *f, const struct endpoints *e)
{
	static char text[VERDICT_ALL_COLS][WIDTH];
	struct shown s = { r, EVIDENCE, text };

	for (int d = 0; d < 2; d++) {
		show_source(&s, &f->source[d], &f->evidence[d]);
		show_endpoint(&s, e,
		    row->tcp ? ENDPOINT_NONE : row->endpoint[d]);
	}
}
