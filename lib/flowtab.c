#include "flowtab.h"

#include <stdlib.h>
#include <string.h>

#include "hash.h"
#include "mem.h"
#include "num.h"

#define NONE UINT32_MAX

enum {
	CHUNK_BITS = 10, CHUNK = 1 << CHUNK_BITS,	/* entries */
	FIRST_SLOTS = 1 << 12,
	KEY_MOST = 1 + 2 * (16 + 2)
};

static const int64_t least_slack_ns = NS_PER_S;

/* Ends that have sent FIN: by the order of the endpoints, since a piece may
 * begin at the other end. */
enum { FIN_LOW = 1, FIN_HIGH = 2, FIN_BOTH = 3 };

struct entry {
	struct flow flow;
	uint32_t hash;
	uint32_t before, after;		/* in order of the latest packet */
	uint8_t fin;
	bool listed;			/* packets can find it */
};

/* Entries stand in chunks, so that they never move. */
struct flowtab {
	struct flowtab_want want;
	void (*done)(void *, struct flow *);
	void *arg;
	struct hash_key key;

	int64_t now;			/* latest time told */
	int64_t slack;
	bool stepped;			/* time has run backward */

	struct entry **chunk;
	size_t chunk_cap;
	uint32_t entries;		/* ever made */
	uint32_t spare;			/* list of free ones, by `after` */
	uint32_t held;

	uint32_t oldest, newest;	/* ends of the list by latest packet */

	struct slot *slot;		/* open addressing, linear probing */
	uint32_t slots, listed;

	struct turn *run;		/* scratch of hand_over_run */
	size_t run_cap;
};

struct slot {
	uint32_t hash;
	uint32_t entry;			/* its number, or NONE */
};

/* A flow that waits for its turn among those of the same end. */
struct turn {
	const struct flow *flow;
	size_t order;			/* by latest packet */
	uint32_t entry;
};

static struct entry *
at(const struct flowtab *t, uint32_t i)
{
	return &t->chunk[i >> CHUNK_BITS][i & (CHUNK - 1)];
}

/*
 * The hash table.
 */

static uint8_t *
put_end(uint8_t *k, const struct addr *a, uint16_t port)
{
	memcpy(k, a->b, 16);
	k[16] = (uint8_t)(port >> 8);
	k[17] = (uint8_t)port;
	return k + 18;
}

/* Is the sender's endpoint the lower of the two? */
static bool
sender_is_low(const struct packet *p)
{
	int c = memcmp(&p->src, &p->dst, sizeof p->src);

	return c < 0 || (c == 0 && p->sport <= p->dport);
}

static uint32_t
hash_of(const struct flowtab *t, const struct packet *p)
{
	bool low = sender_is_low(p);
	uint8_t key[KEY_MOST], *k = key;

	*k++ = p->proto;
	k = put_end(k, low ? &p->src : &p->dst, low ? p->sport : p->dport);
	put_end(k, low ? &p->dst : &p->src, low ? p->dport : p->sport);
	return (uint32_t)hash_bytes(&t->key, key, sizeof key);
}

static bool
is_same(const struct packet *p, const struct flow *f)
{
	return p->proto == f->proto && p->sport == f->sport &&
	    p->dport == f->dport && memcmp(&p->src, &f->src, 16) == 0 &&
	    memcmp(&p->dst, &f->dst, 16) == 0;
}

static bool
is_turned(const struct packet *p, const struct flow *f)
{
	return p->proto == f->proto && p->sport == f->dport &&
	    p->dport == f->sport && memcmp(&p->src, &f->dst, 16) == 0 &&
	    memcmp(&p->dst, &f->src, 16) == 0;
}

/* The listed flow that the packet may belong to, or NONE. */
static uint32_t
find(const struct flowtab *t, const struct packet *p, uint32_t hash,
    enum flow_side *side)
{
	uint32_t mask = t->slots - 1;

