/*
 * element: which IPFIX information element carries which column.
 *
 * What IANA has an element for goes by that one, with its type; the reverse
 * direction by its reverse element (RFC 5103).  A column that no standard
 * element can carry byte for byte (histograms, tags, the letters H and S of
 * flags, the difference between fin and rst, unknown values) goes as text
 * in an element of our own, named "flows_" and the column, whose type is told
 * in the stream (RFC 5610).  The suite has no enterprise number registered;
 * what it uses is the one set aside for examples (RFC 5612).
 */
#ifndef ELEMENT_H
#define ELEMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <fixbuf/public.h>

#include "base/out.h"

#define ELEMENT_PEN 32473
#define ELEMENT_PREFIX "flows_"

/* The standard elements of one record, as fixbuf copies them.  Times with
 * names in _ntp are NTP's: seconds since 1900, 32 bits of fraction. */
struct element_flow {
	uint64_t start_us_ntp, end_us_ntp, start_ns_ntp, end_ns_ntp;
	uint64_t start_ms, end_ms, init_ms;
	uint64_t pkts, rpkts, payload, rpayload, octets, roctets;
	uint64_t all_pkts, all_octets;
	uint8_t src6[16], dst6[16];
	uint32_t src4, dst4, start_s, end_s, start_up_ms, end_up_ms;
	uint32_t start_ago_us, end_ago_us, sampled, packets_skipped;
	uint16_t sport, dport, flags, rflags;
	uint8_t proto, why, direction, biflow;
	uint8_t pad[4];
};

/* What the standard elements are, in the order of the structure. */
extern const fbInfoElementSpec_t element_flow_spec[];

/* How a column goes. */
enum element_role {
	ELEMENT_OWN, ELEMENT_START, ELEMENT_END, ELEMENT_PROTO, ELEMENT_SRC,
	ELEMENT_SPORT, ELEMENT_DST, ELEMENT_DPORT, ELEMENT_DIR, ELEMENT_PKTS,
	ELEMENT_RPKTS, ELEMENT_BYTES, ELEMENT_RBYTES, ELEMENT_FLAGS,
	ELEMENT_RFLAGS, ELEMENT_WHY, ELEMENT_SAMPLED
};

/* Of the column of that name. */
enum element_role element_role(const char *column);

/* The name of the column with that role, which is not ELEMENT_OWN. */
const char *element_column(enum element_role);

/* Does its standard element carry it byte for byte, as long as its value is
 * known?  Otherwise the element of our own goes along. */
bool element_is_exact(enum element_role);

/* The standard element's name; four: of IPv4; decimals of times, 6 or 9. */
const char *element_name(enum element_role, bool four, unsigned decimals);

/* Writes the column out of its standard element. */
void element_write(struct out *, const struct element_flow *,
    enum element_role, bool four, unsigned decimals);

/* Adds elements of our own for these columns, at most ELEMENT_MOST; more end
 * the program.  Readers go by the names, which the stream tells. */
enum { ELEMENT_MOST = 8000 };
void element_add(fbInfoModel_t *, const char *const *column, size_t n);

/* The name of a column's own element; the caller frees it. */
char *element_own_name(const char *column);

/* Ends the program, status 1, with what fixbuf says. */
_Noreturn void element_fail(const char *name, GError *);

/* Bytes of a packet's IP and transport headers at least: without options. */
uint64_t element_headers(bool four, uint8_t proto);

/* A time as NTP has it, rounded to what its element can hold, and back. */
uint64_t element_ntp(int64_t ns, unsigned decimals);
int64_t element_ns(uint64_t ntp, unsigned decimals);

#endif
