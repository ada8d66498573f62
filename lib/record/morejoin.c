#include "record/morejoin.h"

#include <stdlib.h>
#include <string.h>

#include "base/limit.h"
#include "base/num.h"
#include "flow/hist.h"
#include "flow/octaves.h"

enum flowrec_column
morejoin_twin(enum flowrec_column c, bool turned)
{
	if (!turned || c >= COL_BGAPMIN)
		return c;
	return (enum flowrec_column)(COL_VLAN + ((c - COL_VLAN) ^ 1));
}

/* What a column of a direction is joined by, from both its texts. */
struct direction {
	struct morejoin *m;
	enum flow_side side;		/* of the flow */
	struct rec_span a, b;
	bool has_a, has_b;		/* packets in it */
	int64_t gap;			/* from a's last to b's first packet;
					   below 0: they overlap */
};

static void
write_span(struct out *o, struct rec_span v)
{
	out_mem(o, v.s, v.n);
}

static bool
is_equal(struct rec_span a, struct rec_span b)
{
	return a.n == b.n && memcmp(a.s, b.s, a.n) == 0;
}

/* It is something, but what cannot be told from the pieces. */
static void
write_lost(struct out *o, const struct direction *d)
{
	d->m->lost = true;
	out_char(o, '-');
}

/* b lies wholly behind a. */
static bool
in_sequence(const struct morejoin *m)
{
	return m->b->start >= flow_end(m->a);
}

/* Both are pieces of one run, in which what was known went on. */
static bool
in_one_run(const struct morejoin *m)
{
	return in_sequence(m) && m->a->why == WHY_ACTIVE;
}

/* Of a direction's first packet. */
static void
join_first(struct out *o, const struct direction *d)
{
	if (is_equal(d->a, d->b) || !d->has_b)
		write_span(o, d->a);
	else if (!d->has_a)
		write_span(o, d->b);
	else if (in_sequence(d->m))
		write_span(o, d->a);
	else
		write_lost(o, d);
}

/* Of the direction's SYN: the piece that has it tells. */
static void
join_known(struct out *o, const struct direction *d)
{
	if (is_equal(d->a, d->b) || span_is_unknown(d->b))
		write_span(o, d->a);
	else if (span_is_unknown(d->a))
		write_span(o, d->b);
	else
		join_first(o, d);
}

/* A SYN and its answer may lie in two pieces. */
static void
join_handshake(struct out *o, const struct direction *d)
{
	uint16_t syn = d->m->a->flags[d->side] & (FLAG_S | FLAG_H);

	if (span_is_unknown(d->a) && syn != 0 && !in_one_run(d->m))
		write_lost(o, d);
	else
		join_known(o, d);
}

static void
join_sum(struct out *o, const struct direction *d)
{
	uint64_t a, b;

	if (span_is_unknown(d->a) && span_is_unknown(d->b))
		out_char(o, '-');
	else if (num_u64(d->a.s, d->a.n, LIMIT_COUNT, &a) &&
	    num_u64(d->b.s, d->b.n, LIMIT_COUNT, &b))
		out_u64(o, a + b);
	else
		write_lost(o, d);
}

static bool
read_seconds(struct rec_span v, int64_t *ns)
{
	return num_fixed(v.s, v.n, 9, ns) && *ns >= 0;
}

/* Of numbers, the least or the largest, with the gap between the pieces if
 * they are gaps; written as the text that it is. */
