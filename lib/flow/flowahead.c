#include "flow/flowtabstate.h"

#include "base/fetch.h"
#include "flow/flowmsg.h"

static void
fetch_more(const struct flowtab *t, uint32_t i)
{
	const struct flowslot *e = flowtab_slot(t, i);
	struct flowlist_link l = t->list.link[i];

	if (e->marks & FLOWSLOT_FULL)
		fetch_bytes(e->as.flow, FLOW_HEAD);
	if (l.before != FLOWLIST_NONE)
		fetch_bytes(&t->list.link[l.before], 1);
	if (l.after != FLOWLIST_NONE)
		fetch_bytes(&t->list.link[l.after], 1);
}

/* Where the flow's next message goes. */
static void
fetch_place(const struct flowslot *e)
{
	const struct heldmsg *m = e->marks & FLOWSLOT_FULL ?
	    flowmsg_place(e->as.flow) : NULL;

	if (m != NULL)
		fetch_bytes(m, sizeof *m);
}

void
flowtab_hash(const struct flowindex_key *key, const struct packet *p, size_t n,
    struct flowtab_hint *h)
{
	for (size_t k = 0; k < n; k++)
		h[k].hash = flowindex_hash(key, &p[k]);
}

/* Memory is waited for step by step, all packets together in each: the cell
 * of the index, the slot that it names, what that leads to. */
void
flowtab_foresee(const struct flowtab *t, size_t n, struct flowtab_hint *h)
{
	for (size_t k = 0; k < n; k++)
		fetch_bytes(flowindex_home(&t->index, h[k].hash), 1);
	for (size_t k = 0; k < n; k++) {
		h[k].slot = flowindex_first(&t->index, h[k].hash);
		if (h[k].slot == FLOWLIST_NONE)
			continue;
		fetch_bytes(flowtab_slot(t, h[k].slot), 1);
		fetch_bytes(&t->list.link[h[k].slot], 1);
	}
	for (size_t k = 0; k < n; k++)
		if (h[k].slot != FLOWLIST_NONE)
			fetch_more(t, h[k].slot);
	for (size_t k = 0; k < n && t->want.features; k++)
		if (h[k].slot != FLOWLIST_NONE)
			fetch_place(flowtab_slot(t, h[k].slot));
}

/* Those that will be handed over next, as flowtab_foresee; in the end the index
 * is not asked. */
void
flowtab_foresee_oldest(struct flowtab *t)
{
	uint32_t i[FLOWTAB_FORESEEN], n = 0;

	for (uint32_t k = t->list.oldest;
	    k != FLOWLIST_NONE && n < FLOWTAB_FORESEEN;
	    k = t->list.link[k].after)
		i[n++] = k;
	for (uint32_t k = 0; k < n; k++)
		fetch_bytes(flowtab_slot(t, i[k]), 1);
	for (uint32_t k = 0; k < n; k++) {
		const struct flowslot *e = flowtab_slot(t, i[k]);

		if (!t->ending)
			fetch_bytes(flowindex_home(&t->index, e->hash), 1);
		if (e->marks & FLOWSLOT_FULL)
			fetch_bytes(&e->as.flow->why, 1);
	}
	t->foreseen = n;
}
