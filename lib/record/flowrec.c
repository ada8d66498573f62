#include "record/flowrec.h"

#include <string.h>

#include "base/num.h"
#include "flow/msgread.h"
#include "flow/msgwrite.h"
#include "record/cid.h"

const struct rec_col flowrec_col[FLOWREC_COLUMNS] = {
	[COL_CID] = {"cid", "", "Community ID v1, seed 0"},
	[COL_START] = {"start", "s", "time of the first packet"},
	[COL_END] = {"end", "s", "time of the last packet"},
	[COL_PROTO] = {"proto", "", "udp or tcp"},
	[COL_SRC] = {"src", "", "address of the initiator"},
	[COL_SPORT] = {"sport", "", "its port"},
	[COL_DST] = {"dst", "", "address of the responder"},
	[COL_DPORT] = {"dport", "", "its port"},
	[COL_DIR] = {"dir", "", "out, in, int or ext"},
	[COL_PKTS] = {"pkts", "", "packets of the initiator"},
	[COL_RPKTS] = {"rpkts", "", "packets of the responder"},
	[COL_BYTES] = {"bytes", "B", "payload of the initiator"},
	[COL_RBYTES] = {"rbytes", "B", "payload of the responder"},
	[COL_LAST] = {"last", "s", "the initiator's last packet"},
	[COL_RLAST] = {"rlast", "s", "the responder's last packet"},
	[COL_ASK] = {"ask", "s", "initiator's last packet before reply"},
	[COL_REPLY] = {"reply", "s", "the responder's first packet"},
	[COL_ASK2] = {"ask2", "s", "responder's last packet before turn"},
	[COL_TURN] = {"turn", "s", "the initiator's first after reply"},
	[COL_FLAGS] = {"flags", "", "TCP flags of the initiator"},
	[COL_RFLAGS] = {"rflags", "", "TCP flags of the responder"},
	[COL_WHY] = {"why", "", "idle, fin, rst, active, evict or eof"},
	[COL_SIZE] = {"size", "B", "payload lengths, initiator"},
	[COL_RSIZE] = {"rsize", "B", "payload lengths, responder"},
	[COL_FUN] = {"fun", "", "byte 3 & 8f, initiator, UDP"},
	[COL_RFUN] = {"rfun", "", "byte 3 & 8f, responder, UDP"},
	[COL_NIB] = {"nib", "", "first 16 nibbles, initiator"},
	[COL_RNIB] = {"rnib", "", "first 16 nibbles, responder"},
	[COL_WIN] = {"win", "B/B/ms", "voice windows, initiator"},
	[COL_RWIN] = {"rwin", "B/B/ms", "voice windows, responder"},
};

/* The side that a column tells of, and which of its features, if one. */
static const struct {
	unsigned char side;
	bool is_feature;
	unsigned char feature;
} of[FLOWREC_COLUMNS] = {
	[COL_RPKTS] = {.side = REVERSE}, [COL_RBYTES] = {.side = REVERSE},
	[COL_RLAST] = {.side = REVERSE}, [COL_RFLAGS] = {.side = REVERSE},
	[COL_SIZE] = {FORWARD, true, MSGSTATS_SIZE},
	[COL_RSIZE] = {REVERSE, true, MSGSTATS_SIZE},
	[COL_FUN] = {FORWARD, true, MSGSTATS_FUN},
	[COL_RFUN] = {REVERSE, true, MSGSTATS_FUN},
	[COL_NIB] = {FORWARD, true, MSGSTATS_NIB},
	[COL_RNIB] = {REVERSE, true, MSGSTATS_NIB},
	[COL_WIN] = {FORWARD, true, MSGSTATS_WIN},
	[COL_RWIN] = {REVERSE, true, MSGSTATS_WIN},
};

static const char *const why_name[WHY_VALUES] = {
	"-", "idle", "fin", "rst", "active", "evict", "eof"
};

static const char *const dir_name[FLOW_DIRS] = {
	"-", "out", "in", "int", "ext"
};

const char *
flowrec_proto(uint8_t proto)
{
	return proto == PROTO_TCP ? "tcp" : "udp";
}

const char *
flowrec_dir(enum flow_dir dir)
{
	return dir_name[dir];
}

/*
 * Writing.  Each put_ writes at p and returns where its text ends.
 */

enum { BASIC_MOST = 64 };		/* bytes of a column */

static inline char *
tab(char *p)
{
	*p = '\t';
	return p + 1;
}

static char *
put_str(char *p, const char *s)
{
	while (*s != '\0')
		*p++ = *s++;
	return p;
}

/* Most times of a flow are those of its first or its last packet. */
struct clock {
	unsigned decimals;
	int64_t start, end;
	char start_text[24], end_text[24];
};

