/* What has become of all frames: sums and what is said of them. */
#include "record/meter.h"

#include <err.h>

void
meter_add(struct meter_counts *sum, const struct meter_counts *c)
{
	pktcount_add(&sum->packets, &c->packets);
	decode_add(&sum->decoded, &c->decoded);
	sum->records += c->records;
	sum->held += c->held;
}

void
meter_report(const struct meter_counts *c)
{
	pktcount_print(&c->packets, c->decoded);
	warnx("records %llu, flows held %llu", (unsigned long long)c->records,
	    (unsigned long long)c->held);
}

void
meter_warn(const struct meter_counts *c)
{
	pktcount_warn(&c->packets, c->decoded);
}
