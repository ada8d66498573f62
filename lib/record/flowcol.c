#include "record/flowrec.h"

#include <string.h>

#include "base/num.h"
#include "flow/msgfew.h"
#include "flow/msgread.h"
#include "flow/msgwrite.h"
#include "record/cid.h"
#include "record/word.h"

/*
 * Printing.
 */

static inline char *
put_time(char *p, int64_t t, const struct flowrec_clock *k)
{
	if (t == TIME_NONE) {
		*p = '-';
		return p + 1;
	}
	if (t != k->start && t != k->end)
		return out_put_time(p, t, k->decimals);
	memcpy(p, t == k->start ? k->start_text : k->end_text, 20);
	return p + 11 + k->decimals;
}

/* Defines put_NAME, which prints what `text` writes at p of the flow f; it
 * may look at the side and the clock, too. */
#define PUT(name, text) \
	static char * \
	put_##name(char *p, const struct flow *f, enum flow_side side, \
	    const struct flowrec_clock *clock) \
	{ \
		(void)f, (void)side, (void)clock; \
		return text; \
	}

PUT(start, put_time(p, f->start, clock))
PUT(end, put_time(p, clock->end, clock))
PUT(last, put_time(p, f->last[side], clock))
PUT(ask, put_time(p, f->ask, clock))
PUT(reply, put_time(p, f->reply, clock))
PUT(ask2, put_time(p, f->ask2, clock))
PUT(turn, put_time(p, f->turn, clock))
PUT(proto, word_put(p, word_of_proto(f->proto)))
PUT(dir, word_put(p, &word_of_dir[f->dir]))
PUT(why, word_put(p, &word_of_why[f->why]))
PUT(src, p + addr_format(&f->src, p))
PUT(dst, p + addr_format(&f->dst, p))
PUT(sport, out_put_u64(p, f->sport))
PUT(dport, out_put_u64(p, f->dport))
PUT(pkts, out_put_u64(p, f->pkts[side]))
PUT(bytes, out_put_u64(p, f->bytes[side]))
PUT(unreach, out_put_u64(p, f->unreach))

static void
hash_cid(struct cid *c, const struct flow *f)
{
	cid_hash(c, &f->src, &f->dst, f->proto, f->sport, f->dport,
	    f->kind == PACKET_MAPPED);
}

static char *
put_cid(char *p, const struct flow *f, enum flow_side side,
    const struct flowrec_clock *clock)
{
	struct cid cid;

	(void)side, (void)clock;
	hash_cid(&cid, f);
	return cid_put(p, &cid);
}

static char *
put_flags(char *p, const struct flow *f, enum flow_side side,
    const struct flowrec_clock *clock)
{
	static const char letters[] = FLAG_LETTERS;
	unsigned flags = f->flags[side];

	(void)clock;
	if (flags == 0)
		*p++ = '-';
	for (unsigned i = 0; flags >> i != 0; i++)
		if (flags >> i & 1)
			*p++ = letters[i];
	return p;
}

/* Those that flowrec_put_first writes behind cid, and whose packets they tell
 * of. */
#define BEHIND_CID(X) \
	X(start, FORWARD) X(end, FORWARD) X(proto, FORWARD) \
	X(src, FORWARD) X(sport, FORWARD) X(dst, REVERSE) X(dport, REVERSE) \
	X(dir, FORWARD) X(pkts, FORWARD) X(pkts, REVERSE) X(bytes, FORWARD) \
	X(bytes, REVERSE) X(last, FORWARD) X(last, REVERSE) X(ask, FORWARD) \
	X(reply, REVERSE) X(ask2, REVERSE) X(turn, FORWARD) \
	X(flags, FORWARD) X(flags, REVERSE) X(why, FORWARD)
#define COUNT_ONE(name, side) + 1
#define PUT_ONE(name, side) \
	p = put_##name(p, f, side, clock); \
	*p++ = '\t';

_Static_assert(1 BEHIND_CID(COUNT_ONE) == FLOWREC_FIRST, "all of the first");

/* The text of the hash is written at last: until then the processor works on
 * the other columns beside it. */
