#include "packet/frag.h"

#include <string.h>

#include "packet/expiring.h"

struct recent *
frag_new(void)
{
	return recent_new(sizeof(struct frag_key), sizeof(struct frag_flow),
	    FRAG_SPAN_NS, FRAG_MOST);
}

void
frag_free(struct recent *r)
{
	recent_free(r);
}

void
frag_put(struct recent *r, const struct frag_key *key,
    const struct frag_flow *flow, int64_t t_ns)
{
	recent_put(r, key, flow, t_ns);
}

bool
frag_find(const struct recent *r, const struct frag_key *key, int64_t t_ns,
    struct frag_flow *flow)
{
	const void *value = recent_find(r, key, t_ns);

	if (value != NULL)
		memcpy(flow, value, sizeof(*flow));
	return value != NULL;
}