static void
join_extreme(struct out *o, const struct direction *d, bool largest,
    bool bridge)
{
	int64_t v[2], gap = d->gap;
	bool known[2] = {read_seconds(d->a, &v[0]), read_seconds(d->b, &v[1])};
	int best = -1;

	for (int i = 0; i < 2; i++)
		if (known[i] && (best < 0 || (largest ? v[i] > v[best] :
		    v[i] < v[best])))
			best = i;
	bridge = bridge && d->has_a && d->has_b;
	if (bridge && gap < 0) {
		write_lost(o, d);
	} else if (bridge && (best < 0 || (largest ? gap > v[best] :
	    gap < v[best]))) {
		out_u64(o, (uint64_t)gap / 1000000000);
		out_char(o, '.');
		out_pad(o, (uint64_t)gap % 1000000000 /
		    (d->m->decimals == 9 ? 1 : 1000), d->m->decimals);
	} else if (best >= 0) {
		write_span(o, best == 0 ? d->a : d->b);
	} else {
		out_char(o, '-');
	}
}

static void
join_histogram(struct out *o, const struct direction *d, enum hist_form form,
    bool bridge)
{
	struct hist h = {0};
	bool good = hist_parse(&h, form, d->a.s, d->a.n) &&
	    hist_parse(&h, form, d->b.s, d->b.n);

	bridge = bridge && d->has_a && d->has_b;
	if (bridge && d->gap >= 0)
		hist_add(&h, octaves_bin((uint64_t)d->gap / 1000), 1);
	if (good && !(bridge && d->gap < 0))
		hist_write(o, &h, form);
	else
		write_lost(o, d);
	hist_free(&h);
}

/* A mean or a median: known where one piece has none of what it is of.  Of
 * gaps, there is one more between the pieces. */
static void
join_mean(struct out *o, const struct direction *d, bool bridge)
{
	if (bridge && d->has_a && d->has_b)
		write_lost(o, d);
	else if (span_is_unknown(d->a))
		write_span(o, d->b);
	else if (span_is_unknown(d->b))
		write_span(o, d->a);
	else
		write_lost(o, d);
}

/*
 * splt.
 */

static uint64_t
messages_of(const struct flow *f)
{
	uint64_t n = 0;

	for (int side = 0; side < 2; side++) {
		const struct msgtally *t = f->tally[side];
		struct hist_bin *bin = t != NULL ? hist_sorted(&t->size) :
		    NULL;

		for (uint32_t i = 0; t != NULL && i < t->size.used; i++)
			n += bin[i].key > 0 ? bin[i].n : 0;
		free(bin);
	}
	return n;
}

static uint64_t
entries_of(struct rec_span v)
{
	uint64_t n = !span_is_unknown(v);

	for (size_t i = 0; i < v.n; i++)
		n += v.s[i] == ',';
	return n;
}

/* One message of b's, "+91@0.5", as late as b begins behind a. */
static bool
write_later(struct out *o, const struct morejoin *m, const char *s, size_t n)
{
	const char *at = memchr(s, '@', n);
	int64_t ms_ns;
	uint64_t us;
	char digits[24], *end;

	if (at == NULL || n < 4 || (*s != '+' && *s != '-') ||
	    !num_fixed(at + 1, n - (size_t)(at + 1 - s), 9, &ms_ns))
		return false;
	out_char(o, (*s == '+') != m->turned ? '+' : '-');
	out_mem(o, s + 1, (size_t)(at - s));
	us = (uint64_t)(m->b->start - m->a->start) / 1000 +
	    (uint64_t)ms_ns / 1000000;
	out_u64(o, us / 1000);
	if (us % 1000 == 0)
		return true;
	end = out_put_pad(digits, us % 1000, 3);
	while (end[-1] == '0')
		end--;
	out_char(o, '.');
	out_mem(o, digits, (size_t)(end - digits));
	return true;
}

/* The sizes say whether a's list has all of its messages. */
static void
join_splt(struct out *o, const struct direction *d)
{
	uint64_t all = messages_of(d->m->a), listed = entries_of(d->a);
	const char *s = d->b.s, *end = s + d->b.n;

	if (!in_sequence(d->m) || listed > all) {
		write_lost(o, d);
		return;
	}
	if (listed < all || span_is_unknown(d->b)) {
		write_span(o, d->a);
		return;
	}
	if (!span_is_unknown(d->a))
		write_span(o, d->a);
	for (bool first = span_is_unknown(d->a);
	    s < end && listed++ < FLOWMORE_SPLT_MOST; first = false) {
		const char *comma = memchr(s, ',', (size_t)(end - s));
		size_t n = (size_t)((comma != NULL ? comma : end) - s);

		if (!first)
			out_char(o, ',');
		if (!write_later(o, d->m, s, n))
			return;
		s += n + (comma != NULL);
	}
}

