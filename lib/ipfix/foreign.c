#include "ipfix/foreign.h"

#include <string.h>

#include "base/mem.h"
#include "base/num.h"
#include "record/flowrec.h"

#define NS_PER_MS INT64_C(1000000)
#define NS_PER_US INT64_C(1000)

/* The latest time that ten digits of seconds tell. */
#define LAST_MS UINT64_C(9999999999999)

enum { TCP = 6, UDP = 17 };

char *
foreign_header(void)
{
	static const char extra[] = "\toctets\troctets\tsampled";
	struct flowrec_choice basic;
	size_t at = 0, size = sizeof extra;
	char *text;

	flowrec_choose(&basic, FLOWREC_BASIC);
	for (size_t i = 0; i < basic.n; i++)
		size += strlen(basic.col[i]->about.name) + 1;
	text = mem_alloc(size, 1);
	for (size_t i = 0; i < basic.n; i++) {
		size_t n = strlen(basic.col[i]->about.name);

		text[at++] = i == 0 ? '#' : '\t';
		memcpy(text + at, basic.col[i]->about.name, n);
		at += n;
	}
	memcpy(text + at, extra, sizeof extra);
	return text;
}

/* A time in milliseconds of the exporter's uptime, which wraps after 49
 * days: the latest moment before the message left. */
static int64_t
at_uptime(uint32_t up_ms, uint64_t init_ms, uint32_t export_s)
{
	int64_t ms = (int64_t)init_ms + up_ms;
	const int64_t wrap = INT64_C(1) << 32;

	while (ms + wrap <= ((int64_t)export_s + 1) * 1000)
		ms += wrap;
	return ms * NS_PER_MS;
}

static bool
set_times(struct flow *f, int64_t *end, const struct element_flow *e,
    const struct foreign_has *has, uint64_t init_ms, uint32_t export_s)
{
	if (has->us) {
		f->start = element_ns(e->start_us_ntp, 6);
		*end = element_ns(e->end_us_ntp, 6);
	} else if (has->ns) {
		f->start = element_ns(e->start_ns_ntp, 9);
		*end = element_ns(e->end_ns_ntp, 9);
	} else if (has->ms) {
		if (e->start_ms > LAST_MS || e->end_ms > LAST_MS)
			return false;
		f->start = (int64_t)e->start_ms * NS_PER_MS;
		*end = (int64_t)e->end_ms * NS_PER_MS;
	} else if (has->s) {
		f->start = (int64_t)e->start_s * NS_PER_S;
		*end = (int64_t)e->end_s * NS_PER_S;
	} else if (has->ago) {
		f->start = export_s * NS_PER_S - e->start_ago_us * NS_PER_US;
		*end = export_s * NS_PER_S - e->end_ago_us * NS_PER_US;
	} else if (has->uptime && init_ms != 0 && init_ms <= LAST_MS) {
		f->start = at_uptime(e->start_up_ms, init_ms, export_s);
		*end = at_uptime(e->end_up_ms, init_ms, export_s);
	} else {
		return false;
	}
	return f->start >= 0 && *end >= f->start;
}

/* Bytes without headers, out of those with them: what the least headers
 * leave, so exact for UDP without IP options, too much by the TCP options
 * else. */
static uint64_t
payload_of(uint64_t octets, uint64_t pkts, bool four, uint8_t proto)
{
	uint64_t headers = element_headers(four, proto);

	return pkts > octets / headers ? 0 : octets - pkts * headers;
}

static enum flow_why
why_of(uint8_t reason)
{
	static const enum flow_why why[] = {
		WHY_OPEN, WHY_IDLE, WHY_ACTIVE, WHY_FIN, WHY_EOF, WHY_EVICT
	};

	return reason < sizeof why / sizeof *why ? why[reason] : WHY_OPEN;
}

static struct addr
address(const uint8_t six[16], uint32_t four, bool is_four)
{
	uint8_t b[4] = {(uint8_t)(four >> 24), (uint8_t)(four >> 16),
	    (uint8_t)(four >> 8), (uint8_t)four};

	return is_four ? addr_from4(b) : addr_from6(six);
}

/* Letters of flow(5) out of TCP's bits.  Their union cannot tell SYN from
 * SYN with ACK: who speaks from the higher port is taken for the one who
 * opened. */
static uint16_t
flags_of(uint16_t bits, bool opens)
{
	static const struct { uint16_t bit, flag; } table[] = {
		{16, FLAG_A}, {1, FLAG_F}, {4, FLAG_R}, {8, FLAG_P},
		{32, FLAG_U}, {64, FLAG_E}, {128, FLAG_C},
	};
	uint16_t flags = 0;

	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (bits & table[i].bit)
			flags |= table[i].flag;
	if (bits & 2)
		flags |= !(bits & 16) || opens ? FLAG_S : FLAG_H;
	return flags;
}

static void
set_counts(struct flow *f, const struct element_flow *e,
    const struct foreign_has *has)
{
	uint64_t octets = has->totals ? e->all_octets : e->octets;

	f->pkts[FORWARD] = has->totals ? e->all_pkts : e->pkts;
	f->pkts[REVERSE] = e->rpkts;
	f->bytes[FORWARD] = has->payload ? e->payload : payload_of(octets,
	    f->pkts[FORWARD], has->four, e->proto);
	f->bytes[REVERSE] = has->payload ? e->rpayload : payload_of(
	    e->roctets, e->rpkts, has->four, e->proto);
}

static void
write_extra(struct out *o, bool known, uint64_t v)
{
	out_char(o, '\t');
	if (known)
		out_u64(o, v);
	else
		out_char(o, '-');
}

const char *
foreign_row(struct out *o, const struct element_flow *e,
    const struct foreign_has *has, uint64_t init_ms, uint32_t export_s,
    const struct nets *internal)
{
	struct flowrec_choice basic;
	struct flow f;
	int64_t end;

	flowrec_clear(&f);
	f.src = address(e->src6, e->src4, has->four);
	f.dst = address(e->dst6, e->dst4, has->four);
	f.proto = e->proto;
	f.sport = e->sport;
	f.dport = e->dport;
	if (e->proto != UDP && e->proto != TCP)
		return "neither UDP nor TCP";
	if (!set_times(&f, &end, e, has, init_ms, export_s))
		return "no times that can be told";
	set_counts(&f, e, has);
	if (f.pkts[FORWARD] == 0 && f.pkts[REVERSE] == 0)
		return "no packets";
	f.last[FORWARD] = f.pkts[FORWARD] > 0 ? end : TIME_NONE;
	f.last[REVERSE] = f.pkts[REVERSE] > 0 ? end : TIME_NONE;
	f.dir = (uint8_t)flow_direction(nets_hold(internal, &f.src),
	    nets_hold(internal, &f.dst));
	f.flags[FORWARD] = flags_of(e->flags, f.sport > f.dport);
	f.flags[REVERSE] = flags_of(e->rflags, f.sport < f.dport);
	f.why = (uint8_t)(has->reason ? why_of(e->why) : WHY_IDLE);
	flowrec_choose(&basic, FLOWREC_BASIC);
	flowrec_write(o, &f, &basic, has->ns ? 9 : 6);
	o->n--;				/* the line goes on */
	write_extra(o, has->octets || has->totals,
	    has->totals ? e->all_octets : e->octets);
	write_extra(o, has->octets && has->reverse, e->roctets);
	write_extra(o, has->sampled || has->skipped, has->sampled ?
	    e->sampled : (uint64_t)e->packets_skipped + 1);
	out_char(o, '\n');
	return NULL;
}
