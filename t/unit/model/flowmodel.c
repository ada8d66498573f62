#include "model/flowmodel.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/num.h"

struct packet model_packet[MODEL_PACKETS];
struct model_line model_line[MODEL_LINES];
static int lines;
static struct model *model[MODEL_LINES];
static int models;
static int64_t now, told;	/* by the last two packets: flowclock.h */

static bool
of_tuple(const struct model *m, int i)
{
	const struct packet *a = &model_packet[m->packet[0]];
	const struct packet *b = &model_packet[i];

	if (!m->listed || m->written || a->proto != b->proto)
		return false;
	if (model_is_like_first(m, i))
		return a->dport == b->dport && memcmp(&a->dst, &b->dst,
		    sizeof a->dst) == 0;
	return a->sport == b->dport && a->dport == b->sport &&
	    memcmp(&a->src, &b->dst, sizeof a->dst) == 0 &&
	    memcmp(&a->dst, &b->src, sizeof a->dst) == 0;
}

static void
model_write(struct model *m, bool features)
{
	const struct packet *first = &model_packet[m->packet[0]], *p;
	struct model_line *k = &model_line[lines];
	char src[ADDR_TEXT], dst[ADDR_TEXT];
	int64_t start = TIME_INF;
	size_t n;
	FILE *to;

	for (int i = 0; i < m->n; i++)
		if (model_packet[m->packet[i]].t_ns < start)
			start = model_packet[m->packet[i]].t_ns;
	*k = (struct model_line){m->end, start, first, *first, NULL};
	if (model_is_turned(m)) {
		k->tuple.src = first->dst;
		k->tuple.sport = first->dport;
		k->tuple.dst = first->src;
		k->tuple.dport = first->sport;
	}
	p = &k->tuple;
	addr_format(&p->src, src);
	addr_format(&p->dst, dst);
	to = open_memstream(&k->text, &n);
	model_put_time(to, start);
	model_put_time(to, m->end);
	fprintf(to, "\t%s\t%s\t%d\t%s\t%d\t-", p->proto == 6 ? "tcp" : "udp",
	    src, p->sport, dst, p->dport);
	model_put_columns(to, m, features);
	fputs("\t0", to);		/* unreach */
	fclose(to);
	lines++;
	m->written = true;
}

static bool
is_closed(const struct model *m)
{
	return m->why != NULL && *m->why != 'i';
}

static void
model_expire(const struct flowtab_want *want)
{
	if (want->idle_ns == TIME_INF)
		return;
	for (int i = 0; i < models; i++) {
		struct model *m = model[i];

		if (m->written || m->end + want->idle_ns + NS_PER_S >= now)
			continue;
		if (m->why == NULL)
			m->why = "idle";
		model_write(m, want->features);
	}
}

static struct model *
model_begin(const struct flowtab_want *want)
{
	struct model *m = NULL;
	int held = 0, before = 0;

	for (int i = 0; i < models; i++) {
		if (model[i]->written)
			continue;
		held++;
		/* Longest silent: whose last packet came first. */
		if (m == NULL || model[i]->packet[model[i]->n - 1] < before) {
			m = model[i];
			before = m->packet[m->n - 1];
		}
	}
	if (want->most > 0 && held == (int)want->most) {
		if (m->why == NULL)
			m->why = (told > now ? told : now) - m->end >
			    want->idle_ns ? "idle" :
			    "evict";
		model_write(m, want->features);
	}
	m = mem_alloc(1, sizeof *m);
	m->listed = true;
	m->end = TIME_NONE;
	model[models++] = m;
	return m;
}

static struct model *
model_cut(struct model *old, int i, const struct flowtab_want *want)
{
	struct model *m = mem_alloc(1, sizeof *m);

	*m = (struct model){.listed = true, .end = TIME_NONE,
	    .why = old->why, .fin = {old->fin[0], old->fin[1]}};
	m->packet[0] = i;
	m->has_isn = old->has_isn &&
	    model_is_turned(m) != model_is_forward(old, i);
	m->isn = old->isn;
	if (old->why == NULL)
		old->why = "active";
	model_write(old, want->features);
	model[models++] = m;
	return m;
}

/* Does a SYN behind a silence begin the next flow? */
static bool
is_next(const struct model *m, int i)
{
	return !m->has_isn || !model_is_forward(m, i) ||
	    m->isn != model_packet[i].seq;
}

static struct model *
model_find(int i, const struct flowtab_want *want)
{
	const struct packet *p = &model_packet[i];
	struct model *m = NULL;
	bool syn = (p->tcp_flags & (TCP_SYN | TCP_ACK)) == TCP_SYN;
	int64_t start = TIME_INF;

	for (int j = 0; j < models; j++)
		if (of_tuple(model[j], i))
			m = model[j];
	if (m == NULL)
		return model_begin(want);
	if (p->t_ns - m->end > want->idle_ns || (is_closed(m) &&
	    (syn || p->t_ns - m->end > 60 * NS_PER_S)) ||
	    (syn && p->t_ns - m->end > NS_PER_S && is_next(m, i))) {
		m->listed = false;
		if (m->why == NULL)
			m->why = p->t_ns - m->end > want->idle_ns ?
			    "idle" : "syn";
		return model_begin(want);
	}
	for (int j = 0; j < m->n; j++)
		if (model_packet[m->packet[j]].t_ns < start)
			start = model_packet[m->packet[j]].t_ns;
	return p->t_ns - start > want->active_ns ? model_cut(m, i, want) : m;
}

static void
model_add(int i, const struct flowtab_want *want)
{
	const struct packet *p = &model_packet[i];
	struct model *m = model_find(i, want);
	bool low = p->sport < p->dport;	/* ports differ always */

	m->packet[m->n++] = i;
	if (p->tcp_flags & TCP_SYN && !m->has_isn) {
		m->has_isn = true;
		m->isn = model_is_forward(m, i) ? p->seq : p->ack - 1;
	}
	if (p->t_ns > m->end)
		m->end = p->t_ns;
	if (p->proto == PROTO_UDP || m->why != NULL)
		return;
	if (p->tcp_flags & TCP_FIN)
		m->fin[low] = true;
	if (p->tcp_flags & TCP_RST)
		m->why = "rst";
	else if (m->fin[0] && m->fin[1])
		m->why = "fin";
}

int
model_run(const struct flowtab_want *want)
{
	models = lines = 0;
	now = told = 0;
	for (int i = 0; i < MODEL_PACKETS; i++) {
		int64_t t = model_packet[i].t_ns;

		if ((t < told ? t : told) > now)
			now = t < told ? t : told;
		told = t;
		model_expire(want);
		model_add(i, want);
	}
	if (told > now)
		now = told;
	for (int i = 0; i < models; i++) {
		struct model *m = model[i];

		if (!m->written && m->why == NULL)
			m->why = want->idle_ns < TIME_INF && now - m->end >
			    want->idle_ns ? "idle" : "eof";
		if (!m->written)
			model_write(m, want->features);
		free(m);
	}
	return lines;
}
