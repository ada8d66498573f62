#include "ipfix/element.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/addr.h"
#include "base/mem.h"
#include "base/num.h"
#include "record/column.h"
#include "record/word.h"

/* From 1900 to 1970. */
#define NTP_UNIX_S UINT64_C(2208988800)

/* RFC 7011 6.1.9: the last 11 bits of a time in microseconds mean nothing. */
enum { US_SHIFT = 11 };

#define SPEC(name, field) \
	{(char *)(name), sizeof ((struct element_flow *)0)->field, 0}

const fbInfoElementSpec_t element_flow_spec[] = {
	SPEC("flowStartMicroseconds", start_us_ntp),
	SPEC("flowEndMicroseconds", end_us_ntp),
	SPEC("flowStartNanoseconds", start_ns_ntp),
	SPEC("flowEndNanoseconds", end_ns_ntp),
	SPEC("flowStartMilliseconds", start_ms),
	SPEC("flowEndMilliseconds", end_ms),
	SPEC("systemInitTimeMilliseconds", init_ms),
	SPEC("packetDeltaCount", pkts),
	SPEC("reversePacketDeltaCount", rpkts),
	SPEC("transportOctetDeltaCount", payload),
	SPEC("reverseTransportOctetDeltaCount", rpayload),
	SPEC("octetDeltaCount", octets),
	SPEC("reverseOctetDeltaCount", roctets),
	SPEC("packetTotalCount", all_pkts),
	SPEC("octetTotalCount", all_octets),
	SPEC("sourceIPv6Address", src6),
	SPEC("destinationIPv6Address", dst6),
	SPEC("sourceIPv4Address", src4),
	SPEC("destinationIPv4Address", dst4),
	SPEC("flowStartSeconds", start_s),
	SPEC("flowEndSeconds", end_s),
	SPEC("flowStartSysUpTime", start_up_ms),
	SPEC("flowEndSysUpTime", end_up_ms),
	SPEC("flowStartDeltaMicroseconds", start_ago_us),
	SPEC("flowEndDeltaMicroseconds", end_ago_us),
	SPEC("samplingInterval", sampled),
	SPEC("samplingPacketSpace", packets_skipped),
	SPEC("sourceTransportPort", sport),
	SPEC("destinationTransportPort", dport),
	SPEC("tcpControlBits", flags),
	SPEC("reverseTcpControlBits", rflags),
	SPEC("protocolIdentifier", proto),
	SPEC("flowEndReason", why),
	SPEC("flowDirection", direction),
	SPEC("biflowDirection", biflow),
	SPEC("paddingOctets", pad),
	{NULL, 0, 0}
};

static const struct {
	const char *column, *name, *name6;
	bool exact;
} standard[] = {
	[ELEMENT_START] = {"start", "flowStartMicroseconds", NULL, true},
	[ELEMENT_END] = {"end", "flowEndMicroseconds", NULL, true},
	[ELEMENT_PROTO] = {"proto", "protocolIdentifier", NULL, true},
	[ELEMENT_SRC] = {"src", "sourceIPv4Address", "sourceIPv6Address",
	    true},
	[ELEMENT_SPORT] = {"sport", "sourceTransportPort", NULL, true},
	[ELEMENT_DST] = {"dst", "destinationIPv4Address",
	    "destinationIPv6Address", true},
	[ELEMENT_DPORT] = {"dport", "destinationTransportPort", NULL, true},
	[ELEMENT_DIR] = {"dir", "flowDirection", NULL, false},
	[ELEMENT_PKTS] = {"pkts", "packetDeltaCount", NULL, true},
	[ELEMENT_RPKTS] = {"rpkts", "reversePacketDeltaCount", NULL, true},
	[ELEMENT_BYTES] = {"bytes", "transportOctetDeltaCount", NULL, true},
	[ELEMENT_RBYTES] = {"rbytes", "reverseTransportOctetDeltaCount", NULL,
	    true},
	[ELEMENT_FLAGS] = {"flags", "tcpControlBits", NULL, false},
	[ELEMENT_RFLAGS] = {"rflags", "reverseTcpControlBits", NULL, false},
	[ELEMENT_WHY] = {"why", "flowEndReason", NULL, false},
	[ELEMENT_SAMPLED] = {"sampled", "samplingInterval", NULL, true},
};



enum element_role
element_role(const char *column)
{
	for (enum element_role r = ELEMENT_START; r <= ELEMENT_SAMPLED; r++)
		if (strcmp(standard[r].column, column) == 0)
			return r;
	return ELEMENT_OWN;
}

bool
element_is_exact(enum element_role role)
{
	return standard[role].exact;
}

const char *
element_name(enum element_role role, bool four, unsigned decimals)
{
	if (decimals == 9 && role == ELEMENT_START)
		return "flowStartNanoseconds";
	if (decimals == 9 && role == ELEMENT_END)
		return "flowEndNanoseconds";
	return four || standard[role].name6 == NULL ? standard[role].name :
	    standard[role].name6;
}

const char *
element_column(enum element_role role)
{
	return standard[role].column;
}

