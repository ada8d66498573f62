#include "packet/sift.h"

#include <stdlib.h>
#include <string.h>

#include "base/fetch.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/num.h"
#include "packet/dedup.h"
#include "packet/linkname.h"

/* Packets whose memory, which was another processor's, is asked for. */
enum { SOON = 32 };

struct sift {
	struct sift_want want;
	struct decode *decode;
	struct dedup *dedup;		/* NULL: not needed */
	struct pktcount account;
};

struct sift *
sift_new(const struct sift_want *want)
{
	struct sift *s = mem_alloc(1, sizeof *s);

	s->want = *want;
	s->account.dropped = want->duplicate_ns >= 0;
	s->want.decode.brief = want->duplicate_ns < 0 && !want->suspects;
	s->decode = decode_new(&s->want.decode);
	if (want->duplicate_ns >= 0)
		s->dedup = dedup_new(want->duplicate_ns);
	else if (want->suspects)
		s->dedup = dedup_new(PKTCOUNT_SUSPECT_MS * (NS_PER_S / 1000));
	return s;
}

void
sift_free(struct sift *s)
{
	if (s->dedup != NULL)
		dedup_free(s->dedup);
	decode_free(s->decode);
	free(s);
}

/* The shard of the two endpoints: fixed, and the same both ways. */
static uint64_t
shard_of(const struct packet *p, uint64_t shards)
{
	static const struct hash_key fixed = {{0, 0}};
	uint8_t end[2][18];

	memcpy(end[0], p->src.b, 16);
	memcpy(end[1], p->dst.b, 16);
	end[0][16] = (uint8_t)(p->sport >> 8);
	end[0][17] = (uint8_t)p->sport;
	end[1][16] = (uint8_t)(p->dport >> 8);
	end[1][17] = (uint8_t)p->dport;
	return (hash_bytes(&fixed, end[0], sizeof end[0]) +
	    hash_bytes(&fixed, end[1], sizeof end[1])) % shards;
}

static bool
is_other_shard(const struct sift *s, const struct packet *p)
{
	return s->want.shards > 1 &&
	    shard_of(p, s->want.shards) != s->want.shard;
}

/* With -D all that is equal is a copy; without, it is a suspicion only, and
 * of packets that say more than their length. */
static bool
is_copy(struct sift *s, const struct packet *p)
{
	if (s->dedup == NULL)
		return false;
	if (s->want.duplicate_ns < 0 && p->ip_id == 0 && p->captured == 0)
		return false;
	return dedup_seen(s->dedup, p);
}

/* Does the packet count? */
static inline bool
passes(struct sift *s, const struct packet *p)
{
	if (is_other_shard(s, p)) {
		s->account.other_shard++;
		return false;
	}
	if (is_copy(s, p)) {
		s->account.duplicates++;
		if (s->want.duplicate_ns >= 0)
			return false;
	}
	s->account.in_flows++;
	return true;
}

static void
set_vlans(struct packet *p, const struct frame *f)
{
	struct linkname name;

	linkname_read(&name, f);
	p->vlans = linkname_vlans(&name);
}

/* An ICMP error about a packet of a flow. */
static bool
quote_counts(struct sift *s, const struct packet *p)
{
	s->account.unreachable++;
	return !is_other_shard(s, p);
}

static bool
earlier_counts(struct sift *s, const struct packet *p)
{
	s->account.verdict[DECODE_ORPHAN]--;
	s->account.verdict[DECODE_FLOW]++;
	return passes(s, p);
}

static void
add_extras(struct sift *s, const struct frame *f, struct sifted *to)
{
	enum decode_extra e;
	struct packet *p = &to->packet[to->n];

	while ((e = decode_extra(s->decode, p)) != DECODE_NO_EXTRA) {
		if (s->want.vlans)
			set_vlans(p, f);
		if (e == DECODE_QUOTE ? !quote_counts(s, p) :
		    !earlier_counts(s, p))
			continue;
		to->kind[to->n++] = e == DECODE_QUOTE ? SIFT_QUOTE :
		    SIFT_EARLIER;
		p++;
	}
}

/* It does not count. */
static void
add_time(struct sifted *to, int64_t t_ns)
{
	struct packet *p = &to->packet[to->n];

	packet_clear(p);
	p->t_ns = t_ns;
	to->kind[to->n++] = SIFT_TIME;
}

static inline void
add_frame(struct sift *s, const struct frame *f, struct sifted *to)
{
	struct packet *p = &to->packet[to->n];
	enum decode_verdict verdict;
	bool more;

	fetch_to_write(p + SOON, s->want.decode.brief ? PACKET_HALF :
	    sizeof *p);
	verdict = decode(s->decode, f, p);
	more = verdict == DECODE_FLOW ? p->extra :
	    verdict == DECODE_UNREACHABLE;
	s->account.verdict[verdict]++;
	if (s->want.vlans)
		set_vlans(p, f);
	if (verdict == DECODE_FLOW && passes(s, p))
		to->kind[to->n++] = SIFT_PACKET;
	else
		add_time(to, f->t_ns);
	if (more)
		add_extras(s, f, to);
}

size_t
sift_frames(struct sift *s, const struct frame *f, size_t n,
    struct sifted *to)
{
	size_t i;

	for (i = 0; i < n && to->n < SIFT_FRAMES; i++)
		add_frame(s, &f[i], to);
	return i;
}

struct pktcount
sift_count(const struct sift *s)
{
	return s->account;
}

struct decode_counts
sift_decoded(const struct sift *s)
{
	return decode_counts(s->decode);
}
