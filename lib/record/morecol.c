#include "record/morecol.h"

#include <string.h>

#include "base/num.h"
#include "record/flowrec.h"

/*
 * Values.
 */

static char *
put_unknown(char *p)
{
	*p = '-';
	return p + 1;
}

static char *
put_known(char *p, bool known, uint64_t v)
{
	return known ? out_put_u64(p, v) : put_unknown(p);
}

/* Microseconds as milliseconds. */
static char *
put_ms(char *p, uint64_t us)
{
	p = out_put_u64(p, us / 1000);
	*p++ = '.';
	return out_put_pad(p, us % 1000, 3);
}

static char *
put_s(char *p, uint64_t ns, unsigned decimals)
{
	p = out_put_u64(p, ns / 1000000000);
	*p++ = '.';
	return out_put_pad(p, ns % 1000000000 /
	    (decimals == 9 ? 1 : 1000), decimals == 9 ? 9 : 6);
}

static char *
put_rounded_s(char *p, uint64_t ns, unsigned decimals)
{
	return put_s(p, decimals == 9 ? ns : ns + 500, decimals);
}

static char *
put_mac(char *p, bool known, const uint8_t mac[6])
{
	static const char hex[] = "0123456789abcdef";

	if (!known)
		return put_unknown(p);
	for (int i = 0; i < 6; i++) {
		if (i > 0)
			*p++ = ':';
		*p++ = hex[mac[i] >> 4];
		*p++ = hex[mac[i] & 15];
	}
	return p;
}

static char *
put_vlans(char *p, const struct linkname *n)
{
	if (n->tags == 0)
		return put_unknown(p);
	for (unsigned i = 0; i < n->tags; i++) {
		if (i > 0)
			*p++ = '.';
		p = out_put_u64(p, n->vlan[i]);
	}
	return p;
}

/*
 * Columns.  A flow read from text has none of this.
 */

/* Defines morecol_put_NAME, which prints what `text` writes at p.  m is the
 * group's struct of the flow's side, and not NULL. */
#define DEFINE_PUT(name, type, group, index, text) \
	char * \
	morecol_put_##name(char *p, const struct flow *f, \
	    enum flow_side side, const struct flowrec_clock *clock) \
	{ \
		const struct type *m; \
 \
		(void)side, (void)clock; \
		if (f->more == NULL || f->more->group == NULL) \
			return put_unknown(p); \
		m = &f->more->group[index]; \
		return text; \
	}

#define FIRST(name, text) DEFINE_PUT(name, flowmore_first, first, side, text)
FIRST(vlan, put_vlans(p, &m->link))
FIRST(smac, put_mac(p, m->link.has_src, m->link.src))
FIRST(dmac, put_mac(p, m->link.has_dst, m->link.dst))
FIRST(tunnel, m->tunnel.proto == 0 ? put_unknown(p) :
    outertunnel_name(p, &m->tunnel))
FIRST(tsrc, m->tunnel.proto == 0 ? put_unknown(p) :
    p + addr_format(&m->tunnel.src, p))
FIRST(tdst, m->tunnel.proto == 0 ? put_unknown(p) :
    p + addr_format(&m->tunnel.dst, p))
FIRST(tid, put_known(p, m->tunnel.has_id, m->tunnel.id))

#define IP(name, text) DEFINE_PUT(name, flowmore_ip, ip, side, text)
IP(ttlmin, put_known(p, m->any, m->ttl_least))
IP(ttlmax, put_known(p, m->any, m->ttl_most))
IP(frags, out_put_u64(p, m->fragments))

#define TCP(name, text) DEFINE_PUT(name, tcpstat, tcp, side, text)
TCP(mss, put_known(p, m->has_mss, m->mss))
TCP(wscale, put_known(p, m->has_scale, m->scale))
TCP(window, put_known(p, m->has_first, m->first_window))
TCP(retx, out_put_u64(p, m->retransmitted))
TCP(ooo, out_put_u64(p, m->out_of_order))
TCP(dupack, out_put_u64(p, m->duplicate_acks))
TCP(lost, out_put_u64(p, m->lost))
TCP(zwin, out_put_u64(p, m->zero_windows))
TCP(synretx, out_put_u64(p, m->syns_again))
TCP(hsrtt, m->answered ? put_ms(p, (uint64_t)m->handshake_ns / 1000) :
    put_unknown(p))
TCP(drttn, out_put_u64(p, m->round_trips.n))
TCP(drttmin, m->round_trips.n == 0 ? put_unknown(p) :
    put_ms(p, (uint64_t)m->least_ns / 1000))
TCP(drttmed, m->round_trips.n == 0 ? put_unknown(p) :
    put_ms(p, octaves_rank(&m->round_trips, (m->round_trips.n + 1) / 2)))

