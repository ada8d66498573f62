#include "packet/pktcount.h"

#include <err.h>
#include <stdio.h>

/* More than one in so many packets is told. */
enum { SUSPECT_SHARE = 100 };

static unsigned long long
number(uint64_t v)
{
	return v;
}

static uint64_t
count_all(const struct pktcount *a)
{
	uint64_t all = 0;

	for (int i = 0; i < DECODE_VERDICTS; i++)
		all += a->verdict[i];
	return all;
}

static void
print_copies(const struct pktcount *a)
{
	if (a->duplicates * SUSPECT_SHARE <= count_all(a))
		return;
	if (a->dropped)
		warnx("more than 1 %% of the packets are duplicates");
	else
		warnx("%llu packets repeat another within %d ms: mirrored "
		    "twice? (-D %d)", number(a->duplicates),
		    PKTCOUNT_SUSPECT_MS, PKTCOUNT_SUSPECT_MS);
}

/* In one line, after how many there are in all. */
static void
print_tunnels(const struct decode_counts *c)
{
	char text[512];
	uint64_t sum = 0;
	int n = 0;

	for (int i = 0; i < TUNNEL_KINDS; i++) {
		sum += c->tunnel[i];
		if (c->tunnel[i] > 0 && n < (int)sizeof text)
			n += snprintf(text + n, sizeof text - (size_t)n,
			    "%s %s %llu", n > 0 ? "," : "", tunnel_name[i],
			    number(c->tunnel[i]));
	}
	if (sum > 0)
		warnx("%llu packets lie in tunnels, which -T would open:%s",
		    number(sum), text);
}

const char *const pktcount_term[PKTCOUNT_TERMS] = {
	"in flows", "not IP", "other transport", "fragments without a first",
	"duplicates", "other shard", "malformed"
};

void
pktcount_terms(const struct pktcount *a, uint64_t term[PKTCOUNT_TERMS])
{
	const uint64_t *v = a->verdict;

	term[0] = a->in_flows;
	term[1] = v[DECODE_NOT_IP];
	term[2] = v[DECODE_OTHER] + v[DECODE_UNREACHABLE];
	term[3] = v[DECODE_ORPHAN];
	term[4] = a->dropped ? a->duplicates : 0;
	term[5] = a->other_shard;
	term[6] = v[DECODE_MALFORMED];
}

void
pktcount_add(struct pktcount *sum, const struct pktcount *a)
{
	for (int i = 0; i < DECODE_VERDICTS; i++)
		sum->verdict[i] += a->verdict[i];
	sum->in_flows += a->in_flows;
	sum->other_shard += a->other_shard;
	sum->duplicates += a->duplicates;
	sum->unreachable += a->unreachable;
	sum->dropped = a->dropped;
}

static void
print_terms(const struct pktcount *a)
{
	uint64_t term[PKTCOUNT_TERMS];
	char text[512];
	int n = 0;

	pktcount_terms(a, term);
	for (int i = 0; i < PKTCOUNT_TERMS; i++)
		n += snprintf(text + n, sizeof text - (size_t)n, "%s %s %llu",
		    i > 0 ? " +" : " =", pktcount_term[i], number(term[i]));
	warnx("packets %llu%s", number(count_all(a)), text);
}

void
pktcount_print(const struct pktcount *a, struct decode_counts c)
{
	const uint64_t *v = a->verdict;

	print_terms(a);
	if (c.ports > 0 && v[DECODE_UNREACHABLE] > 0)
		warnx("of other transport %llu tell of a UDP port that is "
		    "unreachable", number(c.ports));
	if (a->unreachable > c.ports || (c.ports > 0 &&
	    v[DECODE_UNREACHABLE] == 0))
		warnx("%llu ICMP errors tell that a packet of a flow did not "
		    "arrive", number(a->unreachable));
	print_tunnels(&c);
	if (c.cut > 0)
		warnx("of malformed %llu are cut before their ports",
		    number(c.cut));
	if (c.overlaps > 0)
		warnx("%llu fragments have bytes that another had",
		    number(c.overlaps));
	print_copies(a);
}

void
pktcount_warn(const struct pktcount *a, struct decode_counts c)
{
	uint64_t all = count_all(a);

	if (c.cut > 0 && c.cut >= all - c.cut)
		warnx("%llu of %llu packets are cut before their ports: the "
		    "snap length is too short", number(c.cut), number(all));
}