static void
write_addr(struct out *o, const uint8_t six[16], uint32_t four, bool is_four)
{
	const uint8_t b[4] = {(uint8_t)(four >> 24), (uint8_t)(four >> 16),
	    (uint8_t)(four >> 8), (uint8_t)four};
	struct addr a = is_four ? addr_from4(b) : addr_from6(six);
	char text[ADDR_TEXT];

	out_mem(o, text, addr_format(&a, text));
}

void
element_write(struct out *o, const struct element_flow *e,
    enum element_role role, bool four, unsigned decimals)
{
	switch (role) {
	case ELEMENT_START:
		out_time(o, element_ns(decimals == 9 ? e->start_ns_ntp :
		    e->start_us_ntp, decimals), decimals);
		break;
	case ELEMENT_END:
		out_time(o, element_ns(decimals == 9 ? e->end_ns_ntp :
		    e->end_us_ntp, decimals), decimals);
		break;
	case ELEMENT_PROTO:
		out_str(o, word_proto(e->proto));
		break;
	case ELEMENT_SRC:
		write_addr(o, e->src6, e->src4, four);
		break;
	case ELEMENT_DST:
		write_addr(o, e->dst6, e->dst4, four);
		break;
	case ELEMENT_SPORT:
		out_u64(o, e->sport);
		break;
	case ELEMENT_DPORT:
		out_u64(o, e->dport);
		break;
	case ELEMENT_PKTS:
		out_u64(o, e->pkts);
		break;
	case ELEMENT_RPKTS:
		out_u64(o, e->rpkts);
		break;
	case ELEMENT_BYTES:
		out_u64(o, e->payload);
		break;
	case ELEMENT_RBYTES:
		out_u64(o, e->rpayload);
		break;
	case ELEMENT_SAMPLED:
		out_u64(o, e->sampled);
		break;
	default:
		out_char(o, '-');
	}
}

/* A column has the same number in nearly all streams, since collectors may
 * keep what a number means: out of its name (FNV-1a), or the next one free. */
static uint16_t
own_number(const char *column, const uint16_t *taken, size_t n)
{
	enum { NUMBERS = 32767 };	/* 15 bits, without 0 */
	uint32_t hash = 2166136261U, number;

	for (; *column != '\0'; column++)
		hash = (hash ^ (unsigned char)*column) * 16777619U;
	number = hash % NUMBERS;
	for (size_t i = 0; i < n; i++)
		if (taken[i] == number + 1) {
			number = (number + 1) % NUMBERS;
			i = SIZE_MAX;	/* from the first again */
		}
	return (uint16_t)(number + 1);
}

/* fixbuf does not read a type record that ends a message with an empty
 * description. */
void
element_add(fbInfoModel_t *model, const char *const *column, size_t n)
{
	uint16_t *number = mem_alloc(n + 1, sizeof *number);

	if (n > ELEMENT_MOST)
		errx(1, "%zu columns: a template of IPFIX has room for %d", n,
		    ELEMENT_MOST);
	for (size_t i = 0; i < n; i++) {
		const struct column *known = column_find(column[i],
		    strlen(column[i]));
		char *name = element_own_name(column[i]);
		fbInfoElement_t element = FB_IE_INIT_FULL(name, ELEMENT_PEN,
		    0, FB_IE_VARLEN, FB_IE_F_NONE, 0, 0,
		    FB_STRING, (char *)(known != NULL ? known->meaning :
		    "a column that is carried through"));

		number[i] = own_number(column[i], number, i);
		element.num = number[i];
		fbInfoModelAddElement(model, &element);
		free(name);
	}
	free(number);
}

char *
element_own_name(const char *column)
{
	size_t size = strlen(column) + sizeof ELEMENT_PREFIX;
	char *name = mem_alloc(size, 1);

	snprintf(name, size, ELEMENT_PREFIX "%s", column);
	return name;
}

_Noreturn void
element_fail(const char *name, GError *error)
{
	errx(1, "%s: %s", name, error != NULL ? error->message :
	    "libfixbuf tells no reason");
}

uint64_t
element_ntp(int64_t ns, unsigned decimals)
{
	uint64_t s = (uint64_t)(ns / NS_PER_S) + NTP_UNIX_S;
	uint64_t rest = (uint64_t)(ns % NS_PER_S), fraction;

	if (decimals == 9)
		fraction = ((rest << 32) + NS_PER_S / 2) / NS_PER_S;
	else
		fraction = (((rest << (32 - US_SHIFT)) + NS_PER_S / 2) /
		    NS_PER_S) << US_SHIFT;
	return (s << 32) + fraction;
}

int64_t
element_ns(uint64_t ntp, unsigned decimals)
{
	int64_t s = (int64_t)(ntp >> 32) - (int64_t)NTP_UNIX_S;
	uint64_t fraction = ntp & UINT32_MAX;
	uint64_t units = decimals == 9 ? UINT64_C(1000000000) : 1000000;
	uint64_t n = (fraction * units + (UINT64_C(1) << 31)) >> 32;

	return s * NS_PER_S + (int64_t)(n * (1000000000 / units));
}

uint64_t
element_headers(bool four, uint8_t proto)
{
	enum { TCP = 6, UDP = 17 };
	uint64_t ip = four ? 20 : 40;

	return ip + (proto == UDP ? 8U : proto == TCP ? 20U : 0);
}