	for (uint32_t i = hash & mask; t->slot[i].entry != NONE;
	    i = (i + 1) & mask) {
		const struct flow *f;

		if (t->slot[i].hash != hash)
			continue;
		f = &at(t, t->slot[i].entry)->flow;
		*side = is_same(p, f) ? FORWARD : REVERSE;
		if (*side == FORWARD || is_turned(p, f))
			return t->slot[i].entry;
	}
	return NONE;
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
	struct entry *e = at(t, entry);
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
	e->listed = false;
	t->listed--;
}

/*
 * The list in order of the latest packet.
 */

static void
unlink_entry(struct flowtab *t, uint32_t i)
{
	struct entry *e = at(t, i);

	*(e->before == NONE ? &t->oldest : &at(t, e->before)->after) =
	    e->after;
	*(e->after == NONE ? &t->newest : &at(t, e->after)->before) =
	    e->before;
}

static void
append(struct flowtab *t, uint32_t i)
{
	struct entry *e = at(t, i);

	e->before = t->newest;
	e->after = NONE;
	*(t->newest == NONE ? &t->oldest : &at(t, t->newest)->after) = i;
	t->newest = i;
}

/*
 * Flows that end.
 */

static bool
is_idle(const struct flowtab *t, const struct flow *f, int64_t slack)
{
	return t->want.idle_ns != TIME_INF &&
	    t->now - slack - flow_end(f) > t->want.idle_ns;
}

/* Gives the flow away and forgets it. */
static void
hand_over_one(struct flowtab *t, uint32_t i, enum flow_why why)
{
	struct entry *e = at(t, i);

	if (e->listed)
		unlist(t, i);
	unlink_entry(t, i);
	if (e->flow.why == WHY_OPEN)
		e->flow.why = (uint8_t)(is_idle(t, &e->flow, 0) ? WHY_IDLE :
		    why);
	t->done(t->arg, &e->flow);
	flow_clear(&e->flow);
	e->after = t->spare;
	t->spare = i;
	t->held--;
}

static int64_t
oldest_end(const struct flowtab *t)
{
	return flow_end(&at(t, t->oldest)->flow);
}

static int
by_expiry(const void *a, const void *b)
{
	const struct turn *x = a, *y = b;
	int c = flow_compare(x->flow, y->flow);

	return c != 0 ? c : (x->order > y->order) - (x->order < y->order);
}

/* Hands over the oldest and those behind it that end by the time given, in
 * order. */
static void
hand_over_run(struct flowtab *t, int64_t end, enum flow_why why)
{
	size_t n = 0;

	for (uint32_t i = t->oldest;
	    i != NONE && flow_end(&at(t, i)->flow) <= end;
	    i = at(t, i)->after) {
		t->run = mem_grow(t->run, &t->run_cap, n + 1,
		    sizeof *t->run);
		t->run[n] = (struct turn){&at(t, i)->flow, n, i};
		n++;
	}
	if (n > 1)
		qsort(t->run, n, sizeof *t->run, by_expiry);
	for (size_t k = 0; k < n; k++)
		hand_over_one(t, t->run[k].entry, why);
}

void
flowtab_tick(struct flowtab *t, int64_t t_ns)
{
	if (t_ns < t->now) {
		t->stepped = true;
		if (t->now - t_ns > t->slack)
			t->slack = t->now - t_ns;
		return;
	}
	t->now = t_ns;
	while (t->oldest != NONE &&
	    is_idle(t, &at(t, t->oldest)->flow, t->slack))
		hand_over_run(t, oldest_end(t), WHY_IDLE);
}

/* Behind a step back the list is not in order of the ends: then all wait for
 * one sorting. */
void
flowtab_end(struct flowtab *t)
{
	while (t->oldest != NONE)
		hand_over_run(t, t->stepped ? t->now : oldest_end(t),
		    WHY_EOF);
}

/*
 * Packets.
 */

