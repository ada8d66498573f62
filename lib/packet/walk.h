/*
 * walk: one frame on its way down through the layers, shared by the parts of
 * decode alone.
 */
#ifndef WALK_H
#define WALK_H

#include <stdbool.h>

#include "packet/bytes.h"
#include "packet/decode.h"
#include "packet/frag.h"
#include "packet/tunnel.h"

enum { TUNNELS_MOST = 8 };	/* one in the other */

struct decode {
	struct decode_want want;
	struct frag *frags;
	bool has_quote;
	struct packet quote;
	struct packet told;	/* the last with `extra`, for its headers */
	struct decode_counts counts;
};

struct walk {
	struct decode *d;
	const struct frame *frame;
	struct packet *packet;
	struct bytes b;		/* captured and not yet looked at */
	unsigned tunnels;	/* entered */
	const uint8_t *ip;	/* the innermost IP header met … */
	const uint8_t *outermost;	/* … and the first */
	const uint8_t *l4;	/* header of TCP or UDP */
	int inside;		/* layer that a tunnel just entered carries */
	struct packet outer;	/* UDP packet that may be no tunnel … */
	bool maybe;		/* … if this is set … */
	const uint8_t *outer_ip, *outer_l4;	/* … and its headers */
	unsigned firsts;	/* first fragments met on the way */
	struct frag_first first[TUNNELS_MOST + 1];
};

/* Verdict of a step that has entered a tunnel: go on with walk.inside. */
enum { WALK_INSIDE = DECODE_VERDICTS };

#endif
