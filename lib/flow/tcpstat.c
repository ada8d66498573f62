#include "flow/tcpstat.h"

#include <string.h>

#include "packet/bytes.h"
#include "packet/frame.h"

/* RFC 9293, 3.2 and 3.1: kinds of options. */
enum { OPTION_END = 0, OPTION_NOP = 1, OPTION_MSS = 2, OPTION_SCALE = 3 };

/* A segment's header, read once. */
struct segment {
	uint32_t seq, ack, end;		/* end: the number behind it */
	uint32_t length;		/* of its data */
	uint16_t window;
	uint8_t flags;
	int64_t t_ns;
	struct bytes options;		/* what was captured of them */
	bool whole;			/* … is all */
};

/* The sequence number a lies before b. */
static inline bool
is_before(uint32_t a, uint32_t b)
{
	return (int32_t)(a - b) < 0;
}

static bool
read_segment(struct segment *s, const struct packet *p)
{
	const struct frame *f = p->frame;
	struct bytes b = {p->l4, 0};
	size_t header;

	if (p->l4 == NULL)
		return false;
	b.n = f->caplen - (size_t)(p->l4 - f->data);
	if (!bytes_have(&b, 16))
		return false;
	s->seq = bytes_be32(&b, 4);
	s->ack = bytes_be32(&b, 8);
	s->window = bytes_be16(&b, 14);
	s->flags = p->tcp_flags;
	s->length = p->length;
	s->end = s->seq + s->length + ((s->flags & TCP_SYN) != 0) +
	    ((s->flags & TCP_FIN) != 0);
	s->t_ns = p->t_ns;
	header = (size_t)(bytes_u8(&b, 12) >> 4) * 4;
	s->whole = bytes_have(&b, header);
	bytes_clip(&b, header);
	if (!bytes_skip(&b, 20))
		b.n = 0;
	s->options = b;
	return true;
}

/* RFC 9293, 3.1; RFC 7323, 2.2.  An option that is cut is none. */
static void
note_options(struct tcpstat *d, const struct segment *s)
{
	struct bytes b = s->options;

	while (b.n > 0 && bytes_u8(&b, 0) != OPTION_END) {
		uint8_t kind = bytes_u8(&b, 0), n = bytes_u8(&b, 1);

		if (kind == OPTION_NOP) {
			bytes_skip(&b, 1);
			continue;
		}
		if (n < 2 || !bytes_have(&b, n))
			return;
		if (kind == OPTION_MSS && n == 4) {
			d->has_mss = true;
			d->mss = bytes_be16(&b, 2);
		} else if (kind == OPTION_SCALE && n == 3) {
			d->has_scale = true;
			d->scale = bytes_u8(&b, 2);
		}
		bytes_skip(&b, n);
	}
}

static void
note_syn(struct tcpstat *d, const struct segment *s)
{
	if (d->syns > 0 && s->end == d->syn_end) {
		d->syns++;
		d->syns_again++;
		return;
	}
	/* Numbers begin anew. */
	d->begun = false;
	d->holes = d->sents = 0;
	d->syns = 1;
	d->syn_end = s->seq + 1;
	d->syn_ns = s->t_ns;
	note_options(d, s);
}

/* A duplicate acknowledgement as tshark has it: RFC 5681, 2, but for data
 * being outstanding; the answer to a keep-alive is none. */
static bool
is_duplicate_ack(const struct tcpstat *from, const struct tcpstat *to,
    const struct segment *s)
{
	return s->length == 0 && s->window != 0 && from->acked &&
	    (s->flags & (TCP_SYN | TCP_FIN | TCP_RST)) == 0 &&
	    s->window == from->window && s->ack == from->ack &&
	    from->begun && s->seq == from->next && !to->keepalive;
}

static void
note_round_trip(struct tcpstat *to, int64_t ns)
{
	if (ns < 0)
		ns = 0;
	if (to->round_trips.n == 0 || ns < to->least_ns)
		to->least_ns = ns;
	octaves_add(&to->round_trips, (uint64_t)ns / 1000);
}

/* The other direction's segments that are acknowledged wait no longer.  One
 * that ends where the acknowledgement is gives a round trip. */
static void
note_acknowledged(struct tcpstat *to, const struct segment *s)
{
	unsigned left = 0;

	if (to->syns == 1 && !to->answered && s->ack == to->syn_end) {
		to->answered = true;
		to->handshake_ns = s->t_ns > to->syn_ns ?
		    s->t_ns - to->syn_ns : 0;
	}
	for (unsigned i = 0; i < to->sents; i++) {
		if (is_before(s->ack, to->sent[i].end))
			to->sent[left++] = to->sent[i];
		else if (s->ack == to->sent[i].end)
			note_round_trip(to, s->t_ns - to->sent[i].t_ns);
	}
	to->sents = (uint8_t)left;
}

