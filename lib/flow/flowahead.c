#include "flow/flowtabstate.h"

#include "base/fetch.h"
#include "flow/flowmsg.h"

void
flowtab_hash(const struct flowindex_key *key, const struct packet *p, size_t n,
    struct flowtab_hint *h)
{
	for (size_t k = 0; k < n; k++)
		h[k].hash = flowindex_hash(key, &p[k]);
}

static void
ask_cell(const struct flowtab *t, struct flowtab_hint *h)
{
	fetch_soon(flowindex_home(&t->index, h->hash), 1);
}

static void
ask_slot(const struct flowtab *t, struct flowtab_hint *h)
{
	h->slot = flowindex_first(&t->index, h->hash);
	if (h->slot == FLOWLIST_NONE)
		return;
	fetch_soon(flowtab_slot(t, h->slot), 1);
	fetch_soon(&t->list.link[h->slot], 1);
}

/* Since it was asked for, a slot may have lost its flow. */
static const struct flow *
flow_of(const struct flowtab *t, const struct flowtab_hint *h)
{
	const struct flowslot *e;

	if (h->slot == FLOWLIST_NONE)
		return NULL;
	e = flowtab_slot(t, h->slot);
	return e->marks & FLOWSLOT_LISTED && e->marks & FLOWSLOT_FULL ?
	    e->as.flow : NULL;
}

static void
ask_flow(const struct flowtab *t, struct flowtab_hint *h)
{
	const struct flow *f = flow_of(t, h);
	struct flowlist_link l;

	if (h->slot == FLOWLIST_NONE)
		return;
	if (f != NULL)
		fetch_soon(f, FLOW_HEAD);
	l = t->list.link[h->slot];
	if (l.before != FLOWLIST_NONE)
		fetch_soon(&t->list.link[l.before], 1);
	if (l.after != FLOWLIST_NONE)
		fetch_soon(&t->list.link[l.after], 1);
}

/* Where the flow's next message goes. */
static void
ask_place(const struct flowtab *t, struct flowtab_hint *h)
{
	const struct flow *f = flow_of(t, h);
	const struct heldmsg *m;

	if (f == NULL)
		return;
	m = flowmsg_place(f);
	if (m != NULL)
		fetch_soon(m, sizeof *m);
}

/* What the packets from the first to before the end, of n, need. */
static inline void
ask(const struct flowtab *t, struct flowtab_hint *h, size_t n, size_t first,
    size_t end, void (*what)(const struct flowtab *, struct flowtab_hint *))
{
	if (end > n)
		end = n;
	for (size_t i = first; i < end; i++)
		what(t, &h[i]);
}

/* One thing leads to the other, and each is asked for while packets before are
 * counted: the cell of the index, the slot that it names, the flow, the place
 * of its next message. */
void
flowtab_foresee(const struct flowtab *t, struct flowtab_hint *h, size_t n,
    size_t at)
{
	enum { STEP = FLOWTAB_STEP };
	size_t first = at == 0 ? 0 : at + STEP;

	ask(t, h, n, at == 0 ? 0 : at + 4 * STEP, at + 5 * STEP, ask_cell);
	ask(t, h, n, at == 0 ? 0 : at + 3 * STEP, at + 4 * STEP, ask_slot);
	ask(t, h, n, at == 0 ? 0 : at + 2 * STEP, at + 3 * STEP, ask_flow);
	if (t->want.features)
		ask(t, h, n, first, at + 2 * STEP, ask_place);
}

/* The scout goes along the list, some flows before the oldest; a flow is asked
 * for when the scout is there, and what it leads to some steps later. */
static void
step(struct flowtab *t)
{
	uint32_t *coming = &t->coming[t->steps++ % FLOWTAB_COMING];
	const struct flowslot *e;

	if (*coming != FLOWLIST_NONE) {
		e = flowtab_slot(t, *coming);
		if (!t->ending)		/* else the index is not asked */
			fetch_soon(flowindex_home(&t->index, e->hash), 1);
		if (e->marks & FLOWSLOT_FULL)
			fetch_soon(&e->as.flow->why, 1);
	}
	*coming = t->list.scout;
	fetch_soon(flowtab_slot(t, t->list.scout), 1);
	t->list.scout = t->list.link[t->list.scout].after;
	t->ahead++;
	if (t->list.scout != FLOWLIST_NONE)
		fetch_soon(&t->list.link[t->list.scout], 1);
}

void
flowtab_foresee_oldest(struct flowtab *t)
{
	struct flowlist *l = &t->list;

	if (l->scout == FLOWLIST_NONE || l->scout == l->oldest) {
		l->scout = l->link[l->oldest].after;
		t->ahead = 1;
	}
	if (t->ahead > 0)
		t->ahead--;
	for (int i = 0; i < 2 && t->ahead < 2 * FLOWTAB_COMING &&
	    l->scout != FLOWLIST_NONE; i++)
		step(t);
}