static void
set_clock(struct clock *k, const struct flow *f, unsigned decimals)
{
	k->decimals = decimals;
	k->start = f->start;
	k->end = flow_end(f);
	out_put_time(k->start_text, k->start, decimals);
	if (k->end == k->start)
		memcpy(k->end_text, k->start_text, sizeof k->end_text);
	else
		out_put_time(k->end_text, k->end, decimals);
}

static char *
put_time(char *p, int64_t t, const struct clock *k)
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

static char *
put_flags(char *p, unsigned flags)
{
	static const char letters[] = FLAG_LETTERS;

	if (flags == 0)
		*p++ = '-';
	for (unsigned i = 0; flags >> i != 0; i++)
		if (flags >> i & 1)
			*p++ = letters[i];
	return p;
}

static char *
put_cid(char *p, const struct flow *f)
{
	cid_format(p, &f->src, &f->dst, f->proto, f->sport, f->dport);
	return p + CID_TEXT - 1;
}

/* Without a feature there are the first messages, or nothing. */
static void
write_feature(struct out *o, const struct flow *f, enum flowrec_column c)
{
	enum msgstats_column column = (enum msgstats_column)of[c].feature;
	struct msgstats *feature = f->stats[of[c].side];
	const struct message *few;
	unsigned n = 0;

	if (feature == NULL && f->few != NULL)
		msgwrite_few(o, f->few->message[of[c].side],
		    f->n_few[of[c].side], column);
	else if ((few = msgstats_few(feature, &n)) != NULL)
		msgwrite_few(o, few, n, column);
	else
		msgwrite_column(o, msgstats_tally(feature), column);
}

static int64_t *
time_of(struct flow *f, enum flowrec_column c)
{
	switch (c) {
	case COL_START:
		return &f->start;
	case COL_LAST:
	case COL_RLAST:
		return &f->last[of[c].side];
	case COL_ASK:
		return &f->ask;
	case COL_REPLY:
		return &f->reply;
	case COL_ASK2:
		return &f->ask2;
	case COL_TURN:
		return &f->turn;
	default:
		return NULL;
	}
}

static char *
put_basic(char *p, struct flow *f, enum flowrec_column c,
    const struct clock *clock)
{
	switch (c) {
	case COL_CID:
		return put_cid(p, f);
	case COL_END:
		return put_time(p, clock->end, clock);
	case COL_PROTO:
		return put_str(p, flowrec_proto(f->proto));
	case COL_SRC:
		return p + addr_format(&f->src, p);
	case COL_DST:
		return p + addr_format(&f->dst, p);
	case COL_SPORT:
		return out_put_u64(p, f->sport);
	case COL_DPORT:
		return out_put_u64(p, f->dport);
	case COL_DIR:
		return put_str(p, dir_name[f->dir]);
	case COL_PKTS:
	case COL_RPKTS:
		return out_put_u64(p, f->pkts[of[c].side]);
	case COL_BYTES:
	case COL_RBYTES:
		return out_put_u64(p, f->bytes[of[c].side]);
	case COL_FLAGS:
	case COL_RFLAGS:
		return put_flags(p, f->flags[of[c].side]);
	case COL_WHY:
		return put_str(p, why_name[f->why]);
	default:
		return put_time(p, *time_of(f, c), clock);
	}
}

void
flowrec_write_column(struct out *o, struct flow *f, enum flowrec_column c,
    unsigned decimals)
{
	struct clock clock;

	if (of[c].is_feature) {
		write_feature(o, f, c);
		return;
	}
	set_clock(&clock, f, decimals);
	out_upto(o, put_basic(out_room(o, BASIC_MOST), f, c, &clock));
}

static char *
put_ends(char *p, const struct flow *f, const struct clock *clock)
{
	p = tab(put_cid(p, f));
	p = tab(put_time(p, f->start, clock));
	p = tab(put_time(p, clock->end, clock));
	p = tab(put_str(p, flowrec_proto(f->proto)));
	p = tab(p + addr_format(&f->src, p));
	p = tab(out_put_u64(p, f->sport));
	p = tab(p + addr_format(&f->dst, p));
	p = tab(out_put_u64(p, f->dport));
	return tab(put_str(p, dir_name[f->dir]));
}

static char *
put_counts(char *p, const struct flow *f)
{
	p = tab(out_put_u64(p, f->pkts[FORWARD]));
	p = tab(out_put_u64(p, f->pkts[REVERSE]));
	p = tab(out_put_u64(p, f->bytes[FORWARD]));
	return tab(out_put_u64(p, f->bytes[REVERSE]));
}

static char *
put_times(char *p, const struct flow *f, const struct clock *clock)
{
	p = tab(put_time(p, f->last[FORWARD], clock));
	p = tab(put_time(p, f->last[REVERSE], clock));
	p = tab(put_time(p, f->ask, clock));
	p = tab(put_time(p, f->reply, clock));
	p = tab(put_time(p, f->ask2, clock));
	return tab(put_time(p, f->turn, clock));
}

