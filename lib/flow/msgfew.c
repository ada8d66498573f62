#include "flow/msgfew.h"

#include <string.h>

static const char hex[] = "0123456789abcdef";

/* A histogram's entries end with a comma each; the last of them is what stands
 * behind the histogram. */

static char *
put_unknown(char *p)
{
	*p++ = '-';
	return p;
}

/*
 * size
 */

static inline char *
put_size(char *p, uint32_t length, unsigned count)
{
	p = out_put_u64(p, length);
	*p++ = ':';
	p = out_put_u64(p, count);
	*p++ = ',';
	return p;
}

/* A few are sorted. */
static char *
put_sorted_sizes(char *p, const struct message *m, unsigned n)
{
	uint32_t sorted[FLOWMSG_MOST];

	for (unsigned i = 0; i < n; i++) {
		uint32_t length = m[i].length;
		unsigned k = i;

		for (; k > 0 && sorted[k - 1] > length; k--)
			sorted[k] = sorted[k - 1];
		sorted[k] = length;
	}
	for (unsigned i = 0, k = 0; i < n; i = k) {
		while (k < n && sorted[k] == sorted[i])
			k++;
		p = put_size(p, sorted[i], k - i);
	}
	return p - 1;
}

/* Of many each has its place, by length. */
enum { SIZES_SORTED = 16, SIZES_BELOW = 2048 };

static char *
put_placed_sizes(char *p, const struct message *m, unsigned n)
{
	uint64_t there[SIZES_BELOW / 64] = {0};
	uint8_t count[SIZES_BELOW] = {0};

	for (unsigned i = 0; i < n; i++) {
		count[m[i].length]++;
		there[m[i].length / 64] |= UINT64_C(1) << m[i].length % 64;
	}
	for (unsigned k = 0; k < SIZES_BELOW / 64; k++)
		for (; there[k] != 0; there[k] &= there[k] - 1) {
			uint32_t length = 64 * k +
			    (uint32_t)__builtin_ctzll(there[k]);

			p = put_size(p, length, count[length]);
		}
	return p - 1;
}

static char *
put_sizes(char *p, const struct message *m, unsigned n)
{
	uint32_t all = 0;

	for (unsigned i = 0; i < n; i++)
		all |= m[i].length;
	return n > SIZES_SORTED && all < SIZES_BELOW ?
	    put_placed_sizes(p, m, n) : put_sorted_sizes(p, m, n);
}

/*
 * fun
 */

static char *
put_function(char *p, unsigned index, unsigned count)
{
	unsigned value = msgstats_fun_value(index);

	p[0] = hex[value >> 4];
	p[1] = hex[value & 15];
	p[2] = ':';
	p = out_put_u64(p + 3, count);
	*p = ',';
	return p + 1;
}

static char *
put_functions(char *p, const struct message *m, unsigned n)
{
	uint8_t count[MSGSTATS_FUNS] = {0};
	uint32_t there = 0;

	for (unsigned i = 0; i < n; i++)
		if (msgstats_has_fun(&m[i])) {
			unsigned k = msgstats_fun_index(m[i].first[2]);

			count[k]++;
			there |= UINT32_C(1) << k;
		}
	if (there == 0)
		return put_unknown(p);
	for (; there != 0; there &= there - 1) {
		unsigned k = (unsigned)__builtin_ctz(there);

		p = put_function(p, k, count[k]);
	}
	return p - 1;
}

/*
 * nib
 */

static char *
put_one_nib(char *p, const struct message *m)
{
	*p++ = '=';
	for (unsigned i = 0; i < m->seen; i++) {
		*p++ = hex[m->first[i] >> 4];
		*p++ = hex[m->first[i] & 15];
	}
	return p;
}

/* Counts of a byte's two nibbles: 16 of 4 bits in a word each, of 15 messages
 * at most.  A word is cleared and looked through in no time, a table is not. */
enum { PACKED_MOST = 15 };
#define PACKED_ONES UINT64_C(0x1111111111111111)
#define PACKED_EVEN UINT64_C(0x0f0f0f0f0f0f0f0f)

struct packed {
	uint64_t high, low;
};

/* Byte k of messages; whole: all of them have it. */
static inline struct packed
count_packed(const struct message *m, unsigned n, unsigned k, bool whole)
{
	static const uint64_t one[16] = {
		0x1, 0x10, 0x100, 0x1000, 0x10000, 0x100000, 0x1000000,
		0x10000000, 0x100000000, 0x1000000000, 0x10000000000,
		0x100000000000, 0x1000000000000, 0x10000000000000,
		0x100000000000000, 0x1000000000000000
	};
	struct packed c = {0, 0};

	for (unsigned i = 0; i < n; i++) {
		if (!whole && k >= m[i].seen)
			continue;
		c.high += one[m[i].first[k] >> 4];
		c.low += one[m[i].first[k] & 15];
	}
	return c;
}

