#define _DEFAULT_SOURCE		/* madvise */

#include "flow/flowtab.h"

#include <sys/mman.h>

#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "flow/flowslot.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/num.h"

#define NONE UINT32_MAX

enum {
	CHUNK_BITS = 15, CHUNK = 1 << CHUNK_BITS,	/* entries */
	FIRST_SLOTS = 1 << 12, LINE = 64
};

static const int64_t least_slack_ns = NS_PER_S;

/* Place in the list by latest packet. */
struct link {
	uint32_t before, after;
};

struct slot {
	uint32_t hash;
	uint32_t entry;			/* its number, or NONE */
};

/* A flow that waits for its turn among those of the same end. */
struct turn {
	const struct flowslot *flow;
	size_t order;			/* by latest packet */
	uint32_t entry;
};

/* Entries stand in chunks, so that they never move. */
struct flowtab {
	struct flowtab_want want;
	struct flowtab_taker taker;
	struct hash_line_key key;

	int64_t now;			/* latest time told */
	int64_t slack;
	int64_t due;			/* nothing expires before */
	bool stepped;			/* time has run backward */
	bool ending;			/* no packet comes any more */

	struct flowslot **chunk;
	size_t chunk_cap;
	uint32_t entries;		/* ever made */
	uint32_t spare;			/* list of free ones, by `after` */
	struct pool flows;		/* struct full, of those that need one */
	struct pool blocks;		/* of their features */
	uint32_t held;
	uint32_t foreseen;		/* of the oldest */

	struct link *link;		/* of each entry */
	size_t link_cap;
	uint32_t oldest, newest;	/* ends of the list by latest packet */

	struct slot *slot;		/* open addressing, linear probing */
	uint32_t slots, listed;

	struct turn *run;		/* scratch of hand_over_run */
	size_t run_cap;
};

static struct flowslot *
at(const struct flowtab *t, uint32_t i)
{
	return &t->chunk[i >> CHUNK_BITS][i & (CHUNK - 1)];
}

/* Its memory will be needed soon.  Loads, of which the processor has many
 * under way; its prefetch instructions may do nothing when the page is not
 * known to it, and here it seldom is. */
static void
fetch(const void *p, size_t n)
{
	const volatile char *c = p;

	for (size_t i = 0; i < n; i += LINE)
		(void)c[i];
	(void)c[n - 1];
}

/*
 * The hash table.
 */

static uint32_t
hash_of(const struct flowtab *t, const struct packet *p)
{
	bool low = flowslot_sender_is_low(p);
	uint32_t w[HASH_WORDS];

	memcpy(w, low ? &p->src : &p->dst, 16);
	memcpy(w + 4, low ? &p->dst : &p->src, 16);
	w[8] = low ? (uint32_t)p->sport << 16 | p->dport :
	    (uint32_t)p->dport << 16 | p->sport;
	w[9] = p->proto;
	return hash_line(&t->key, w);
}

/* The first listed entry with that hash, or NONE. */
static uint32_t
first_with(const struct flowtab *t, uint32_t hash)
{
	uint32_t mask = t->slots - 1, i = hash & mask;

	while (t->slot[i].entry != NONE && t->slot[i].hash != hash)
		i = (i + 1) & mask;
	return t->slot[i].entry;
}

/* The listed flow that the packet may belong to, or NONE.  There is one of a
 * tuple at most; mostly it is where the hint says. */
static uint32_t
find(const struct flowtab *t, const struct packet *p,
    const struct flowtab_hint *hint, enum flow_side *side)
{
	uint32_t mask = t->slots - 1;

	if (hint->entry != NONE && at(t, hint->entry)->marks & FLOWSLOT_LISTED &&
	    flowslot_holds(at(t, hint->entry), p, side))
		return hint->entry;
	for (uint32_t i = hint->hash & mask; t->slot[i].entry != NONE;
	    i = (i + 1) & mask) {
		const struct flowslot *e;

		if (t->slot[i].hash != hint->hash)
			continue;
		e = at(t, t->slot[i].entry);
		if (flowslot_holds(e, p, side))
			return t->slot[i].entry;
	}
	return NONE;
}

static void
fetch_more(const struct flowtab *t, uint32_t i)
{
	const struct flowslot *e = at(t, i);
	struct link l = t->link[i];

	if (e->marks & FLOWSLOT_FULL)
		fetch(e->as.flow, FLOW_HEAD);
	if (l.before != NONE)
		fetch(&t->link[l.before], 1);
	if (l.after != NONE)
		fetch(&t->link[l.after], 1);
}

/* Where the packet's message will be noted: for the moment, the side is that
 * of its sender. */