/* The columns up to COL_WHY, in their order, as put_basic each. */
static char *
put_all_basic(char *p, const struct flow *f, unsigned decimals)
{
	struct clock clock;

	set_clock(&clock, f, decimals);
	p = put_ends(p, f, &clock);
	p = put_counts(p, f);
	p = put_times(p, f, &clock);
	p = tab(put_flags(p, f->flags[FORWARD]));
	p = tab(put_flags(p, f->flags[REVERSE]));
	return put_str(p, why_name[f->why]);
}

void
flowrec_write(struct out *o, struct flow *f, size_t n, unsigned decimals)
{
	out_upto(o, put_all_basic(out_room(o, FLOWREC_BASIC * (BASIC_MOST + 1)),
	    f, decimals));
	for (size_t i = FLOWREC_BASIC; i < n; i++) {
		out_char(o, '\t');
		write_feature(o, f, (enum flowrec_column)i);
	}
	out_char(o, '\n');
}

/*
 * Reading.
 */

void
flowrec_clear(struct flow *f)
{
	*f = (struct flow){
		.start = TIME_NONE, .last = {TIME_NONE, TIME_NONE},
		.ask = TIME_NONE, .reply = TIME_NONE,
		.ask2 = TIME_NONE, .turn = TIME_NONE
	};
}

static bool
is_unknown(struct rec_span v)
{
	return v.n == 1 && *v.s == '-';
}

/* The number of v among the names, or -1. */
static int
index_of(struct rec_span v, const char *const *name, int n)
{
	for (int i = 0; i < n; i++)
		if (strlen(name[i]) == v.n && memcmp(name[i], v.s, v.n) == 0)
			return i;
	return -1;
}

static bool
parse_flags(uint16_t *flags, struct rec_span v)
{
	static const char letters[] = FLAG_LETTERS;
	const char *from = letters;

	*flags = 0;
	if (is_unknown(v))
		return true;
	for (size_t i = 0; i < v.n; i++) {
		const char *p = *from != '\0' ? strchr(from, v.s[i]) : NULL;

		if (p == NULL || v.s[i] == '\0')
			return false;
		*flags |= (uint16_t)(1u << (p - letters));
		from = p + 1;
	}
	return v.n > 0;
}

static bool
parse_port(uint16_t *port, struct rec_span v)
{
	uint64_t n;

	if (!num_u64(v.s, v.n, UINT16_MAX, &n))
		return false;
	*port = (uint16_t)n;
	return true;
}

static const char *
parse_name(struct flow *f, enum flowrec_column c, struct rec_span v)
{
	static const char *const proto[] = {"udp", "tcp"};
	int i;

	if (c == COL_PROTO) {
		i = index_of(v, proto, 2);
		f->proto = i == 1 ? PROTO_TCP : PROTO_UDP;
		return i < 0 ? "neither udp nor tcp" : NULL;
	}
	if (c == COL_DIR) {
		i = index_of(v, dir_name, FLOW_DIRS);
		f->dir = (uint8_t)(i < 0 ? 0 : i);
		return i < 0 ? "no direction" : NULL;
	}
	i = index_of(v, why_name, WHY_VALUES);
	f->why = (uint8_t)(i < 0 ? 0 : i);
	return i < 0 ? "no reason" : NULL;
}

static const char *
parse_number(struct flow *f, enum flowrec_column c, struct rec_span v)
{
	int64_t *t;

	if (c == COL_SPORT || c == COL_DPORT)
		return parse_port(c == COL_SPORT ? &f->sport : &f->dport, v) ?
		    NULL : "not a port";
	if (c == COL_PKTS || c == COL_RPKTS || c == COL_BYTES ||
	    c == COL_RBYTES) {
		uint64_t *n = c == COL_PKTS || c == COL_RPKTS ? f->pkts :
		    f->bytes;

		return num_u64(v.s, v.n, HIST_COUNT_MAX, &n[of[c].side]) ?
		    NULL : "not a count";
	}
	t = time_of(f, c);
	*t = TIME_NONE;
	if ((is_unknown(v) && c != COL_START) || num_time(v.s, v.n, t))
		return NULL;
	return "not a time";
}

const char *
flowrec_parse(struct flow *f, enum flowrec_column c, struct rec_span v)
{
	switch (c) {
	case COL_CID:
	case COL_END:
		return NULL;
	case COL_PROTO:
	case COL_DIR:
	case COL_WHY:
		return parse_name(f, c, v);
	case COL_SRC:
	case COL_DST:
		return addr_parse(v.s, v.n, c == COL_SRC ? &f->src :
		    &f->dst) ? NULL : "not an address";
	case COL_FLAGS:
	case COL_RFLAGS:
		return parse_flags(&f->flags[of[c].side], v) ? NULL :
		    "not TCP flags";
	default:
		if (!of[c].is_feature)
			return parse_number(f, c, v);
		return msgread_column(&f->stats[of[c].side],
		    (enum msgstats_column)of[c].feature, v.s, v.n) ? NULL :
		    "not a histogram";
	}
}
