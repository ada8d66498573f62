#include "record/flowset.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "flow/flowslot.h"

static struct flowset_tuple
tuple_of(const struct packet *p)
{
	bool low = flowslot_sender_is_low(p);
	struct flowset_tuple t;

	memcpy(t.word, low ? &p->src : &p->dst, 16);
	memcpy(t.word + 4, low ? &p->dst : &p->src, 16);
	t.word[8] = low ? (uint32_t)p->sport << 16 | p->dport :
	    (uint32_t)p->dport << 16 | p->sport;
	t.word[9] = p->proto ^ p->vlans * UINT32_C(2654435761);
	t.vlans = p->vlans;
	return t;
}

static bool
same_tuple(const struct flowset_tuple *a, const struct flowset_tuple *b)
{
	return memcmp(a, b, sizeof *a) == 0;
}

void
flowset_add(struct flowset *s, const struct packet *p, int64_t end)
{
	s->flow = mem_grow(s->flow, &s->cap, s->n + 1, sizeof *s->flow);
	s->flow[s->n++] = (struct flowset_flow){
		.tuple = tuple_of(p), .start = p->t_ns, .end = end
	};
}

static int
by_tuple_and_start(const void *a, const void *b)
{
	const struct flowset_flow *x = a, *y = b;
	int c = memcmp(&x->tuple, &y->tuple, sizeof x->tuple);

	return c != 0 ? c : (x->start > y->start) - (x->start < y->start);
}

/* The cell of the tuple, or the free one where it would go. */
static uint32_t *
cell_of(const struct flowset *s, const struct flowset_tuple *t)
{
	size_t i = hash_line(&s->key, t->word);

	while (s->cell[i & (s->cells - 1)] != 0 && !same_tuple(t,
	    &s->flow[s->cell[i & (s->cells - 1)] - 1].tuple))
		i++;
	return &s->cell[i & (s->cells - 1)];
}

void
flowset_seal(struct flowset *s)
{
	s->key = hash_random_line_key();
	if (s->n > 1)
		qsort(s->flow, s->n, sizeof *s->flow, by_tuple_and_start);
	for (s->cells = 16; s->cells < 2 * s->n; )
		s->cells *= 2;
	s->cell = mem_alloc(s->cells, sizeof *s->cell);
	for (size_t i = 0; i < s->n; i++) {
		struct flowset_flow *f = &s->flow[i];
		bool first = i == 0 || !same_tuple(&f->tuple, &f[-1].tuple);

		f->reach = f->end;
		if (first)
			*cell_of(s, &f->tuple) = (uint32_t)(i + 1);
		else if (f[-1].reach > f->reach)
			f->reach = f[-1].reach;
	}
}

void
flowset_free(struct flowset *s)
{
	free(s->flow);
	free(s->cell);
}

/* Behind the last of the tuple's flows, from i on, that has begun by t. */
static size_t
begun_by(const struct flowset *s, size_t i, int64_t t)
{
	size_t low = i, step = 1;

	/* Doubling steps find a bound, bisection the place. */
	while (low + step < s->n && s->flow[low + step].start <= t &&
	    same_tuple(&s->flow[low + step].tuple, &s->flow[i].tuple)) {
		low += step;
		step *= 2;
	}
	for (; step > 0; step /= 2)
		if (low + step < s->n && s->flow[low + step].start <= t &&
		    same_tuple(&s->flow[low + step].tuple,
		    &s->flow[i].tuple))
			low += step;
	return s->flow[low].start <= t ? low + 1 : i;
}

bool
flowset_holds(struct flowset *s, const struct packet *p, int64_t late_ns)
{
	struct flowset_tuple t = tuple_of(p);
	size_t first = *cell_of(s, &t), i;
	bool found = false;

	if (first-- == 0)
		return false;
	i = begun_by(s, first, p->t_ns);
	for (; i > first && s->flow[i - 1].reach + late_ns >= p->t_ns; i--)
		if (s->flow[i - 1].end + late_ns >= p->t_ns) {
			found = true;
			if (s->flow[i - 1].met)
				break;
			s->flow[i - 1].met = true;
		}
	return found;
}

size_t
flowset_unmet(const struct flowset *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++)
		n += !s->flow[i].met;
	return n;
}