/* A one for each count that is not 0. */
static inline uint64_t
packed_there(uint64_t counts)
{
	counts |= counts >> 2;
	return (counts | counts >> 1) & PACKED_ONES;
}

/* A group of counts below 10.  How many entries there are cannot be foreseen,
 * so some are written together. */
static inline char *
put_small_group(char *p, uint64_t counts, size_t together)
{
	static const char entry[] = "0:0,1:0,2:0,3:0,4:0,5:0,6:0,7:0,"
	    "8:0,9:0,a:0,b:0,c:0,d:0,e:0,f:0,";
	uint64_t there = packed_there(counts);
	size_t n = there * PACKED_ONES >> 60;

	if (n == 0) {
		memcpy(p, "-;", 2);
		return p + 2;
	}
	for (size_t i = 0; i < n; i += together)
		for (size_t k = i; k < i + together; k++) {
			unsigned at = (unsigned)__builtin_ctzll(there |
			    UINT64_C(1) << 60);

			memcpy(p + 4 * k, &entry[at], 4);
			p[4 * k + 2] = (char)('0' + (counts >> at & 15));
			there &= there - 1;
		}
	p += 4 * n;
	p[-1] = ';';
	return p;
}

static inline char *
put_small_groups(char *p, const struct message *m, unsigned n, bool whole,
    size_t together)
{
	for (unsigned k = 0; k < MSGSTATS_BYTES; k++) {
		struct packed c = count_packed(m, n, k, whole);

		p = put_small_group(p, c.high, together);
		p = put_small_group(p, c.low, together);
	}
	return p - 1;
}

/* Two or three, as most are, have no more entries. */
static char *
put_whole_groups(char *p, const struct message *m, unsigned n)
{
	return n == 2 ? put_small_groups(p, m, 2, true, 2) :
	    n == 3 ? put_small_groups(p, m, 3, true, 3) :
	    put_small_groups(p, m, n, true, 4);
}

/* Counts of 8 bits of a nibble's values, the even ones and the odd ones. */
struct counts {
	uint64_t even, odd;
};

static inline void
add_packed(struct counts *sum, uint64_t counts)
{
	sum->even += counts & PACKED_EVEN;
	sum->odd += counts >> 4 & PACKED_EVEN;
}

/* An entry, whose value is still to be written in its first byte; without a
 * count it has no bytes. */
