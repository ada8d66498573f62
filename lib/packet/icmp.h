/*
 * icmp: messages of ICMP and ICMPv6 as flows.  Source and destination port are
 * the type and the type of the answer, so that an answer belongs to its
 * question; of a type that has no answer, type and code.  It is the rule of
 * Community ID (github.com/corelight/community-id-spec).
 */
#ifndef ICMP_H
#define ICMP_H

#include <stdbool.h>
#include <stdint.h>

/* The type that answers `type`, or that it answers; -1 if there is none.
 * proto: PROTO_ICMP or PROTO_ICMP6. */
int icmp_counterpart(uint8_t proto, uint8_t type);

/* Is it an error, which quotes a packet? */
bool icmp_is_error(uint8_t proto, uint8_t type);

/* Is it an error that says that a packet did not arrive, and quotes it?  Not:
 * that it was too big, or shall go another way. */
bool icmp_is_unreachable(uint8_t proto, uint8_t type, uint8_t code);

#endif