char *
flowrec_put_first(char *p, const struct flow *f,
    const struct flowrec_clock *clock)
{
	char *first = p;
	struct cid cid;

	hash_cid(&cid, f);
	p += CID_TEXT - 1;
	*p++ = '\t';
	BEHIND_CID(PUT_ONE)
	cid_put(first, &cid);
	return p;
}

static inline bool
is_counted(const struct flow *f)
{
	return f->tally[FORWARD] != NULL || f->tally[REVERSE] != NULL;
}

static void
write_messages(struct out *o, struct flow *f, enum flow_side side,
    enum msgstats_column column)
{
	struct flowmsg_side part[2];

	if (is_counted(f)) {
		flowmsg_count(f);
		msgwrite_column(o, f->tally[side], column);
		return;
	}
	flowmsg_part(f, part);
	out_upto(o, msgfew_put_column(out_room(o, MSGFEW_COLUMN),
	    &part[side], column));
}

void
flowrec_write_messages(struct out *o, struct flow *f)
{
	if (!is_counted(f)) {
		out_upto(o, msgfew_put(out_room(o, MSGFEW_ALL), f));
		return;
	}
	flowmsg_count(f);
	for (unsigned c = MSGSTATS_SIZE; c <= MSGSTATS_WIN; c++)
		for (unsigned side = 0; side < 2; side++) {
			msgwrite_column(o, f->tally[side],
			    (enum msgstats_column)c);
			out_char(o, '\t');
		}
}

/* Defines write_NAME and parse_NAME of a column of msgstats. */
#define MESSAGES(name, column) \
	static void \
	write_##name(struct out *o, struct flow *f, enum flow_side side) \
	{ \
		write_messages(o, f, side, column); \
	} \
	static const char * \
	parse_##name(struct flow *f, enum flow_side side, struct rec_span v) \
	{ \
		return msgread_column(&f->tally[side], column, v.s, v.n) ? \
		    NULL : "not a histogram"; \
	}

MESSAGES(size, MSGSTATS_SIZE)
MESSAGES(fun, MSGSTATS_FUN)
MESSAGES(nib, MSGSTATS_NIB)
MESSAGES(win, MSGSTATS_WIN)

/*
 * Parsing.
 */

static const char *
parse_known_time(int64_t *t, struct rec_span v)
{
	*t = TIME_NONE;
	return num_time(v.s, v.n, t) ? NULL : "not a time";
}

static const char *
parse_time(int64_t *t, struct rec_span v)
{
	*t = TIME_NONE;
	return span_is_unknown(v) ? NULL : parse_known_time(t, v);
}

static const char *
parse_addr(struct addr *a, struct rec_span v)
{
	return addr_parse(v.s, v.n, a) ? NULL : "not an address";
}

static const char *
parse_port(uint16_t *port, struct rec_span v)
{
	uint64_t n;

	if (!num_u64(v.s, v.n, UINT16_MAX, &n))
		return "not a port";
	*port = (uint16_t)n;
	return NULL;
}

static const char *
parse_count(uint64_t *n, struct rec_span v)
{
	return num_u64(v.s, v.n, LIMIT_COUNT, n) ? NULL : "not a count";
}

/* Defines parse_NAME, which sets a member of the flow f by parse(member). */
#define PARSE(name, parse, member) \
	static const char * \
	parse_##name(struct flow *f, enum flow_side side, struct rec_span v) \
	{ \
		(void)side; \
		return parse(&(member), v); \
	}

PARSE(start, parse_known_time, f->start)
PARSE(last, parse_time, f->last[side])
PARSE(ask, parse_time, f->ask)
PARSE(reply, parse_time, f->reply)
PARSE(ask2, parse_time, f->ask2)
PARSE(turn, parse_time, f->turn)
PARSE(src, parse_addr, f->src)
PARSE(dst, parse_addr, f->dst)
PARSE(sport, parse_port, f->sport)
PARSE(dport, parse_port, f->dport)
PARSE(pkts, parse_count, f->pkts[side])
PARSE(bytes, parse_count, f->bytes[side])
PARSE(unreach, parse_count, f->unreach)

static const char *
parse_proto(struct flow *f, enum flow_side side, struct rec_span v)
{
	(void)side;
	return word_proto_parse(v, &f->proto) ? NULL : WORD_PROTO_FAULT;
}

