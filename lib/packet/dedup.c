#include "packet/dedup.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"
#include "packet/expiring.h"

/* Payload is looked at up to here, and compared at multiples of the step. */
enum { LOOKED_AT = HASH_LONG, STEP = 16 };

/* What copies share; without padding, for it is compared as bytes. */
struct dedup_key {
	struct addr src, dst;
	uint16_t sport, dport;
	uint16_t ip_id, offset;
	uint32_t seq, ack, length;
	uint8_t proto, tcp_flags, kind;
	uint8_t n_options;		/* bytes of them, 0: not all captured */
	uint64_t options;		/* their hash */
};

/* Hashes of the payload up to the last step, and to the one before it. */
struct payload_seen {
	uint64_t last, before;
	uint32_t steps;
	uint32_t whole;			/* there is no more of it */
};

struct dedup {
	struct hash_long_key hash;
	struct expiring *seen;
};

struct dedup *
dedup_new(int64_t within_ns)
{
	struct dedup *d = mem_alloc(1, sizeof(*d));

	d->hash = hash_random_long_key();
	d->seen = expiring_new(sizeof(struct dedup_key),
	    sizeof(struct payload_seen), within_ns, DEDUP_MOST);
	return d;
}

void
dedup_free(struct dedup *d)
{
	if (d == NULL)
		return;
	expiring_free(d->seen);
	free(d);
}

static struct dedup_key
key_of_packet(const struct dedup *d, const struct packet *p)
{
	struct dedup_key key = {
		.src = p->src, .dst = p->dst, .sport = p->sport,
		.dport = p->dport, .ip_id = p->ip_id, .offset = p->offset,
		.seq = p->seq, .ack = p->ack, .length = p->length,
		.proto = p->proto, .tcp_flags = p->tcp_flags, .kind = p->kind
	};

	if (p->n_options > 0) {
		key.n_options = (uint8_t)p->n_options;
		key.options = hash_piece(&d->hash, 0, p->options,
		    p->n_options);
	}
	return key;
}

static struct payload_seen
seen_of_packet(const struct dedup *d, const struct packet *p)
{
	struct payload_seen s = {0};
	size_t n = p->captured, at;

	s.whole = p->captured == p->length || n >= LOOKED_AT;
	if (n > LOOKED_AT)
		n = LOOKED_AT;
	if (!s.whole)
		n = n / STEP * STEP;
	s.steps = (uint32_t)((n + STEP - 1) / STEP);
	if (n == 0)
		return s;
	at = (n - 1) / STEP * STEP;
	s.before = hash_piece(&d->hash, 0, p->payload, at);
	s.last = s.before + hash_piece(&d->hash, at, p->payload + at, n - at);
	return s;
}

static bool
same_payload(const struct payload_seen *a, const struct payload_seen *b)
{
	if (a->steps == b->steps && a->whole == b->whole)
		return a->last == b->last;
	if (a->whole && b->whole)
		return false;
	if (a->steps == b->steps + 1)
		return b->steps == 0 || a->before == b->last;
	if (b->steps == a->steps + 1)
		return a->steps == 0 || b->before == a->last;
	return false;
}

bool
dedup_seen(struct dedup *d, const struct packet *p)
{
	struct dedup_key key = key_of_packet(d, p);
	struct payload_seen now = seen_of_packet(d, p), before;

	return expiring_swap(d->seen, &key, &now, p->t_ns, &before) &&
	    same_payload(&before, &now);
}
