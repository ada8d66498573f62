#include "packet/dedup.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "packet/expiring.h"

struct direction {		/* without padding: it is compared as bytes */
	struct addr src, dst;
	uint16_t sport, dport;
	uint32_t proto;
};

struct seen {
	uint32_t length;
	uint16_t ip_id, checksum;
};

struct dedup {
	struct expiring *last;
};

struct dedup *
dedup_new(int64_t within_ns)
{
	struct dedup *d = mem_alloc(1, sizeof(*d));

	d->last = expiring_new(sizeof(struct direction), sizeof(struct seen),
	    within_ns, DEDUP_MOST);
	return d;
}

void
dedup_free(struct dedup *d)
{
	if (d == NULL)
		return;
	expiring_free(d->last);
	free(d);
}

bool
dedup_seen(struct dedup *d, const struct packet *p)
{
	struct direction key = {
		p->src, p->dst, p->sport, p->dport, p->proto
	};
	struct seen now = { p->length, p->ip_id, p->checksum };
	const void *before = expiring_find(d->last, &key, p->t_ns);
	bool same = before != NULL && memcmp(before, &now, sizeof(now)) == 0;

	expiring_put(d->last, &key, &now, p->t_ns);
	return same;
}