static const char *
parse_dir(struct flow *f, enum flow_side side, struct rec_span v)
{
	enum flow_dir dir;
	bool good = word_dir_parse(v, &dir);

	(void)side;
	f->dir = (uint8_t)dir;
	return good ? NULL : WORD_DIR_FAULT;
}

static const char *
parse_why(struct flow *f, enum flow_side side, struct rec_span v)
{
	enum flow_why why;
	bool good = word_why_parse(v, &why);

	(void)side;
	f->why = (uint8_t)why;
	return good ? NULL : "no reason";
}

/* Letters stand in their order, none twice. */
static const char *
parse_flags(struct flow *f, enum flow_side side, struct rec_span v)
{
	static const char letters[] = FLAG_LETTERS;
	const char *from = letters;

	f->flags[side] = 0;
	if (span_is_unknown(v))
		return NULL;
	for (size_t i = 0; i < v.n; i++) {
		const char *p = *from != '\0' ? strchr(from, v.s[i]) : NULL;

		if (p == NULL || v.s[i] == '\0')
			return "not TCP flags";
		f->flags[side] |= (uint16_t)(1u << (p - letters));
		from = p + 1;
	}
	return v.n > 0 ? NULL : "not TCP flags";
}

/*
 * The columns.
 */

#define BASIC FLOWREC_BASIC
#define MESSAGE FLOWREC_MESSAGES
#define TEXT COLUMN_TEXT
#define ADDRESS COLUMN_ADDRESS
#define INTEGER COLUMN_INTEGER
#define TIME COLUMN_TIME
#define HISTOGRAM COLUMN_HISTOGRAM

