#include "packet/pktcount.h"

#include <err.h>

/* More than one in so many packets is told. */
enum { SUSPECT_SHARE = 100 };

static unsigned long long
number(uint64_t v)
{
	return v;
}

void
pktcount_print(const struct pktcount *a)
{
	const uint64_t *v = a->verdict;
	uint64_t all = 0;

	for (int i = 0; i < DECODE_VERDICTS; i++)
		all += v[i];
	warnx("packets %llu = in flows %llu + not IP %llu + other transport "
	    "%llu + fragments without a first %llu + duplicates %llu + "
	    "other shard %llu + malformed %llu", number(all),
	    number(a->in_flows), number(v[DECODE_NOT_IP]),
	    number(v[DECODE_OTHER] + v[DECODE_UNREACHABLE]),
	    number(v[DECODE_ORPHAN]), number(a->dropped ? a->duplicates : 0),
	    number(a->other_shard), number(v[DECODE_MALFORMED]));
	if (v[DECODE_UNREACHABLE] > 0)
		warnx("of other transport %llu tell of a UDP port that is "
		    "unreachable", number(v[DECODE_UNREACHABLE]));
	if (a->duplicates * SUSPECT_SHARE <= all)
		return;
	if (a->dropped)
		warnx("more than 1 %% of the packets are duplicates");
	else
		warnx("%llu packets repeat another within %d ms: mirrored "
		    "twice? (-D %d)", number(a->duplicates),
		    PKTCOUNT_SUSPECT_MS, PKTCOUNT_SUSPECT_MS);
}
