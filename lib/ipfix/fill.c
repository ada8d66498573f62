#include "ipfix/fill.h"

#include <string.h>

#include "base/addr.h"
#include "base/num.h"
#include "record/word.h"

#define NS_PER_MS INT64_C(1000000)

static bool
set_number(struct rec_span v, uint64_t most, uint64_t *n)
{
	enum { FEW = 9 };		/* digits, as nearly all have */

	if (v.n > 0 && v.n <= FEW && *v.s != '0')
		return num_read(v.s, v.s + v.n, most < 1000000000 ? most :
		    1000000000, n) == v.s + v.n;
	return num_u64(v.s, v.n, most, n) && (*v.s != '0' || v.n == 1);
}

static bool
set_small(struct rec_span v, uint16_t *n)
{
	uint64_t value;

	if (!set_number(v, UINT16_MAX, &value))
		return false;
	*n = (uint16_t)value;
	return true;
}

/* Up to 2036, when NTP's seconds begin anew. */
static bool
set_time(unsigned decimals, struct rec_span v, uint64_t *us, uint64_t *ns,
    int64_t *time_ns)
{
	enum { LAST_S = 2085978495 };

	if (v.n != 11 + decimals || !num_time(v.s, v.n, time_ns) ||
	    *time_ns / NS_PER_S >= LAST_S) {
		*us = *ns = 0;
		return false;
	}
	*(decimals == 9 ? ns : us) = element_ntp(*time_ns, decimals);
	return true;
}

static bool
set_addr(struct rec_span v, uint8_t six[16], uint32_t *four, bool *is_four)
{
	char text[ADDR_TEXT];
	struct addr a;

	if (!addr_parse(v.s, v.n, &a))
		return false;
	*is_four = addr_is4(&a);
	memcpy(six, a.b, sizeof a.b);
	*four = (uint32_t)a.b[12] << 24 | (uint32_t)a.b[13] << 16 |
	    (uint32_t)a.b[14] << 8 | a.b[15];
	return addr_format(&a, text) == v.n && memcmp(text, v.s, v.n) == 0;
}

/* Letters as flow(5) has them: S is SYN without ACK, H SYN with it. */
static uint16_t
bits_of_flags(struct rec_span v)
{
	static const uint8_t of[256] = {
		['F'] = 1, ['S'] = 2, ['H'] = 2 | 16, ['R'] = 4, ['P'] = 8,
		['A'] = 16, ['U'] = 32, ['E'] = 64, ['C'] = 128,
	};
	uint16_t bits = 0;

	for (size_t i = 0; i < v.n; i++)
		bits |= of[(unsigned char)v.s[i]];
	return bits;
}

static bool
is_word(struct rec_span v, const char *word)
{
	return strlen(word) == v.n && memcmp(v.s, word, v.n) == 0;
}

/* IANA's registry of flowEndReason. */
static uint8_t
reason_of(struct rec_span v)
{
	static const struct { const char *why; uint8_t reason; } table[] = {
		{"idle", 1}, {"active", 2}, {"fin", 3}, {"rst", 3},
		{"eof", 4}, {"evict", 5},
	};

	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		if (is_word(v, table[i].why))
			return table[i].reason;
	return 0;
}

/* Where the count of such a column goes; NULL if it is none. */
static uint64_t *
count_of(struct element_flow *f, enum element_role role)
{
	switch (role) {
	case ELEMENT_PKTS:
		return &f->pkts;
	case ELEMENT_RPKTS:
		return &f->rpkts;
	case ELEMENT_BYTES:
		return &f->payload;
	case ELEMENT_RBYTES:
		return &f->rpayload;
	default:
		return NULL;
	}
}

/* What has no value that its element lacks, or goes as text besides. */
static bool
set_word(struct element_flow *f, enum element_role role, struct rec_span v)
{
	uint64_t sampled = 0;
	bool same = true;

	switch (role) {
	case ELEMENT_FLAGS:
		f->flags = bits_of_flags(v);
		break;
	case ELEMENT_RFLAGS:
		f->rflags = bits_of_flags(v);
		break;
	case ELEMENT_WHY:
		f->why = reason_of(v);
		break;
	case ELEMENT_DIR:
		f->direction = is_word(v, "out");
		break;
	case ELEMENT_SAMPLED:
		same = set_number(v, UINT32_MAX, &sampled);
		f->sampled = (uint32_t)sampled;
		break;
	default:
		break;
	}
	return same;
}

bool
fill_column(struct element_flow *f, enum element_role role, struct rec_span v,
    struct fill_row *row)
{
	uint64_t *count = count_of(f, role);
	bool same;

	if (count != NULL)
		return set_number(v, UINT64_MAX, count);
	switch (role) {
	case ELEMENT_START:
		return set_time(row->decimals, v, &f->start_us_ntp,
		    &f->start_ns_ntp, &row->start_ns);
	case ELEMENT_END:
		return set_time(row->decimals, v, &f->end_us_ntp,
		    &f->end_ns_ntp, &row->end_ns);
	case ELEMENT_PROTO:
		return word_proto_parse(v, &f->proto);
	case ELEMENT_SRC:
		return set_addr(v, f->src6, &f->src4, &row->four);
	case ELEMENT_DST:
		return set_addr(v, f->dst6, &f->dst4, &same) &&
		    same == row->four;
	case ELEMENT_SPORT:
		return set_small(v, &f->sport);
	case ELEMENT_DPORT:
		return set_small(v, &f->dport);
	default:
		return set_word(f, role, v);
	}
}

static uint64_t
octets_of(uint64_t payload, uint64_t pkts, bool four, uint8_t proto)
{
	return payload + pkts * element_headers(four, proto);
}

void
fill_besides(struct element_flow *f, const struct fill_row *row)
{
	f->start_ms = (uint64_t)(row->start_ns / NS_PER_MS);
	f->end_ms = (uint64_t)(row->end_ns / NS_PER_MS);
	f->octets = octets_of(f->payload, f->pkts, row->four, f->proto);
	f->roctets = octets_of(f->rpayload, f->rpkts, row->four, f->proto);
	f->biflow = 1;			/* src is the initiator */
}
