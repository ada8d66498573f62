/*
 * endpair: the two ends of a flow, read out of a row: which way it was begun,
 * between which endpoints, and the pair that these make.
 *
 * A program that uses it begins its table of needed columns with
 * ENDPAIR_NEED, in which the columns have the numbers below.
 */
#ifndef ENDPAIR_H
#define ENDPAIR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/addr.h"
#include "flow/flow.h"
#include "record/rec.h"

enum {
	ENDPAIR_PROTO, ENDPAIR_SRC, ENDPAIR_SPORT, ENDPAIR_DST, ENDPAIR_DPORT,
	ENDPAIR_COLUMNS
};

#define ENDPAIR_NEED "proto", "src", "sport", "dst", "dport"

/* The needed column i as a direction that is known.  False after rec_bad: the
 * row is dropped. */
bool endpair_dir(struct rec *, size_t i, enum flow_dir *);

/* An endpoint, and the shortest byte string that stands for it: 6 bytes
 * for IPv4, 18 for IPv6. */
struct endpoint {
	struct addr addr;
	uint16_t port;
};

enum { ENDPOINT_BYTES = 18 };

size_t endpoint_pack(const struct endpoint *, uint8_t b[ENDPOINT_BYTES]);
void endpoint_unpack(const uint8_t *b, size_t n, struct endpoint *);

struct endpair {
	uint8_t proto;		/* PROTO_UDP or PROTO_TCP; 0 with hosts */
	struct endpoint src, dst;
};

/* The argument of -g: "host" is true, what else ends the program. */
bool endpair_hosts_option(const char *arg);

/* Reads the current row.  With hosts only the addresses are looked at, and
 * the rest is 0.  Returns -1, or the number of the column at fault, for
 * rec_bad with what endpair_fault says. */
int endpair_read(struct rec *, bool hosts, struct endpair *);
const char *endpair_fault(int column);

/* The pair as a byte string: the protocol and the two endpoints, alike for
 * both directions.  For TCP the initiator's port, which is drawn anew for
 * each connection, is left out; what remains is initiator, responder and
 * the responder's port, in this order.  13 bytes for IPv4, 37 for IPv6. */
enum { ENDPAIR_PAIR_BYTES = 1 + 2 * ENDPOINT_BYTES };

size_t endpair_pair(const struct endpair *, uint8_t key[ENDPAIR_PAIR_BYTES]);

#endif
