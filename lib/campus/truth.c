#include "campus/truth.h"

#include <stddef.h>

#include "record/cid.h"
#include "record/word.h"
#include "packet/packet.h"

const char *const truth_columns[TRUTH_COLUMNS] = {
	"cid", "start", "end", "proto", "src", "sport", "dst", "dport",
	"pkts", "rpkts", "bytes", "rbytes", "class", "pair", "rtt",
	"continent", "country", "city", "lat", "lon", "app",
	"last", "reply", "rlast", "size", "rsize"
};

enum { LONGEST_RTT_US = 10000000 };

/* What a monitor counts of a flow. */
struct truth_count {
	int64_t end_us;
	uint64_t packets[2], bytes[2];	/* of initiator, of responder */
	int64_t last_us[2], reply_us;
	int64_t rtt_us;			/* -1: not to be measured */
};

static void
count_size(struct truth_sizes *z, uint32_t n)
{
	if (n > TRUTH_LONGEST)
		n = TRUTH_LONGEST;
	z->packets[n]++;
	if (n < z->least)
		z->least = n;
	if (n > z->most)
		z->most = n;
}

/* Runs a copy of the conversation to its end. */
static void
tally_flow(const struct conversation *whole, struct truth_count *s,
    struct truth_sizes sizes[2])
{
	struct conversation t = *whole;
	struct conversation_packet p;
	int64_t reply = CONVERSATION_NEVER, turn = CONVERSATION_NEVER;
	int64_t ask = 0, ask2 = 0;

	*s = (struct truth_count){ .end_us = t.begin_us, .rtt_us = -1 };
	while (conversation_due(&t) != CONVERSATION_NEVER) {
		conversation_next(&t, &p);
		s->end_us = s->last_us[p.side] = p.t_us;
		s->packets[p.side]++;
		s->bytes[p.side] += p.look.n;
		count_size(&sizes[p.side], p.look.n);
		if (turn != CONVERSATION_NEVER)
			continue;
		if (p.side == 1)
			ask2 = p.t_us;
		if (p.side == 1 && reply == CONVERSATION_NEVER)
			reply = p.t_us;
		else if (p.side == 0 && reply == CONVERSATION_NEVER)
			ask = p.t_us;
		else if (p.side == 0)
			turn = p.t_us;
	}
	s->reply_us = reply;
	if (t.inside == 0 && reply != CONVERSATION_NEVER)
		s->rtt_us = reply - ask;
	if (t.inside == 1 && turn != CONVERSATION_NEVER)
		s->rtt_us = turn - ask2;
	if (s->rtt_us > LONGEST_RTT_US)
		s->rtt_us = -1;
}

void
truth_open(struct truth *t, struct geobase *base, struct out *out)
{
	*t = (struct truth){ .out = out, .base = base };
	t->sizes[0].least = t->sizes[1].least = TRUTH_LONGEST;
	if (out != NULL)
		rec_header(out, truth_columns, TRUTH_COLUMNS);
}

static struct addr
addr_of(uint32_t a)
{
	uint8_t b[4] = { (uint8_t)(a >> 24), (uint8_t)(a >> 16),
	    (uint8_t)(a >> 8), (uint8_t)a };

	return addr_from4(b);
}

static void
put_field(struct out *o, const char *s)
{
	out_char(o, '\t');
	out_str(o, s);
}

static void
put_number(struct out *o, uint64_t v)
{
	out_char(o, '\t');
	out_u64(o, v);
}

static void
put_endpoint(struct out *o, const struct addr *a, uint16_t port)
{
	char text[ADDR_TEXT];

	addr_format(a, text);
	put_field(o, text);
	put_number(o, port);
}

static const char *
or_none(const char *s, const char *none)
{
	return s != NULL && *s != '\0' ? s : none;
}

/* As geojoin writes them. */
static void
put_place(const struct truth *t, const struct addr *a)
{
	const struct place *p = geobase_find(t->base, a);
	struct out *o = t->out;

	put_field(o, p && p->known ? p->known->continent : COUNTRY_UNKNOWN);
	put_field(o, p ? or_none(p->country, COUNTRY_UNKNOWN) :
	    COUNTRY_UNKNOWN);
	put_field(o, p ? or_none(p->city, COUNTRY_UNKNOWN) : COUNTRY_UNKNOWN);
	put_field(o, p ? or_none(p->lat, "-") : "-");
	put_field(o, p ? or_none(p->lon, "-") : "-");
}

static void
put_time(struct out *o, int64_t us, bool known)
{
	out_char(o, '\t');
	if (known)
		out_time(o, us * 1000, 6);
	else
		out_char(o, '-');
}

/* As pcap2flows writes them; what was counted is cleared. */
static void
put_lengths(struct out *o, struct truth_sizes *z)
{
	char before = '\t';

	for (uint32_t n = z->least; n <= z->most; n++) {
		if (z->packets[n] == 0)
			continue;
		out_char(o, before);
		out_u64(o, n);
		out_char(o, ':');
		out_u64(o, z->packets[n]);
		z->packets[n] = 0;
		before = ',';
	}
	if (before == '\t')
		out_str(o, "\t-");
	z->least = TRUTH_LONGEST;
	z->most = 0;
}

static void
put_tuple(struct out *o, const struct conversation *k,
    const struct truth_count *s)
{
	struct addr a = addr_of(k->end[0].addr), b = addr_of(k->end[1].addr);
	char cid[CID_TEXT];

	cid_format(cid, &a, &b, k->tcp ? PROTO_TCP : PROTO_UDP,
	    k->end[0].port, k->end[1].port);
	out_str(o, cid);
	put_time(o, k->begin_us, true);
	put_time(o, s->end_us, true);
	put_field(o, word_proto(k->tcp ? PROTO_TCP : PROTO_UDP));
	put_endpoint(o, &a, k->end[0].port);
	put_endpoint(o, &b, k->end[1].port);
}

void
truth_tell(struct truth *t, const struct conversation *k, const char *pair)
{
	struct out *o = t->out;
	struct addr peer = addr_of(k->end[!k->inside].addr);
	struct truth_count s;

	if (o == NULL)
		return;
	tally_flow(k, &s, t->sizes);
	put_tuple(o, k, &s);
	put_number(o, s.packets[0]);
	put_number(o, s.packets[1]);
	put_number(o, s.bytes[0]);
	put_number(o, s.bytes[1]);
	put_field(o, payload_names[k->form].class);
	put_field(o, pair);
	out_char(o, '\t');
	if (s.rtt_us < 0)
		out_char(o, '-');
	else
		out_fixed(o, s.rtt_us, 3);
	put_place(t, &peer);
	put_field(o, payload_names[k->form].app);
	put_time(o, s.last_us[0], true);
	put_time(o, s.reply_us, s.packets[1] > 0);
	put_time(o, s.last_us[1], s.packets[1] > 0);
	put_lengths(o, &t->sizes[0]);
	put_lengths(o, &t->sizes[1]);
	out_char(o, '\n');
}