#define GAP(name, text) \
	DEFINE_PUT(name, gaps, gaps, side, m->spread.n == 0 ? \
	    put_unknown(p) : text) \
	DEFINE_PUT(b##name, gaps, gaps, FLOWMORE_BOTH, m->spread.n == 0 ? \
	    put_unknown(p) : text)
GAP(gapmin, put_s(p, m->least, clock->decimals))
GAP(gapmax, put_s(p, m->most, clock->decimals))
GAP(gapmean, put_rounded_s(p, gaps_mean(m), clock->decimals))
GAP(gapsd, put_rounded_s(p, gaps_deviation(m), clock->decimals))

/* Thousandths of bits of the mean, which is in 2^-20 bits. */
static uint64_t
mean_entropy(const struct flowmore_ent *m)
{
	uint64_t mean = (m->sum + m->messages / 2) / m->messages;

	return (mean * 1000 + (1 << 19)) >> 20;
}

DEFINE_PUT(ent, flowmore_ent, ent, side, m->messages == 0 ?
    put_unknown(p) : put_ms(p, mean_entropy(m)))

static void
write_gaps(struct out *o, const struct flow *f, unsigned index)
{
	if (f->more == NULL || f->more->gaps == NULL)
		out_char(o, '-');
	else
		octaves_write(o, &f->more->gaps[index].spread);
}

void
morecol_write_gaps(struct out *o, struct flow *f, enum flow_side side)
{
	write_gaps(o, f, side);
}

void
morecol_write_bgaps(struct out *o, struct flow *f, enum flow_side side)
{
	(void)side;
	write_gaps(o, f, FLOWMORE_BOTH);
}

void
morecol_write_tos(struct out *o, struct flow *f, enum flow_side side)
{
	struct flowmore_ip *m;
	struct hist_bin one;

	if (f->more == NULL || f->more->ip == NULL ||
	    !f->more->ip[side].any) {
		out_char(o, '-');
		return;
	}
	m = &f->more->ip[side];
	one = (struct hist_bin){m->tos, m->same};
	if (m->others.used == 0) {
		hist_write_bins(o, &one, 1, HIST_HEX);
		return;
	}
	hist_add(&m->others, m->tos, m->same);
	m->same = 0;
	hist_write(o, &m->others, HIST_HEX);
}

/* The digits behind the point that say something. */
static void
write_short_ms(struct out *o, uint64_t us)
{
	char text[32], *end = put_ms(text, us);

	while (end[-1] == '0')
		end--;
	if (end[-1] == '.')
		end--;
	out_mem(o, text, (size_t)(end - text));
}

void
morecol_write_splt(struct out *o, struct flow *f, enum flow_side side)
{
	const struct flowmore *m = f->more;

	(void)side;
	if (m == NULL || m->splt_n == 0)
		out_char(o, '-');
	for (unsigned i = 0; m != NULL && i < m->splt_n; i++) {
		const struct flowmore_message *s = &m->splt[i];

		if (i > 0)
			out_char(o, ',');
		out_char(o, s->side == FORWARD ? '+' : '-');
		out_u64(o, s->length);
		out_char(o, '@');
		write_short_ms(o, (uint64_t)(s->t_ns - f->start) / 1000);
	}
}

/*
 * Groups by name.
 */

static const struct {
	const char *name;
	unsigned group;
} group_name[] = {
	{"link", FLOWMORE_LINK}, {"ip", FLOWMORE_IP}, {"tcp", FLOWMORE_TCP},
	{"time", FLOWMORE_TIME}, {"splt", FLOWMORE_SPLT},
	{"ent", FLOWMORE_ENT}, {"tunnel", FLOWMORE_TUNNEL}
};

static unsigned
group_named(const char *s, size_t n)
{
	for (size_t i = 0; i < sizeof group_name / sizeof *group_name; i++)
		if (strlen(group_name[i].name) == n &&
		    memcmp(group_name[i].name, s, n) == 0)
			return group_name[i].group;
	return 0;
}

const char *
morecol_groups(struct flowmore_want *want, const char *list)
{
	const char *s = list;

	want->splt = FLOWMORE_SPLT_DEFAULT;
	for (;;) {
		size_t n = strcspn(s, ","), name = strcspn(s, ",=");
		unsigned group = group_named(s, name);
		uint64_t v;

		if (group == 0)
			return s;
		if (name < n) {
			if (group != FLOWMORE_SPLT || !num_u64(s + name + 1,
			    n - name - 1, FLOWMORE_SPLT_MOST, &v) || v == 0)
				return s;
			want->splt = (unsigned)v;
		}
		want->groups |= group;
		if (s[n] == '\0')
			return NULL;
		s += n + 1;
	}
}
