/*
 * ends: the two ends of a flow, read out of a row: which way it was begun,
 * between which endpoints, and the pair that these make.
 *
 * A program that uses it begins its table of needed columns with
 * ENDS_NEED, in which the columns have the numbers below.
 */
#ifndef ENDS_H
#define ENDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/addr.h"
#include "record/rec.h"

enum {
	ENDS_PROTO, ENDS_SRC, ENDS_SPORT, ENDS_DST, ENDS_DPORT, ENDS_COLUMNS
};

#define ENDS_NEED \
	{"proto", NULL}, {"src", NULL}, {"sport", NULL}, {"dst", NULL}, \
	{"dport", NULL}

/* The column dir: begun inside towards outside, the reverse, or with both
 * ends, or neither, internal. */
enum ends_dir { DIR_OUT, DIR_IN, DIR_INT, DIR_EXT, DIR_BAD };

enum ends_dir ends_dir(struct rec_span);
extern const char ends_dir_fault[];	/* for rec_bad at DIR_BAD */

/* An endpoint, and the shortest byte string that stands for it: 6 bytes
 * for IPv4, 18 for IPv6. */
struct endpoint {
	struct addr addr;
	uint16_t port;
};

enum { ENDPOINT_BYTES = 18 };

size_t endpoint_pack(const struct endpoint *, uint8_t b[ENDPOINT_BYTES]);
void endpoint_unpack(const uint8_t *b, size_t n, struct endpoint *);

struct ends {
	uint8_t proto;		/* PROTO_UDP or PROTO_TCP; 0 with hosts */
	struct endpoint src, dst;
};

/* The argument of -g: "host" is true, what else ends the program. */
bool ends_hosts_option(const char *arg);

/* Reads the current row.  With hosts only the addresses are looked at, and
 * the rest is 0.  Returns -1, or the number of the column at fault, for
 * rec_bad with what ends_fault says. */
int ends_read(struct rec *, bool hosts, struct ends *);
const char *ends_fault(int column);

/* The pair as a byte string: the protocol and the two endpoints, alike for
 * both directions.  For TCP the initiator's port, which is drawn anew for
 * each connection, is left out; what remains is initiator, responder and
 * the responder's port, in this order.  13 bytes for IPv4, 37 for IPv6. */
enum { ENDS_PAIR_BYTES = 1 + 2 * ENDPOINT_BYTES };

size_t ends_pair(const struct ends *, uint8_t key[ENDS_PAIR_BYTES]);

#endif
