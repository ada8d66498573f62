#include "flow/flowtabstate.h"

#include "base/choose.h"
#include "base/fetch.h"
#include "flow/flowmsg.h"

void
flowtab_hash(const struct flowindex_key *key, const struct packet *p, size_t n,
    struct flowtab_hint *h)
{
	for (size_t k = 0; k < n; k++)
		h[k].hash = flowindex_hash(key, &p[k]);
}

/*
 * One thing leads to the other, and each is asked for while packets before are
 * counted: the cell of the index, the slot that it names, the flow, the place
 * of its next message.
 */

enum { PLACE_AHEAD = 8, FLOW_AHEAD = 16, SLOT_AHEAD = 24, CELL_AHEAD = 32 };

static inline void
ask_cell(const struct flowtab *t, struct flowtab_hint *h)
{
	fetch_soon(flowindex_home(&t->index, h->hash), 1);
}

static inline void
ask_slot(const struct flowtab *t, struct flowtab_hint *h)
{
	h->slot = flowindex_guess(&t->index, h->hash);
	fetch_soon(flowtab_slot(t, h->slot), 1);
	fetch_soon(&t->list.link[h->slot], 1);
}

/* Since it was asked for, a slot may have lost its flow. */
static inline bool
has_flow(const struct flowslot *e)
{
	enum { BOTH = FLOWSLOT_LISTED | FLOWSLOT_FULL };

	return (e->marks & BOTH) == BOTH;
}

/* Where there is no flow, what is there is asked for once more: whether there
 * is one is not foretold. */
static inline void
ask_flow(const struct flowtab *t, struct flowtab_hint *h)
{
	const struct flowslot *e = flowtab_slot(t, h->slot);
	struct flowlist_link l = t->list.link[h->slot];

	fetch_soon(choose_pointer(has_flow(e), e->as.flow, e), FLOW_HEAD);
	fetch_soon(&t->list.link[l.before], 1);
	fetch_soon(&t->list.link[l.after], 1);
}

static inline void
ask_place(const struct flowtab *t, struct flowtab_hint *h)
{
	const struct flowslot *e = flowtab_slot(t, h->slot);
	const struct heldmsg *m;

	if (!has_flow(e))
		return;
	m = flowmsg_place(e->as.flow);
	if (m != NULL)
		fetch_soon(m, sizeof *m);
}

/* What the first packets of all need. */
static void
foresee_first(const struct flowtab *t, struct flowtab_hint *h, size_t n)
{
	for (size_t i = 0; i < n && i < CELL_AHEAD; i++)
		ask_cell(t, &h[i]);
	for (size_t i = 0; i < n && i < SLOT_AHEAD; i++)
		ask_slot(t, &h[i]);
	for (size_t i = 0; i < n && i < FLOW_AHEAD; i++)
		ask_flow(t, &h[i]);
	for (size_t i = 0; t->want.features && i < n && i < PLACE_AHEAD; i++)
		ask_place(t, &h[i]);
}

void
flowtab_foresee(const struct flowtab *t, struct flowtab_hint *h, size_t n,
    size_t at)
{
	if (at == 0)
		foresee_first(t, h, n);
	h += at;
	n -= at;
	if (n > CELL_AHEAD)
		ask_cell(t, h + CELL_AHEAD);
	if (n > SLOT_AHEAD)
		ask_slot(t, h + SLOT_AHEAD);
	if (n > FLOW_AHEAD)
		ask_flow(t, h + FLOW_AHEAD);
	if (n > PLACE_AHEAD && t->want.features)
		ask_place(t, h + PLACE_AHEAD);
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
	fetch_soon(&t->list.link[t->list.scout], 1);
}

void
flowtab_foresee_oldest(struct flowtab *t)
{
	struct flowlist *l = &t->list;

	if (l->scout == FLOWLIST_NONE || l->scout == flowlist_oldest(l)) {
		l->scout = l->link[flowlist_oldest(l)].after;
		t->ahead = 1;
	}
	if (t->ahead > 0)
		t->ahead--;
	for (int i = 0; i < 2 && t->ahead < 2 * FLOWTAB_COMING &&
	    l->scout != FLOWLIST_NONE; i++)
		step(t);
}