/* A column of morecol.h and its twin; one without. */
#define PUT_BY(name) morecol_put_##name, NULL
#define WRITE_BY(name) NULL, morecol_write_##name
#define MORE_BOTH(id, name, group, by, type, unit, meaning) \
	[COL_##id] = {{#name, COLUMN_##type, unit, meaning, NULL}, \
	    FLOWREC_##group, FORWARD, by##_BY(name), NULL},
#define MORE(id, name, group, by, type, unit, meaning) \
	[COL_##id] = {{#name, COLUMN_##type, unit, meaning, NULL}, \
	    FLOWREC_##group, FORWARD, by##_BY(name), NULL}, \
	[COL_R##id] = {{"r" #name, COLUMN_##type, unit, "the responder's " \
	    #name, NULL}, FLOWREC_##group, REVERSE, by##_BY(name), NULL},

const struct flowrec_col flowrec_col[FLOWREC_COLUMNS] = {
	[COL_CID] = {{"cid", TEXT, "", "Community ID v1, seed 0", NULL},
	    BASIC, FORWARD, put_cid, NULL, NULL},
	[COL_START] = {{"start", TIME, "s", "time of the first packet", NULL},
	    BASIC, FORWARD, put_start, NULL, parse_start},
	[COL_END] = {{"end", TIME, "s", "time of the last packet", NULL},
	    BASIC, FORWARD, put_end, NULL, NULL},
	[COL_PROTO] = {{"proto", TEXT, "", "udp, tcp or another", NULL},
	    BASIC, FORWARD, put_proto, NULL, parse_proto},
	[COL_SRC] = {{"src", ADDRESS, "", "address of the initiator", NULL},
	    BASIC, FORWARD, put_src, NULL, parse_src},
	[COL_SPORT] = {{"sport", INTEGER, "", "its port", NULL},
	    BASIC, FORWARD, put_sport, NULL, parse_sport},
	[COL_DST] = {{"dst", ADDRESS, "", "address of the responder", NULL},
	    BASIC, REVERSE, put_dst, NULL, parse_dst},
	[COL_DPORT] = {{"dport", INTEGER, "", "its port", NULL},
	    BASIC, REVERSE, put_dport, NULL, parse_dport},
	[COL_DIR] = {{"dir", TEXT, "", "out, in, int or ext", NULL},
	    BASIC, FORWARD, put_dir, NULL, parse_dir},
	[COL_PKTS] = {{"pkts", INTEGER, "", "packets of the initiator", NULL},
	    BASIC, FORWARD, put_pkts, NULL, parse_pkts},
	[COL_RPKTS] = {{"rpkts", INTEGER, "", "packets of the responder",
	    NULL}, BASIC, REVERSE, put_pkts, NULL, parse_pkts},
	[COL_BYTES] = {{"bytes", INTEGER, "B", "payload of the initiator",
	    NULL}, BASIC, FORWARD, put_bytes, NULL, parse_bytes},
	[COL_RBYTES] = {{"rbytes", INTEGER, "B", "payload of the responder",
	    NULL}, BASIC, REVERSE, put_bytes, NULL, parse_bytes},
	[COL_LAST] = {{"last", TIME, "s", "the initiator's last packet",
	    NULL}, BASIC, FORWARD, put_last, NULL, parse_last},
	[COL_RLAST] = {{"rlast", TIME, "s", "the responder's last packet",
	    NULL}, BASIC, REVERSE, put_last, NULL, parse_last},
	[COL_ASK] = {{"ask", TIME, "s", "initiator's last packet before "
	    "reply", NULL}, BASIC, FORWARD, put_ask, NULL, parse_ask},
	[COL_REPLY] = {{"reply", TIME, "s", "the responder's first packet",
	    NULL}, BASIC, REVERSE, put_reply, NULL, parse_reply},
	[COL_ASK2] = {{"ask2", TIME, "s", "responder's last packet before "
	    "turn", NULL}, BASIC, REVERSE, put_ask2, NULL, parse_ask2},
	[COL_TURN] = {{"turn", TIME, "s", "the initiator's first after reply",
	    NULL}, BASIC, FORWARD, put_turn, NULL, parse_turn},
	[COL_FLAGS] = {{"flags", TEXT, "", "TCP flags of the initiator",
	    NULL}, BASIC, FORWARD, put_flags, NULL, parse_flags},
	[COL_RFLAGS] = {{"rflags", TEXT, "", "TCP flags of the responder",
	    NULL}, BASIC, REVERSE, put_flags, NULL, parse_flags},
	[COL_WHY] = {{"why", TEXT, "",
	    "idle, fin, rst, syn, active, evict, eof",
	    NULL}, BASIC, FORWARD, put_why, NULL, parse_why},

	[COL_SIZE] = {{"size", HISTOGRAM, "B", "payload lengths, initiator",
	    NULL}, MESSAGE, FORWARD, NULL, write_size, parse_size},
	[COL_RSIZE] = {{"rsize", HISTOGRAM, "B", "payload lengths, responder",
	    NULL}, MESSAGE, REVERSE, NULL, write_size, parse_size},
	[COL_FUN] = {{"fun", HISTOGRAM, "", "byte 3 & 8f, initiator, UDP",
	    NULL}, MESSAGE, FORWARD, NULL, write_fun, parse_fun},
	[COL_RFUN] = {{"rfun", HISTOGRAM, "", "byte 3 & 8f, responder, UDP",
	    NULL}, MESSAGE, REVERSE, NULL, write_fun, parse_fun},
	[COL_NIB] = {{"nib", TEXT, "", "first 16 nibbles, initiator", NULL},
	    MESSAGE, FORWARD, NULL, write_nib, parse_nib},
	[COL_RNIB] = {{"rnib", TEXT, "", "first 16 nibbles, responder", NULL},
	    MESSAGE, REVERSE, NULL, write_nib, parse_nib},
	[COL_WIN] = {{"win", HISTOGRAM, "B/B/ms", "voice windows, initiator",
	    NULL}, MESSAGE, FORWARD, NULL, write_win, parse_win},
	[COL_RWIN] = {{"rwin", HISTOGRAM, "B/B/ms", "voice windows, responder",
	    NULL}, MESSAGE, REVERSE, NULL, write_win, parse_win},

	[COL_UNREACH] = {{"unreach", INTEGER, "", "ICMP errors that quote it",
	    NULL}, BASIC, FORWARD, put_unreach, NULL, parse_unreach},

	MORECOL_EACH(MORE)
	MORECOL_EACH_BOTH(MORE_BOTH)
};