static void
join_tcp_counts(struct out *o, const struct direction *d,
    enum flowrec_column c)
{
	if (!in_one_run(d->m))
		write_lost(o, d);
	else if (c == COL_DRTTMIN || c == COL_RDRTTMIN)
		join_extreme(o, d, false, false);
	else
		join_sum(o, d);
}

/* Which side of the flow column c of a tells of; both: forward. */
static struct direction
direction_of(struct morejoin *m, enum flowrec_column c)
{
	struct direction d = {.m = m, .side = flowrec_col[c].side};
	enum flow_side in_b = m->turned ? (d.side == FORWARD ? REVERSE :
	    FORWARD) : d.side;
	int64_t first = in_b == FORWARD ? m->b->start : m->b->reply;

	if (c >= COL_BGAPMIN && c <= COL_BGAPS) {
		d.has_a = d.has_b = true;
		d.gap = m->b->start - flow_end(m->a);
		return d;
	}
	d.has_a = m->a->pkts[d.side] > 0;
	d.has_b = m->b->pkts[in_b] > 0;
	d.gap = first == TIME_NONE || m->a->last[d.side] == TIME_NONE ||
	    !in_sequence(m) ? -1 : first - m->a->last[d.side];
	return d;
}

/* Cases of a column, its twin, and those of whoever sent. */
#define BOTH_OF(id) case COL_##id: case COL_R##id
#define ALL_OF(id) BOTH_OF(id): case COL_B##id

/* The columns of link, ip, tunnel and tcp. */
static void
join_heads(struct out *o, const struct direction *d, enum flowrec_column c)
{
	switch (c) {
	BOTH_OF(TTLMIN):
		join_extreme(o, d, false, false);
		break;
	BOTH_OF(TTLMAX):
		join_extreme(o, d, true, false);
		break;
	BOTH_OF(TOS):
		join_histogram(o, d, HIST_HEX, false);
		break;
	BOTH_OF(FRAGS):
	BOTH_OF(ZWIN):
		join_sum(o, d);
		break;
	BOTH_OF(MSS):
	BOTH_OF(WSCALE):
		join_known(o, d);
		break;
	BOTH_OF(HSRTT):
		join_handshake(o, d);
		break;
	BOTH_OF(RETX):
	BOTH_OF(OOO):
	BOTH_OF(DUPACK):
	BOTH_OF(LOST):
	BOTH_OF(SYNRETX):
	BOTH_OF(DRTTN):
	BOTH_OF(DRTTMIN):
		join_tcp_counts(o, d, c);
		break;
	default:
		join_first(o, d);
	}
}

void
morejoin_write(struct out *o, struct morejoin *m,
    enum flowrec_column c, struct rec_span a, struct rec_span b)
{
	struct direction d = direction_of(m, c);

	d.a = a;
	d.b = b;
	m->lost = false;
	switch (c) {
	ALL_OF(GAPMIN):
		join_extreme(o, &d, false, true);
		break;
	ALL_OF(GAPMAX):
		join_extreme(o, &d, true, true);
		break;
	ALL_OF(GAPS):
		join_histogram(o, &d, HIST_US, true);
		break;
	ALL_OF(GAPMEAN):
	ALL_OF(GAPSD):
		join_mean(o, &d, true);
		break;
	BOTH_OF(ENT):
	BOTH_OF(DRTTMED):
		join_mean(o, &d, false);
		break;
	case COL_SPLT:
		join_splt(o, &d);
		break;
	default:
		join_heads(o, &d, c);
	}
}
