#include "packet/frag.h"

#include <string.h>

#include "packet/expiring.h"

struct expiring *
frag_new(void)
{
	return expiring_new(sizeof(struct frag_key), sizeof(struct frag_flow),
	    FRAG_SPAN_NS, FRAG_MOST);
}

void
frag_free(struct expiring *r)
{
	expiring_free(r);
}

void
frag_put(struct expiring *r, const struct frag_key *key,
    const struct frag_flow *flow, int64_t t_ns)
{
	expiring_put(r, key, flow, t_ns);
}

bool
frag_find(const struct expiring *r, const struct frag_key *key, int64_t t_ns,
    struct frag_flow *flow)
{
	const void *value = expiring_find(r, key, t_ns);

	if (value != NULL)
		memcpy(flow, value, sizeof(*flow));
	return value != NULL;
}
