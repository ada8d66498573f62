/*
 * sift: from frames to the packets that count.
 *
 * Decodes frames, drops copies and what is another shard's, and accounts for
 * each.  What a frame tells beside its own packet, fragments that were held
 * until their first came and what an ICMP error quotes, stands behind it.
 */
#ifndef SIFT_H
#define SIFT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "packet/decode.h"
#include "packet/frag.h"
#include "packet/frame.h"
#include "packet/pktcount.h"

struct sift_want {
	struct decode_want decode;
	int64_t duplicate_ns;		/* drop copies this near; below 0:
					   keep them … */
	bool suspects;			/* … and count what looks like one */
	uint64_t shard, shards;		/* shard of 0 … shards - 1; shards 0:
					   all */
	bool vlans;			/* packets tell theirs */
};

enum sift_kind {
	SIFT_PACKET,			/* it tells the time, and counts */
	SIFT_TIME,			/* it tells the time: only t_ns is set,
					   the rest is 0 */
	SIFT_EARLIER,			/* it counts; its frame came before */
	SIFT_QUOTE			/* an ICMP error quotes it */
};

enum { SIFT_FRAMES = 512, SIFT_MOST = SIFT_FRAMES + FRAG_HELD + 1 };

struct sifted {
	_Alignas(MEM_LINE) struct packet packet[SIFT_MOST];
	uint8_t kind[SIFT_MOST];	/* enum sift_kind */
	size_t n;
};

struct sift;

struct sift *sift_new(const struct sift_want *);
void sift_free(struct sift *);

/* Adds what comes of the first frames, of n, which it returns the number of:
 * none where there are SIFT_FRAMES packets already.  There is one of
 * SIFT_PACKET or SIFT_TIME for each. */
size_t sift_frames(struct sift *, const struct frame *, size_t n,
    struct sifted *);

/* What has become of all until now. */
struct pktcount sift_count(const struct sift *);
struct decode_counts sift_decoded(const struct sift *);

#endif
