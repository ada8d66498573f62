#include "packet/expiring.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"

enum { FEWEST = 64 };

/* Entries are numbered 1, 2, 3 …; number i stands in slot i mod cap.  Each
 * bucket heads a chain from its newest entry to older ones, which ends at
 * the first number that is no longer in the ring. */
struct expiring_entry {
	int64_t t_ns;
	uint64_t older;
	unsigned char data[];	/* key, value */
};

struct expiring {
	struct hash_long_key hash;
	size_t key, value, stride;
	int64_t span_ns;
	size_t cap, most;
	uint64_t last;		/* number of the newest entry, 0 if none */
	char *ring;
	uint64_t *head;		/* cap of them */
};

static void
set_cap(struct expiring *r, size_t cap)
{
	r->cap = cap;
	r->last = 0;
	r->ring = mem_alloc(cap, r->stride);
	r->head = mem_alloc(cap, sizeof(*r->head));
}

struct expiring *
expiring_new(size_t key, size_t value, int64_t span_ns, size_t most)
{
	struct expiring *r = mem_alloc(1, sizeof(*r));

	r->hash = hash_random_long_key();
	r->key = key;
	r->value = value;
	r->stride = (sizeof(struct expiring_entry) + key + value + 7) / 8 * 8;
	r->span_ns = span_ns;
	r->most = most;
	set_cap(r, FEWEST);
	return r;
}

void
expiring_free(struct expiring *r)
{
	if (r == NULL)
		return;
	free(r->ring);
	free(r->head);
	free(r);
}

static struct expiring_entry *
entry_at(const struct expiring *r, uint64_t i)
{
	return (struct expiring_entry *)(void *)
	    (r->ring + (size_t)(i & (r->cap - 1)) * r->stride);
}

static bool
in_ring(const struct expiring *r, uint64_t i)
{
	return i != 0 && i + r->cap > r->last;
}

static bool
near(const struct expiring *r, const struct expiring_entry *e, int64_t t_ns)
{
	int64_t d = t_ns - e->t_ns;

	return d <= r->span_ns && -d <= r->span_ns;
}

static uint64_t *
bucket(const struct expiring *r, const void *key)
{
	uint32_t h = hash_mixed(hash_piece(&r->hash, 0, key, r->key));

	return &r->head[h & (r->cap - 1)];
}

/* The link that leads to the key's entry, or the last link of its chain, which
 * begins here and leads out of the ring. */
static uint64_t *
link_to(const struct expiring *r, uint64_t *link, const void *key)
{
	struct expiring_entry *e;

	for (; in_ring(r, *link); link = &e->older) {
		e = entry_at(r, *link);
		if (memcmp(e->data, key, r->key) == 0)
			break;
	}
	return link;
}

void *
expiring_find(const struct expiring *r, const void *key, int64_t t_ns)
{
	const uint64_t *link = link_to(r, bucket(r, key), key);
	struct expiring_entry *e;

	if (!in_ring(r, *link))
		return NULL;
	e = entry_at(r, *link);
	return near(r, e, t_ns) ? e->data + r->key : NULL;
}

/* A key has one link that leads to it: the entry it had before is passed
 * over from now on, and chains are as long as there are keys.  True if it had
 * one that is near. */
static bool
append(struct expiring *r, const void *key, const void *value, int64_t t_ns,
    void *before)
{
	uint64_t *head = bucket(r, key), *link = link_to(r, head, key);
	struct expiring_entry *e;
	bool had = false;

	if (in_ring(r, *link)) {
		e = entry_at(r, *link);
		had = near(r, e, t_ns);
		if (had && before != NULL)
			memcpy(before, e->data + r->key, r->value);
		*link = e->older;
	}
	e = entry_at(r, ++r->last);
	e->t_ns = t_ns;
	e->older = *head;
	memcpy(e->data, key, r->key);
	memcpy(e->data + r->key, value, r->value);
	*head = r->last;
	return had;
}

static void
grow(struct expiring *r)
{
	struct expiring old = *r;
	const struct expiring_entry *e;
	uint64_t i;

	set_cap(r, old.cap * 2);
	for (i = old.last - old.cap + 1; i <= old.last; i++) {
		e = entry_at(&old, i);
		append(r, e->data, e->data + r->key, e->t_ns, NULL);
	}
	free(old.ring);
	free(old.head);
}

bool
expiring_swap(struct expiring *r, const void *key, const void *value,
    int64_t t_ns, void *before)
{
	if (r->last >= r->cap && r->cap < r->most &&
	    near(r, entry_at(r, r->last + 1), t_ns))
		grow(r);
	return append(r, key, value, t_ns, before);
}

void
expiring_put(struct expiring *r, const void *key, const void *value,
    int64_t t_ns)
{
	expiring_swap(r, key, value, t_ns, NULL);
}
