/*
 * endpoints: the UDP endpoints of a stream of flows, what they sent, and to
 * which addresses.  Memory: about 85 bytes for an endpoint and its first
 * source flow, 16 for each further one or answer up to 1.2 KB; 8 for each
 * source flow.
 */
#ifndef ENDPOINTS_H
#define ENDPOINTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/addr.h"
#include "base/strtab.h"
#include "skype/endkeys.h"
#include "skype/endsums.h"

struct endpoints {
	struct endkeys key;		/* address and port */
	struct endpoint *endpoint;	/* by number of key */
	size_t cap;
	double *bits;			/* by number: its score, 0 until it is
					   known */
	bool *listed;			/* by number: apart, since asked for in
					   each row */
	size_t listed_cap;
	struct endpoint_link *link;	/* who sent to whom; may come again */
	size_t links, links_cap;
	struct strtab reach;		/* address of a Skype endpoint and one
					   it sent to */
};

/* Of the second the address matters alone. */
struct endpoint_link {
	uint32_t from, to;
};

/* They are there as long as the program. */
void endpoints_init(struct endpoints *);

/* The endpoint's number; find: ENDPOINT_NONE if it is not there. */
uint32_t endpoints_add(struct endpoints *, const struct addr *, uint16_t port);
uint32_t endpoints_find(const struct endpoints *, const struct addr *,
    uint16_t port);

/* The endpoint's address and port. */
struct addr endpoints_addr(const struct endpoints *, uint32_t id);
uint16_t endpoints_port(const struct endpoints *, uint32_t id);

/* A flow in which the endpoint sent something to another, and what came
 * back.  Signs are of no matter for a call. */
struct sent_flow {
	uint32_t to;
	uint64_t msgs;
	bool is_call, is_answered;
	struct sign sign, answer;
};
void endpoints_add_flow(struct endpoints *, uint32_t id,
    const struct sent_flow *);

/* The endpoint sent something to another, which says nothing of it. */
void endpoints_add_link(struct endpoints *, uint32_t id, uint32_t to);

/* Adds sums that were made elsewhere, and an address sent to. */
void endpoints_add_evidence(struct endpoints *, uint32_t id,
    const struct endsums *);
void endpoints_add_peer(struct endpoints *, uint32_t id, const struct addr *);

/* The endpoint will be added soon; what is known of it will be. */
void endpoints_foresee_key(const struct endpoints *, const struct addr *,
    uint16_t port);
void endpoints_foresee(const struct endpoints *, uint32_t id);

/* The endpoint's sums. */
void endpoints_evidence(const struct endpoints *, uint32_t id,
    struct endsums *);

/* Its score in bits, once they are decided; false if nothing it sent is
 * known. */
bool endpoints_score(struct endpoints *, uint32_t id, double *bits);

/* Lists an endpoint as Skype; endpoints_decide all whose score reaches
 * `bits`, with the addresses that they sent to. */
void endpoints_list(struct endpoints *, uint32_t id);
void endpoints_decide(struct endpoints *, double bits);
bool endpoints_listed(const struct endpoints *, uint32_t id);

/* Remembers that a listed endpoint of address `from` sent to `to`; and has
 * one? */
void endpoints_reach(struct endpoints *, const struct addr *from,
    const struct addr *to);
bool endpoints_reached(const struct endpoints *, const struct addr *from,
    const struct addr *to);

#endif