static void
fetch_notes(const struct flowslot *e, const struct packet *p)
{
	const struct flow *f = e->as.flow;
	enum flow_side side;

	if (!(e->marks & FLOWSLOT_FULL) || !flowslot_holds(e, p, &side))
		return;
	if (f->feature[side] != NULL)
		fetch(f->feature[side], 1);
	else if (f->n_few[side] < FLOW_FEW)
		fetch(&f->few->message[side][f->n_few[side]], 1);
}

/* Where the next message goes. */
static void
fetch_waiting(const struct flowslot *e, const struct packet *p)
{
	const struct msgstats *f;
	enum flow_side side;

	if (!(e->marks & FLOWSLOT_FULL) || !flowslot_holds(e, p, &side))
		return;
	f = e->as.flow->feature[side];
	if (f != NULL && f->block != NULL && !msgstats_is_full(f))
		fetch(&f->block->message[f->messages], 1);
}

/* Entries are waited for step by step, all packets together in each: the
 * slot, the entry that it names, what that leads to. */
void
flowtab_foresee(const struct flowtab *t, const struct packet *p, size_t n,
    struct flowtab_hint *h)
{
	for (size_t k = 0; k < n; k++) {
		h[k].hash = hash_of(t, &p[k]);
		fetch(&t->slot[h[k].hash & (t->slots - 1)], 1);
	}
	for (size_t k = 0; k < n; k++) {
		h[k].entry = first_with(t, h[k].hash);
		if (h[k].entry == NONE)
			continue;
		fetch(at(t, h[k].entry), 1);
		fetch(&t->link[h[k].entry], 1);
	}
	for (size_t k = 0; k < n; k++)
		if (h[k].entry != NONE)
			fetch_more(t, h[k].entry);
	for (size_t k = 0; k < n && t->want.features; k++)
		if (h[k].entry != NONE)
			fetch_notes(at(t, h[k].entry), &p[k]);
	for (size_t k = 0; k < n && t->want.features; k++)
		if (h[k].entry != NONE)
			fetch_waiting(at(t, h[k].entry), &p[k]);
}

static void
list(struct flowtab *t, uint32_t hash, uint32_t entry)
{
	uint32_t mask = t->slots - 1, i = hash & mask;

	while (t->slot[i].entry != NONE)
		i = (i + 1) & mask;
	t->slot[i] = (struct slot){hash, entry};
}

static void
set_slots(struct flowtab *t, uint32_t slots)
{
	struct slot *old = t->slot;
	uint32_t n = t->slots;

	t->slots = slots;
	t->slot = mem_resize(NULL, slots, sizeof *t->slot);
	for (uint32_t i = 0; i < slots; i++)
		t->slot[i].entry = NONE;
	for (uint32_t i = 0; i < n; i++)
		if (old[i].entry != NONE)
			list(t, old[i].hash, old[i].entry);
	free(old);
}

/* No packet finds the flow from now on.  The slots behind it close up. */
static void
unlist(struct flowtab *t, uint32_t entry)
{
	struct flowslot *e = at(t, entry);
	uint32_t mask = t->slots - 1, i = e->hash & mask, k;

	while (t->slot[i].entry != entry)
		i = (i + 1) & mask;
	for (k = (i + 1) & mask; t->slot[k].entry != NONE;
	    k = (k + 1) & mask) {
		if (((k - t->slot[k].hash) & mask) < ((k - i) & mask))
			continue;
		t->slot[i] = t->slot[k];
		i = k;
	}
	t->slot[i].entry = NONE;
	e->marks &= (uint8_t)~FLOWSLOT_LISTED;
	t->listed--;
}

/*
 * The list in order of the latest packet.
 */

static void
unlink_entry(struct flowtab *t, uint32_t i)
{
	struct link l = t->link[i];

	*(l.before == NONE ? &t->oldest : &t->link[l.before].after) = l.after;
	*(l.after == NONE ? &t->newest : &t->link[l.after].before) = l.before;
}

static void
append(struct flowtab *t, uint32_t i)
{
	t->link[i] = (struct link){t->newest, NONE};
	*(t->newest == NONE ? &t->oldest : &t->link[t->newest].after) = i;
	t->newest = i;
}

/*
 * Flows that end.
 */

static bool
is_idle(const struct flowtab *t, int64_t end, int64_t slack)
{
	return t->want.idle_ns != TIME_INF &&
	    t->now - slack - end > t->want.idle_ns;
}

/* What has not ended otherwise has so now. */
static void
tell(const struct flowtab *t, const struct flowslot *e, enum flow_why why)
{
	enum flow_why known = flowslot_why(e);

	t->taker.ended(t->taker.arg, e, known == WHY_OPEN ? why : known);
}

