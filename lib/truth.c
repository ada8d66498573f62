#include "truth.h"

#include <stddef.h>

#include "cid.h"
#include "packet.h"

const struct rec_col truth_columns[TRUTH_COLUMNS] = {
	{ "cid", "", "Community ID of the 5-tuple" },
	{ "start", "s", "time of the first packet" },
	{ "end", "s", "time of the last packet" },
	{ "proto", "", "udp or tcp" },
	{ "src", "", "initiator: address" },
	{ "sport", "", "initiator: port" },
	{ "dst", "", "responder: address" },
	{ "dport", "", "responder: port" },
	{ "pkts", "", "packets of the initiator" },
	{ "rpkts", "", "packets of the responder" },
	{ "bytes", "B", "payload of the initiator" },
	{ "rbytes", "B", "payload of the responder" },
	{ "class", "", "sig, voice, video, skypeout; - for other traffic" },
	{ "pair", "", "kind of the pair over all its flows" },
	{ "rtt", "ms", "round trip as a monitor sees it" },
	{ "continent", "", "of the external address" },
	{ "country", "", "of the external address" },
	{ "city", "", "of the external address" },
	{ "lat", "deg", "of the external address" },
	{ "lon", "deg", "of the external address" },
	{ "app", "", "skype or the other protocol" },
	{ "last", "s", "time of the initiator's last packet" },
	{ "reply", "s", "time of the responder's first packet" },
	{ "rlast", "s", "time of the responder's last packet" },
	{ "size", "", "payload lengths of the initiator, len:count,..." },
	{ "rsize", "", "payload lengths of the responder" },
};

enum { LONGEST_RTT_US = 10000000 };

void
truth_run(const struct talk *talk, struct tally *s)
{
	struct talk t = *talk;
	struct talk_packet p;
	int64_t ask = 0, reply = TALK_NEVER, ask2 = 0, turn = TALK_NEVER;

	*s = (struct tally){ .end_us = t.begin_us, .rtt_us = -1,
	    .reply_us = TALK_NEVER };
	while (talk_due(&t) != TALK_NEVER) {
		talk_next(&t, &p);
		s->end_us = p.t_us;
		s->packets[p.side]++;
		s->bytes[p.side] += p.look.n;
		s->last_us[p.side] = p.t_us;
		s->sizes[p.side][p.look.n < TRUTH_SIZES ? p.look.n :
		    TRUTH_SIZES - 1]++;
		if (turn != TALK_NEVER)
			continue;
		if (p.side == 0 && reply == TALK_NEVER)
			ask = p.t_us;
		else if (p.side == 0)
			turn = p.t_us;
		else {
			if (reply == TALK_NEVER)
				reply = p.t_us;
			ask2 = p.t_us;
		}
	}
	s->reply_us = reply;
	if (t.inside == 0 && reply != TALK_NEVER)
		s->rtt_us = reply - ask;
	if (t.inside == 1 && turn != TALK_NEVER)
		s->rtt_us = turn - ask2;
	if (s->rtt_us > LONGEST_RTT_US)
		s->rtt_us = -1;
}

void
truth_header(const struct truth *t)
{
	if (t->out != NULL)
		rec_header(t->out, truth_columns, TRUTH_COLUMNS);
}

static struct addr
address(uint32_t a)
{
	uint8_t b[4] = { (uint8_t)(a >> 24), (uint8_t)(a >> 16),
	    (uint8_t)(a >> 8), (uint8_t)a };

	return addr_from4(b);
}

static void
field(struct out *o, const char *s)
{
	out_char(o, '\t');
	out_str(o, s);
}

static void
number(struct out *o, uint64_t v)
{
	out_char(o, '\t');
	out_u64(o, v);
}

static void
endpoint(struct out *o, const struct addr *a, uint16_t port)
{
	char text[ADDR_TEXT];

	addr_format(a, text);
	field(o, text);
	number(o, port);
}

static const char *
known(const char *s, const char *none)
{
	return s != NULL && *s != '\0' ? s : none;
}

/* As geojoin writes them. */
static void
place(const struct truth *t, const struct addr *a)
{
	const struct place *p = geobase_find(t->base, a);
	struct out *o = t->out;

	field(o, p && p->known ? p->known->continent : COUNTRY_UNKNOWN);
	field(o, p ? known(p->country, COUNTRY_UNKNOWN) : COUNTRY_UNKNOWN);
	field(o, p ? known(p->city, COUNTRY_UNKNOWN) : COUNTRY_UNKNOWN);
	field(o, p ? known(p->lat, "-") : "-");
	field(o, p ? known(p->lon, "-") : "-");
}

static void
when(struct out *o, int64_t us, bool known)
{
	out_char(o, '\t');
	if (known)
		out_time(o, us * 1000, 6);
	else
		out_char(o, '-');
}

/* As pcap2flows writes them. */
static void
lengths(struct out *o, const uint32_t sizes[TRUTH_SIZES])
{
	char before = '\t';

	for (unsigned n = 0; n < TRUTH_SIZES; n++) {
		if (sizes[n] == 0)
			continue;
		out_char(o, before);
		out_u64(o, n);
		out_char(o, ':');
		out_u64(o, sizes[n]);
		before = ',';
	}
	if (before == '\t')
		out_str(o, "\t-");
}

void
truth_write(const struct truth *t, const struct talk *k,
    const struct tally *s, const char *pair)
{
	struct out *o = t->out;
	struct addr a = address(k->end[0].addr), b = address(k->end[1].addr);
	char cid[CID_TEXT];

	if (o == NULL || s->packets[0] == 0)
		return;
	cid_format(cid, &a, &b, k->tcp ? PROTO_TCP : PROTO_UDP,
	    k->end[0].port, k->end[1].port);
	out_str(o, cid);
	out_char(o, '\t');
	out_time(o, k->begin_us * 1000, 6);
	out_char(o, '\t');
	out_time(o, s->end_us * 1000, 6);
	field(o, k->tcp ? "tcp" : "udp");
	endpoint(o, &a, k->end[0].port);
	endpoint(o, &b, k->end[1].port);
	number(o, s->packets[0]);
	number(o, s->packets[1]);
	number(o, s->bytes[0]);
	number(o, s->bytes[1]);
	field(o, look_names[k->form].class);
	field(o, pair);
	out_char(o, '\t');
	if (s->rtt_us < 0)
		out_char(o, '-');
	else
		out_fixed(o, s->rtt_us, 3);
	place(t, k->inside == 0 ? &b : &a);
	field(o, look_names[k->form].app);
	when(o, s->last_us[0], true);
	when(o, s->reply_us, s->packets[1] > 0);
	when(o, s->last_us[1], s->packets[1] > 0);
	lengths(o, s->sizes[0]);
	lengths(o, s->sizes[1]);
	out_char(o, '\n');
}