static uint32_t
new_entry(struct flowtab *t)
{
	uint32_t i = t->spare;

	if (i != NONE) {
		t->spare = at(t, i)->after;
		return i;
	}
	i = t->entries++;
	if (i % CHUNK == 0) {
		t->chunk = mem_grow(t->chunk, &t->chunk_cap,
		    i / CHUNK + 1, sizeof *t->chunk);
		t->chunk[i / CHUNK] = mem_resize(NULL, CHUNK,
		    sizeof(struct entry));
	}
	return i;
}

static uint32_t
begin(struct flowtab *t, const struct packet *p, uint32_t hash)
{
	struct entry *e;
	uint32_t i;

	if (t->held == t->want.most && t->want.most > 0)
		hand_over_one(t, t->oldest, WHY_EVICT);
	if (t->listed >= t->slots / 4 * 3)
		set_slots(t, t->slots * 2);
	i = new_entry(t);
	e = at(t, i);
	*e = (struct entry){.hash = hash, .listed = true};
	flow_begin(&e->flow, p);
	list(t, hash, i);
	t->listed++;
	t->held++;
	append(t, i);
	return i;
}

/* The piece so far is handed over, the flow goes on with what is known of
 * its tear-down. */
static void
cut(struct flowtab *t, struct entry *e, const struct packet *p)
{
	uint8_t why = e->flow.why;

	if (why == WHY_OPEN)
		e->flow.why = WHY_ACTIVE;
	t->done(t->arg, &e->flow);
	flow_clear(&e->flow);
	flow_begin(&e->flow, p);
	e->flow.why = why;
}

static void
note_teardown(struct entry *e, const struct packet *p)
{
	if (p->proto != PROTO_TCP || flow_closed(&e->flow))
		return;
	if (p->tcp_flags & TCP_FIN)
		e->fin |= sender_is_low(p) ? FIN_LOW : FIN_HIGH;
	if (p->tcp_flags & TCP_RST)
		e->flow.why = WHY_RST;
	else if (e->fin == FIN_BOTH)
		e->flow.why = WHY_FIN;
}

static bool
has_syn(const struct packet *p)
{
	return p->proto == PROTO_TCP &&
	    (p->tcp_flags & (TCP_SYN | TCP_ACK)) == TCP_SYN;
}

void
flowtab_add(struct flowtab *t, const struct packet *p)
{
	uint32_t hash = hash_of(t, p);
	enum flow_side side = FORWARD;
	uint32_t i = find(t, p, hash, &side);
	struct entry *e;

	if (i != NONE) {
		e = at(t, i);
		if (!flow_continues(&e->flow, p->t_ns - flow_end(&e->flow),
		    has_syn(p), t->want.idle_ns)) {
			if (e->flow.why == WHY_OPEN)
				e->flow.why = WHY_IDLE;
			unlist(t, i);
			i = NONE;
		}
	}
	if (i == NONE) {
		side = FORWARD;
		i = begin(t, p, hash);
		e = at(t, i);
	} else if (p->t_ns - e->flow.start > t->want.active_ns) {
		side = FORWARD;
		cut(t, e, p);
	}
	flow_add(&e->flow, side, p, t->want.features);
	note_teardown(e, p);
	if (t->newest != i) {
		unlink_entry(t, i);
		append(t, i);
	}
}

uint32_t
flowtab_held(const struct flowtab *t)
{
	return t->held;
}

struct flowtab *
flowtab_new(const struct flowtab_want *want,
    void (*done)(void *, struct flow *), void *arg)
{
	struct flowtab *t = mem_alloc(1, sizeof *t);

	t->want = *want;
	t->done = done;
	t->arg = arg;
	t->key = hash_random_key();
	t->slack = least_slack_ns;
	t->spare = t->oldest = t->newest = NONE;
	set_slots(t, FIRST_SLOTS);
	return t;
}

void
flowtab_free(struct flowtab *t)
{
	for (uint32_t i = 0; i < t->entries; i += CHUNK)
		free(t->chunk[i / CHUNK]);
	free(t->chunk);
	free(t->slot);
	free(t->run);
	free(t);
}