static void
note_ack(struct tcpstat *from, struct tcpstat *to, const struct segment *s)
{
	if (is_duplicate_ack(from, to, s))
		from->duplicate_acks++;
	note_acknowledged(to, s);
	from->acked = true;
	from->ack = s->ack;
	from->window = s->window;
}

/* Numbers are jumped over: if there is no room, the oldest hole is
 * forgotten. */
static void
add_hole(struct tcpstat *d, uint32_t from, uint32_t to, int64_t t_ns)
{
	if (d->holes == TCPSTAT_HOLES) {
		memmove(d->hole, d->hole + 1,
		    (TCPSTAT_HOLES - 1) * sizeof *d->hole);
		d->holes--;
	}
	d->hole[d->holes++] = (struct tcpstat_hole){from, to, t_ns};
}

/* Takes the segment out of a hole, if it lies in one, and tells when that was
 * jumped over. */
static bool
fill_hole(struct tcpstat *d, const struct segment *s, int64_t *t_ns)
{
	for (unsigned i = 0; i < d->holes; i++) {
		struct tcpstat_hole h = d->hole[i];

		if (is_before(s->seq, h.from) || is_before(h.to, s->end))
			continue;
		*t_ns = h.t_ns;
		d->holes--;
		memmove(d->hole + i, d->hole + i + 1,
		    (d->holes - i) * sizeof *d->hole);
		if (h.from != s->seq)
			add_hole(d, h.from, s->seq, h.t_ns);
		if (s->end != h.to)
			add_hole(d, s->end, h.to, h.t_ns);
		return true;
	}
	return false;
}

/* What is sent again gives no round trip (Karn and Partridge 1987). */
static void
forget_sent(struct tcpstat *d, const struct segment *s)
{
	unsigned left = 0;

	for (unsigned i = 0; i < d->sents; i++)
		if (!is_before(s->seq, d->sent[i].end) ||
		    is_before(s->end, d->sent[i].end))
			d->sent[left++] = d->sent[i];
	d->sents = (uint8_t)left;
}

static int64_t
late_limit(const struct tcpstat *a, const struct tcpstat *b)
{
	if (a->answered && b->answered)
		return a->handshake_ns + b->handshake_ns;
	return TCPSTAT_LATE_US * INT64_C(1000);
}

/* A segment that begins before the highest number sent. */
static void
note_late(struct tcpstat *from, const struct tcpstat *to,
    const struct segment *s)
{
	int64_t jumped_ns;

	if (fill_hole(from, s, &jumped_ns) &&
	    s->t_ns - jumped_ns <= late_limit(from, to)) {
		from->out_of_order++;
		return;
	}
	from->retransmitted++;
	forget_sent(from, s);
}

/* A probe of one number, or none, before the next (RFC 9293, 3.8.4). */
static bool
is_keepalive(const struct tcpstat *d, const struct segment *s)
{
	return d->begun && s->length <= 1 && s->seq == d->next - 1 &&
	    (s->flags & (TCP_SYN | TCP_FIN | TCP_RST)) == 0;
}

static void
note_data(struct tcpstat *from, const struct tcpstat *to,
    const struct segment *s)
{
	bool fresh = true;

	if (!from->begun) {
		from->begun = true;
		from->next = s->seq;
	}
	if (is_before(from->next, s->seq)) {
		from->lost++;
		add_hole(from, from->next, s->seq, s->t_ns);
	} else if (is_before(s->seq, from->next)) {
		note_late(from, to, s);
		fresh = false;
	}
	if (is_before(from->next, s->end))
		from->next = s->end;
	if (fresh && s->length > 0 && from->sents < TCPSTAT_SENT)
		from->sent[from->sents++] = (struct tcpstat_sent){
			s->end, s->t_ns
		};
}

void
tcpstat_add(struct tcpstat *from, struct tcpstat *to, const struct packet *p)
{
	struct segment s;

	if (!read_segment(&s, p))
		return;
	if (!from->has_first) {
		from->has_first = true;
		from->first_window = s.window;
	}
	if (s.window == 0 && (s.flags & (TCP_SYN | TCP_FIN | TCP_RST)) == 0)
		from->zero_windows++;
	if (s.flags & TCP_ACK)
		note_ack(from, to, &s);
	from->keepalive = is_keepalive(from, &s);
	if (s.flags & TCP_RST || from->keepalive)
		return;
	if (s.flags & TCP_SYN)
		note_syn(from, &s);
	if (s.end != s.seq || !from->begun)
		note_data(from, to, &s);
}

void
tcpstat_free(struct tcpstat *d)
{
	octaves_free(&d->round_trips);
}

void
tcpstat_continue(struct tcpstat *d, const struct tcpstat *before)
{
	*d = *before;
	d->has_mss = d->has_scale = d->has_first = false;
	d->retransmitted = d->out_of_order = d->duplicate_acks = 0;
	d->lost = d->zero_windows = d->syns_again = 0;
	d->round_trips = (struct octaves){0};
}