#define ENTRY(count) {"?:" #count ",", sizeof #count + 2}
#define ENTRIES(ten) \
	ENTRY(ten##0), ENTRY(ten##1), ENTRY(ten##2), ENTRY(ten##3), \
	ENTRY(ten##4), ENTRY(ten##5), ENTRY(ten##6), ENTRY(ten##7), \
	ENTRY(ten##8), ENTRY(ten##9)

static const struct {
	char text[7];
	uint8_t length;
} entry_of[] = {
	{"", 0}, ENTRY(1), ENTRY(2), ENTRY(3), ENTRY(4), ENTRY(5), ENTRY(6),
	ENTRY(7), ENTRY(8), ENTRY(9), ENTRIES(1), ENTRIES(2), ENTRIES(3),
	ENTRIES(4), ENTRIES(5), ENTRIES(6), ENTRIES(7), ENTRIES(8),
	ENTRIES(9), ENTRIES(10), ENTRIES(11), ENTRIES(12), ENTRIES(13),
	ENTRIES(14), ENTRIES(15), ENTRIES(16), ENTRIES(17), ENTRIES(18),
	ENTRIES(19), ENTRIES(20), ENTRIES(21), ENTRIES(22), ENTRIES(23),
	ENTRIES(24)
};

_Static_assert(sizeof entry_of / sizeof *entry_of > FLOWMSG_MOST,
    "every count has its entry");

static inline char *
put_entry(char *p, unsigned value, uint64_t count)
{
	memcpy(p, &entry_of[count], sizeof *entry_of);
	*p = hex[value];
	return p + entry_of[count].length;
}

static char *
put_group(char *p, struct counts c)
{
	const char *start = p;

	for (unsigned v = 0; v < 16; v += 2) {
		p = put_entry(p, v, c.even >> 4 * v & 255);
		p = put_entry(p, v + 1, c.odd >> 4 * v & 255);
	}
	if (p == start)
		*p++ = '-', p++;
	p[-1] = ';';
	return p;
}

static inline char *
put_groups(char *p, const struct message *m, unsigned n, bool whole)
{
	for (unsigned k = 0; k < MSGSTATS_BYTES; k++) {
		struct counts high = {0, 0}, low = {0, 0};

		for (unsigned i = 0; i < n; i += PACKED_MOST) {
			struct packed c = count_packed(m + i,
			    n - i < PACKED_MOST ? n - i : PACKED_MOST, k,
			    whole);

			add_packed(&high, c.high);
			add_packed(&low, c.low);
		}
		p = put_group(p, high);
		p = put_group(p, low);
	}
	return p - 1;
}

/* As many as have a nibble decide the form. */
static char *
put_nib(char *p, const struct message *m, unsigned n)
{
	unsigned messages = 0, whole = 0, one = 0;

	for (unsigned i = 0; i < n; i++) {
		messages += m[i].seen > 0;
		whole += m[i].seen == MSGSTATS_BYTES;
		if (m[i].seen > 0)
			one = i;
	}
	if (messages == 0)
		return put_unknown(p);
	if (messages == 1)
		return put_one_nib(p, &m[one]);
	if (n < 10)
		return whole == n ? put_whole_groups(p, m, n) :
		    put_small_groups(p, m, n, false, 4);
	return whole == n ? put_groups(p, m, n, true) :
	    put_groups(p, m, n, false);
}

/*
 * win
 */

static char *
put_window(char *p, uint64_t key, unsigned count)
{
	uint32_t mean, sd, gap;

	hist_win_parts(key, &mean, &sd, &gap);
	p = out_put_u64(p, mean);
	*p++ = '/';
	p = out_put_u64(p, sd);
	*p++ = '/';
	p = out_put_u64(p, gap);
	*p++ = ':';
	p = out_put_u64(p, count);
	*p++ = ',';
	return p;
}

/* The keys of the windows in rising order; returns how many. */
static unsigned
sort_windows(uint64_t *sorted, const struct flowmsg_side *s)
{
	struct msgwindow window = {0};
	unsigned windows = 0;
	uint64_t key;

	for (unsigned i = 0; i < s->messages && windows < s->spans; i++) {
		unsigned k = windows;

		window.span_ns = s->span_ns[windows];
		if (!msgwindow_add(&window, &s->message[i], &key))
			continue;
		for (; k > 0 && sorted[k - 1] > key; k--)
			sorted[k] = sorted[k - 1];
		sorted[k] = key;
		windows++;
	}
	return windows;
}

static char *
put_windows(char *p, const struct flowmsg_side *s)
{
	uint64_t sorted[FLOWMSG_MOST / MSGSTATS_WINDOW];
	unsigned n = sort_windows(sorted, s);

	for (unsigned i = 0, k = 0; i < n; i = k) {
		while (k < n && sorted[k] == sorted[i])
			k++;
		p = put_window(p, sorted[i], k - i);
	}
	return p - 1;
}

char *
msgfew_put_column(char *p, const struct flowmsg_side *s,
    enum msgstats_column column)
{
	const struct message *m = s->message;

	if (s->messages == 0 || (column == MSGSTATS_WIN && s->spans == 0))
		return put_unknown(p);
	switch (column) {
	case MSGSTATS_SIZE:
		return put_sizes(p, m, s->messages);
	case MSGSTATS_FUN:
		return put_functions(p, m, s->messages);
	case MSGSTATS_NIB:
		return put_nib(p, m, s->messages);
	default:
		return put_windows(p, s);
	}
}

static char *
put_string(char *p, const char *s)
{
	size_t n = strlen(s);

	memcpy(p, s, n);
	return p + n;
}

/* Of the initiator's one message, as most flows are. */
static char *
put_single(char *p, const struct message *m)
{
	p = out_put_u64(p, m->length);
	p = put_string(p, ":1\t-\t");
	p = msgstats_has_fun(m) ? put_function(p,
	    msgstats_fun_index(m->first[2]), 1) - 1 : put_unknown(p);
	p = put_string(p, "\t-\t");
	p = m->seen > 0 ? put_one_nib(p, m) : put_unknown(p);
	return put_string(p, "\t-\t-\t-\t");
}

char *
msgfew_put(char *p, const struct flow *f)
{
	struct flowmsg_side side[2];

	if (f->held == 1 && f->few->entry[0].side == FORWARD) {
		flowmsg_read(&side->message[0], &f->few->entry[0], f->proto);
		return put_single(p, &side->message[0]);
	}
	flowmsg_part(f, side);
	for (unsigned c = MSGSTATS_SIZE; c <= MSGSTATS_WIN; c++)
		for (unsigned k = 0; k < 2; k++) {
			p = msgfew_put_column(p, &side[k],
			    (enum msgstats_column)c);
			*p++ = '\t';
		}
	return p;
}