/* Those that will be handed over next, as flowtab_foresee. */
static void
foresee_oldest(struct flowtab *t)
{
	uint32_t i[FLOWTAB_FORESEEN], n = 0;

	for (uint32_t k = t->oldest; k != NONE && n < FLOWTAB_FORESEEN;
	    k = t->link[k].after)
		i[n++] = k;
	for (uint32_t k = 0; k < n; k++)
		fetch(at(t, i[k]), 1);
	for (uint32_t k = 0; k < n; k++) {
		const struct flowslot *e = at(t, i[k]);

		fetch(&t->slot[e->hash & (t->slots - 1)], 1);
		if (e->marks & FLOWSLOT_FULL)
			fetch(&e->as.flow->why, 1);
	}
	t->foreseen = n;
}

/* Gives the flow away and forgets it. */
static void
hand_over_one(struct flowtab *t, uint32_t i, enum flow_why why)
{
	struct flowslot *e = at(t, i);

	if (t->foreseen-- == 0)
		foresee_oldest(t);
	if (e->marks & FLOWSLOT_LISTED && !t->ending)
		unlist(t, i);
	unlink_entry(t, i);
	tell(t, e, is_idle(t, e->end, 0) ? WHY_IDLE : why);
	t->link[i].after = t->spare;
	t->spare = i;
	t->held--;
}

static int
by_expiry(const void *a, const void *b)
{
	const struct turn *x = a, *y = b;
	int c = flowslot_compare(x->flow, y->flow);

	return c != 0 ? c : (x->order > y->order) - (x->order < y->order);
}

/* Hands over the oldest and those behind it that end by the time given, in
 * order. */
static void
hand_over_run(struct flowtab *t, int64_t end, enum flow_why why)
{
	size_t n = 0;

	for (uint32_t i = t->oldest; i != NONE && at(t, i)->end <= end;
	    i = t->link[i].after) {
		t->run = mem_grow(t->run, &t->run_cap, n + 1,
		    sizeof *t->run);
		t->run[n] = (struct turn){at(t, i), n, i};
		n++;
	}
	if (n > 1)
		qsort(t->run, n, sizeof *t->run, by_expiry);
	for (size_t k = 0; k < n; k++)
		hand_over_one(t, t->run[k].entry, why);
}

/* When the next flow can expire; with steps back that may be any time. */
static int64_t
next_due(const struct flowtab *t)
{
	int64_t end = t->oldest == NONE ? t->now : at(t, t->oldest)->end;

	if (t->stepped)
		return INT64_MIN;
	if (t->want.idle_ns > INT64_MAX - t->slack - end)
		return INT64_MAX;
	return end + t->slack + t->want.idle_ns;
}

void
flowtab_tick(struct flowtab *t, int64_t t_ns)
{
	if (t_ns < t->now) {
		t->stepped = true;
		t->due = INT64_MIN;
		if (t->now - t_ns > t->slack)
			t->slack = t->now - t_ns;
		return;
	}
	t->now = t_ns;
	if (t_ns <= t->due)
		return;
	while (t->oldest != NONE &&
	    is_idle(t, at(t, t->oldest)->end, t->slack))
		hand_over_run(t, at(t, t->oldest)->end, WHY_IDLE);
	t->due = next_due(t);
}

/* Behind a step back the list is not in order of the ends: then all wait for
 * one sorting. */
void
flowtab_end(struct flowtab *t)
{
	t->ending = true;
	while (t->oldest != NONE)
		hand_over_run(t, t->stepped ? t->now :
		    at(t, t->oldest)->end, WHY_EOF);
	t->ending = false;
	for (uint32_t i = 0; i < t->slots; i++)
		t->slot[i].entry = NONE;
	t->listed = 0;
}

/*
 * Packets.
 */

static struct flowslot *
new_chunk(void)
{
	void *p;

	if (posix_memalign(&p, CHUNK * sizeof(struct flowslot),
	    CHUNK * sizeof(struct flowslot)) != 0)
		errx(1, "out of memory");
	madvise(p, CHUNK * sizeof(struct flowslot), MADV_HUGEPAGE);
	return p;
}

static uint32_t
new_entry(struct flowtab *t)
{
	uint32_t i = t->spare;

	if (i != NONE) {
		t->spare = t->link[i].after;
		return i;
	}
	i = t->entries++;
	if (i % CHUNK == 0) {
		t->chunk = mem_grow(t->chunk, &t->chunk_cap,
		    i / CHUNK + 1, sizeof *t->chunk);
		t->chunk[i / CHUNK] = new_chunk();
	}
	t->link = mem_grow(t->link, &t->link_cap, (size_t)i + 1,
	    sizeof *t->link);
	return i;
}

