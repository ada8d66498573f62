/*
 * flowmore: what else a flow can tell, in groups that are asked for
 * (pcap2flows -e; flow(5) defines each column).
 *
 * A flow that has more is held as a flow_full from its first packet on, and
 * one block of memory of the table's pool holds its groups; histograms, where
 * a flow has very different values, come from malloc and have some hundred
 * entries at most.
 *
 * Arrays of two are by side, FORWARD and REVERSE.
 */
#ifndef FLOWMORE_H
#define FLOWMORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "flow/gaps.h"
#include "flow/outertunnel.h"
#include "flow/tcpstat.h"
#include "packet/linkname.h"

enum flowmore_group {
	FLOWMORE_LINK = 1, FLOWMORE_IP = 2, FLOWMORE_TCP = 4,
	FLOWMORE_TIME = 8, FLOWMORE_SPLT = 16, FLOWMORE_ENT = 32,
	FLOWMORE_TUNNEL = 64
};

enum {
	FLOWMORE_SPLT_MOST = 255, FLOWMORE_SPLT_DEFAULT = 16,
	FLOWMORE_ENT_BYTES = 64		/* of a message, that ent looks at */
};

struct flowmore_want {
	unsigned groups;		/* 0: nothing more */
	unsigned splt;			/* messages in splt */
};

/* Columns of the first packet of each direction. */
struct flowmore_first {
	bool any;
	struct linkname link;
	struct outertunnel tunnel;
};

/* tos: most flows have one value. */
struct flowmore_ip {
	bool any;
	uint8_t ttl_least, ttl_most;
	uint8_t tos;			/* of the first packet … */
	uint64_t same;			/* … and of how many */
	struct hist others;
	uint64_t fragments;
};

enum { FLOWMORE_BOTH = 2 };		/* gaps of whoever sent */

/* Entropies in units of 2^-20 bits. */
struct flowmore_ent {
	uint64_t messages, sum;
};

struct flowmore_message {
	int64_t t_ns;
	uint32_t length;
	uint32_t side;
};

/* A group that is not wanted is NULL; so is tcp for another protocol. */
struct flowmore {
	struct flowmore_first *first;	/* two; link and tunnel */
	struct flowmore_ip *ip;		/* two */
	struct tcpstat *tcp;		/* two */
	struct gaps *gaps;		/* two, and FLOWMORE_BOTH */
	struct flowmore_ent *ent;	/* two */
	struct flowmore_message *splt;
	unsigned splt_n, splt_most;
};

/* Bytes that a flow's more takes. */
size_t flowmore_size(const struct flowmore_want *);

/* Begins one in memory of that size. */
struct flowmore *flowmore_begin(void *memory, const struct flowmore_want *,
    bool is_tcp);

/* A packet that the side sent. */
void flowmore_add(struct flowmore *, unsigned side, const struct packet *);

/* A piece of the same flow begins, behind `before`; turned: its initiator was
 * the responder. */
void flowmore_continue(struct flowmore *piece, const struct flowmore *before,
    bool turned);

/* Frees what it holds, not itself. */
void flowmore_free(struct flowmore *);

#endif
