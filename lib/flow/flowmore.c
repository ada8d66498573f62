#include "flow/flowmore.h"

#include <math.h>
#include <pthread.h>
#include <string.h>

/* Memory is dealt out in units of this. */
enum { UNIT = 16 };

static size_t
rounded_up(size_t n)
{
	return (n + UNIT - 1) / UNIT * UNIT;
}

/* The next n bytes of the block, if they are wanted; without a block nothing,
 * but *at grows. */
static void *
deal(char *block, size_t *at, bool wanted, size_t n)
{
	size_t here = *at;

	if (!wanted)
		return NULL;
	*at += rounded_up(n);
	return block != NULL ? block + here : NULL;
}

/* Lays a flowmore out behind itself; where it ends. */
static size_t
lay_out(struct flowmore *m, const struct flowmore_want *w, char *block,
    bool is_tcp)
{
	size_t at = rounded_up(sizeof *m);
	unsigned g = w->groups;

	m->first = deal(block, &at, g & (FLOWMORE_LINK | FLOWMORE_TUNNEL),
	    2 * sizeof *m->first);
	m->ip = deal(block, &at, g & FLOWMORE_IP, 2 * sizeof *m->ip);
	m->gaps = deal(block, &at, g & FLOWMORE_TIME, 3 * sizeof *m->gaps);
	m->ent = deal(block, &at, g & FLOWMORE_ENT, 2 * sizeof *m->ent);
	m->tcp = deal(block, &at, is_tcp && g & FLOWMORE_TCP,
	    2 * sizeof *m->tcp);
	m->splt_n = 0;
	m->splt_most = g & FLOWMORE_SPLT ? w->splt : 0;
	m->splt = deal(block, &at, m->splt_most > 0,
	    m->splt_most * sizeof *m->splt);
	return at;
}

size_t
flowmore_size(const struct flowmore_want *w)
{
	struct flowmore m;

	return lay_out(&m, w, NULL, true);
}

/* Of splt nothing is looked at beyond splt_n. */
struct flowmore *
flowmore_begin(void *block, const struct flowmore_want *w, bool is_tcp)
{
	struct flowmore *m = block;
	size_t n = lay_out(m, w, block, is_tcp) -
	    rounded_up(m->splt_most * sizeof *m->splt);

	memset((char *)block + rounded_up(sizeof *m), 0,
	    n - rounded_up(sizeof *m));
	return m;
}

static void
note_first(struct flowmore_first *f, const struct packet *p)
{
	f->any = true;
	linkname_read(&f->link, p->frame);
	outertunnel_read(&f->tunnel, p);
}

static void
note_ip(struct flowmore_ip *d, const struct packet *p)
{
	bool is4 = p->ip[0] >> 4 == 4;
	uint8_t ttl = is4 ? p->ip[8] : p->ip[7];
	uint8_t tos = (uint8_t)(is4 ? p->ip[1] :
	    p->ip[0] << 4 | p->ip[1] >> 4);

	if (!d->any) {
		d->any = true;
		d->ttl_least = d->ttl_most = ttl;
		d->tos = tos;
	}
	if (ttl < d->ttl_least)
		d->ttl_least = ttl;
	if (ttl > d->ttl_most)
		d->ttl_most = ttl;
	if (tos == d->tos)
		d->same++;
	else
		hist_add(&d->others, tos, 1);
	d->fragments += p->fragment;
}

/*
 * Entropy of n bytes of which value v is there c_v times:
 * log2 n - (sum of c_v log2 c_v) / n.
 */

/* step[c]: what the sum grows by when a value comes the (c + 1)th time;
 * in 2^-20 bits, as are all. */
static uint32_t entropy_step[FLOWMORE_ENT_BYTES];
static uint32_t entropy_log[FLOWMORE_ENT_BYTES + 1];
static pthread_once_t entropy_made = PTHREAD_ONCE_INIT;

static double
times_log2(unsigned c)
{
	return c > 0 ? c * log2(c) : 0;
}

static void
make_entropy_tables(void)
{
	const double unit = 1 << 20;

	for (unsigned c = 0; c < FLOWMORE_ENT_BYTES; c++)
		entropy_step[c] = (uint32_t)lround(unit *
		    (times_log2(c + 1) - times_log2(c)));
	for (unsigned n = 1; n <= FLOWMORE_ENT_BYTES; n++)
		entropy_log[n] = (uint32_t)lround(unit * log2(n));
}

static uint32_t
entropy_of(const uint8_t *s, unsigned n)
{
	uint8_t count[256] = {0};
	uint32_t sum = 0;
	unsigned i = 0;

	for (; n - i >= 4; i += 4) {
		sum += entropy_step[count[s[i]]++];
		sum += entropy_step[count[s[i + 1]]++];
		sum += entropy_step[count[s[i + 2]]++];
		sum += entropy_step[count[s[i + 3]]++];
	}
	for (; i < n; i++)
		sum += entropy_step[count[s[i]]++];
	sum = (sum + n / 2) / n;
	return entropy_log[n] > sum ? entropy_log[n] - sum : 0;
}

static void
note_entropy(struct flowmore_ent *d, const struct packet *p)
{
	unsigned n = p->captured < FLOWMORE_ENT_BYTES ?
	    (unsigned)p->captured : FLOWMORE_ENT_BYTES;

	if (n == 0)
		return;
	pthread_once(&entropy_made, make_entropy_tables);
	d->messages++;
	d->sum += entropy_of(p->payload, n);
}

void
flowmore_add(struct flowmore *m, unsigned side, const struct packet *p)
{
	if (m->first != NULL && !m->first[side].any)
		note_first(&m->first[side], p);
	if (m->ip != NULL)
		note_ip(&m->ip[side], p);
	if (m->gaps != NULL) {
		gaps_add(&m->gaps[side], p->t_ns);
		gaps_add(&m->gaps[FLOWMORE_BOTH], p->t_ns);
	}
	if (m->tcp != NULL)
		tcpstat_add(&m->tcp[side], &m->tcp[1 - side], p);
	if (p->length == 0 || p->later_fragment)
		return;
	if (m->splt_n < m->splt_most)
		m->splt[m->splt_n++] = (struct flowmore_message){
			p->t_ns, p->length, side
		};
	if (m->ent != NULL)
		note_entropy(&m->ent[side], p);
}

void
flowmore_continue(struct flowmore *m, const struct flowmore *before,
    bool turned)
{
	if (m->tcp == NULL || before->tcp == NULL)
		return;
	for (unsigned side = 0; side < 2; side++)
		tcpstat_continue(&m->tcp[side],
		    &before->tcp[turned ? 1 - side : side]);
}

void
flowmore_free(struct flowmore *m)
{
	for (unsigned side = 0; side < 2; side++) {
		if (m->ip != NULL)
			hist_free(&m->ip[side].others);
		if (m->tcp != NULL)
			tcpstat_free(&m->tcp[side]);
	}
	for (unsigned i = 0; m->gaps != NULL && i <= FLOWMORE_BOTH; i++)
		octaves_free(&m->gaps[i].spread);
}