static uint32_t
begin(struct flowtab *t, const struct packet *p, uint32_t hash)
{
	struct flowslot *e;
	uint32_t i;

	if (t->held == t->want.most && t->want.most > 0)
		hand_over_one(t, t->oldest, WHY_EVICT);
	if (t->listed >= t->slots / 4 * 3)
		set_slots(t, t->slots * 2);
	i = new_entry(t);
	e = at(t, i);
	flowslot_begin(e, p);
	e->marks |= FLOWSLOT_LISTED;
	e->hash = hash;
	list(t, hash, i);
	t->listed++;
	t->held++;
	append(t, i);
	return i;
}

/* The piece so far is handed over, the flow goes on with what is known of
 * its tear-down. */
static void
cut(struct flowtab *t, struct flowslot *e, const struct packet *p)
{
	struct full *full = pool_take(&t->flows);
	struct flow *f = &full->flow;

	flow_begin(f, p, t->want.features ? &full->few : NULL);
	f->why = e->as.flow->why;
	tell(t, e, WHY_ACTIVE);
	e->as.flow = f;
	e->src = p->src;
	e->dst = p->dst;
	e->sport = p->sport;
	e->dport = p->dport;
}

static bool
has_syn(const struct packet *p)
{
	return p->proto == PROTO_TCP &&
	    (p->tcp_flags & (TCP_SYN | TCP_ACK)) == TCP_SYN;
}

/* The tuple's next flow begins. */
static void
pass(struct flowtab *t, uint32_t i)
{
	struct flowslot *e = at(t, i);

	if (!(e->marks & FLOWSLOT_FULL))
		e->marks |= FLOWSLOT_PASSED;
	else if (e->as.flow->why == WHY_OPEN)
		e->as.flow->why = WHY_IDLE;
	unlist(t, i);
}

/* One packet more of a flow that is there. */
static void
add(struct flowtab *t, struct flowslot *e, enum flow_side side,
    const struct packet *p)
{
	struct msgstats *f;

	if (!(e->marks & FLOWSLOT_FULL))
		flowslot_make_full(e, pool_take(&t->flows), t->want.features);
	if (p->t_ns - e->as.flow->start > t->want.active_ns) {
		side = FORWARD;
		cut(t, e, p);
	}
	flow_add(e->as.flow, side, p, &t->blocks);
	f = e->as.flow->feature[side];
	if (f != NULL && msgstats_is_full(f))
		t->taker.full(t->taker.arg, f);
	e->end = flow_end(e->as.flow);
}

void
flowtab_put(struct flowtab *t, const struct packet *p,
    const struct flowtab_hint *hint)
{
	enum flow_side side = FORWARD;
	uint32_t i = find(t, p, hint, &side);
	struct flowslot *e;

	if (i != NONE) {
		e = at(t, i);
		if (!flow_continues(flowslot_why(e), p->t_ns - e->end, has_syn(p),
		    t->want.idle_ns)) {
			pass(t, i);
			i = NONE;
		}
	}
	if (i == NONE) {
		i = begin(t, p, hint->hash);
		e = at(t, i);
	} else {
		e = at(t, i);
		add(t, e, side, p);
	}
	flowslot_note_teardown(e, p);
	if (t->newest != i) {
		unlink_entry(t, i);
		append(t, i);
	}
}

void
flowtab_add(struct flowtab *t, const struct packet *p)
{
	struct flowtab_hint hint = {hash_of(t, p), NONE};

	flowtab_put(t, p, &hint);
}

uint32_t
flowtab_held(const struct flowtab *t)
{
	return t->held;
}

struct flowtab *
flowtab_new(const struct flowtab_want *want,
    const struct flowtab_taker *taker)
{
	struct flowtab *t = mem_alloc(1, sizeof *t);

	t->want = *want;
	t->taker = *taker;
	t->key = hash_random_line_key();
	t->slack = least_slack_ns;
	t->due = INT64_MIN;
	t->spare = t->oldest = t->newest = NONE;
	pool_init(&t->flows, t->want.features ? sizeof(struct full) :
	    sizeof(struct flow));
	pool_init(&t->blocks, sizeof(struct block));
	set_slots(t, FIRST_SLOTS);
	return t;
}

void
flowtab_reuse(struct flowtab *t, struct spare *spare)
{
	pool_give(&t->flows, &spare->flows);
	pool_give(&t->blocks, &spare->blocks);
}

void
flowtab_free(struct flowtab *t)
{
	for (uint32_t i = 0; i < t->entries; i += CHUNK)
		free(t->chunk[i / CHUNK]);
	pool_free(&t->flows);
	pool_free(&t->blocks);
	free(t->chunk);
	free(t->link);
	free(t->slot);
	free(t->run);
	free(t);
}
