#include "log/logflow.h"

#include "base/num.h"
#include "base/utf8.h"
#include "record/cid.h"
#include "record/word.h"

void
log_flow_clear(struct log_flow *f)
{
	*f = (struct log_flow){
		.start = TIME_NONE, .end = TIME_NONE,
		.last = { TIME_NONE, TIME_NONE },
		.ask = TIME_NONE, .reply = TIME_NONE,
		.ask2 = TIME_NONE, .turn = TIME_NONE,
		.pkts = { LOG_UNKNOWN, LOG_UNKNOWN },
		.bytes = { LOG_UNKNOWN, LOG_UNKNOWN },
	};
}

void
log_flow_turn(struct log_flow *f)
{
	struct log_flow was = *f;

	f->src = was.dst;
	f->sport = was.dport;
	f->dst = was.src;
	f->dport = was.sport;
	for (int i = 0; i < 2; i++) {
		f->pkts[i] = was.pkts[1 - i];
		f->bytes[i] = was.bytes[1 - i];
		f->flags[i] = was.flags[1 - i];
		f->last[i] = was.last[1 - i];
	}
	if (was.dir == FLOW_OUT || was.dir == FLOW_IN)
		f->dir = was.dir == FLOW_OUT ? FLOW_IN : FLOW_OUT;
}

static const char head[] = "#cid\tstart\tend\tproto\tsrc\tsport\tdst\tdport"
    "\tdir\tpkts\trpkts\tbytes\trbytes";

static const char *const tail[LOG_LAYOUTS] = {
	[LOG_LAYOUT_APP] = "\tapp\tflags\trflags\n",
	[LOG_LAYOUT_NAME] = "\tapp\tname\n",
	[LOG_LAYOUT_SETUP] = "\task\treply\task2\tturn\tflags\trflags\n",
	[LOG_LAYOUT_PIECE] = "\tlast\trlast\task\treply\task2\tturn\tflags"
	    "\trflags\twhy\n",
	[LOG_LAYOUT_MESSAGE] = "\tlast\trlast\task\treply\task2\tturn\tflags"
	    "\trflags\twhy\tsize\trsize\tfun\trfun\tnib\trnib\twin\trwin\n",
};

void
log_flow_header(struct out *o, enum log_layout layout)
{
	out_str(o, head);
	out_str(o, tail[layout]);
}

static void
put_time(struct out *o, int64_t ns)
{
	if (ns == TIME_NONE)
		out_char(o, '-');
	else
		out_time(o, ns, 6);
}

static void
put_count(struct out *o, uint64_t n)
{
	if (n == LOG_UNKNOWN)
		out_char(o, '-');
	else
		out_u64(o, n);
}

static void
put_flags(struct out *o, unsigned flags)
{
	if (flags == 0)
		out_char(o, '-');
	for (unsigned i = 0; FLAG_LETTERS[i] != '\0'; i++)
		if (flags & 1u << i)
			out_char(o, FLAG_LETTERS[i]);
}

/* What may not stand in a record, control bytes and what is not UTF-8,
 * becomes "?". */
static void
put_text(struct out *o, struct rec_span v)
{
	if (v.n == 0)
		out_char(o, '-');
	while (v.n > 0) {
		size_t n = utf8_length(v.s, v.n);

		if (n == 0 || (unsigned char)*v.s < ' ' || *v.s == 0x7f)
			out_char(o, '?');
		else
			out_mem(o, v.s, n);
		v.s += n > 0 ? n : 1;
		v.n -= n > 0 ? n : 1;
	}
}

static void
put_endpoint(struct out *o, const struct addr *a, uint16_t port)
{
	char text[ADDR_TEXT];

	out_mem(o, text, addr_format(a, text));
	out_char(o, '\t');
	out_u64(o, port);
	out_char(o, '\t');
}

static void
put_head(struct out *o, const struct log_flow *f, const struct nets *internal)
{
	enum flow_dir dir = f->dir;
	char cid[CID_TEXT];

	cid_format(cid, &f->src, &f->dst, f->proto, f->sport, f->dport);
	out_mem(o, cid, CID_TEXT - 1);
	out_char(o, '\t');
	put_time(o, f->start);
	out_char(o, '\t');
	put_time(o, f->end);
	out_char(o, '\t');
	out_str(o, word_proto(f->proto));
	out_char(o, '\t');
	put_endpoint(o, &f->src, f->sport);
	put_endpoint(o, &f->dst, f->dport);
	if (dir == FLOW_UNKNOWN)
		dir = flow_direction(nets_hold(internal, &f->src),
		    nets_hold(internal, &f->dst));
	out_str(o, word_dir(dir));
	for (int i = 0; i < 2; i++) {
		out_char(o, '\t');
		put_count(o, f->pkts[i]);
	}
	for (int i = 0; i < 2; i++) {
		out_char(o, '\t');
		put_count(o, f->bytes[i]);
	}
	out_char(o, '\t');
}

static void
put_setup(struct out *o, const struct log_flow *f)
{
	put_time(o, f->ask);
	out_char(o, '\t');
	put_time(o, f->reply);
	out_char(o, '\t');
	put_time(o, f->ask2);
	out_char(o, '\t');
	put_time(o, f->turn);
	out_char(o, '\t');
}

static void
put_both_flags(struct out *o, const struct log_flow *f)
{
	put_flags(o, f->flags[0]);
	out_char(o, '\t');
	put_flags(o, f->flags[1]);
}

/* The histograms of one message: its length, the byte 3 of UDP without the
 * bits that differ from packet to packet, its first 8 bytes. */
static void
put_message(struct out *o, const struct log_flow *f)
{
	struct rec_span hex = f->payload;

	out_char(o, '\t');
	put_count(o, f->bytes[0]);
	out_str(o, ":1\t-\t");
	if (hex.n >= 6 && f->proto == PROTO_UDP) {
		out_char(o, num_hex(hex.s[4]) >= 8 ? '8' : '0');
		out_char(o, hex.s[5]);
		out_str(o, ":1");
	} else {
		out_char(o, '-');
	}
	out_str(o, "\t-\t");
	if (hex.n > 0) {
		out_char(o, '=');
		out_mem(o, hex.s, hex.n < 16 ? hex.n : 16);
	} else {
		out_char(o, '-');
	}
	out_str(o, "\t-\t-\t-");
}

static void
put_piece(struct out *o, const struct log_flow *f)
{
	put_time(o, f->last[0]);
	out_char(o, '\t');
	put_time(o, f->last[1]);
	out_char(o, '\t');
	put_setup(o, f);
	put_both_flags(o, f);
	out_str(o, "\tidle");
}

void
log_flow_write(struct out *o, const struct log_flow *f,
    enum log_layout layout, const struct nets *internal)
{
	put_head(o, f, internal);
	switch (layout) {
	case LOG_LAYOUT_APP:
		put_text(o, f->app);
		out_char(o, '\t');
		put_both_flags(o, f);
		break;
	case LOG_LAYOUT_NAME:
		put_text(o, f->app);
		out_char(o, '\t');
		put_text(o, f->name);
		break;
	case LOG_LAYOUT_SETUP:
		put_setup(o, f);
		put_both_flags(o, f);
		break;
	default:
		put_piece(o, f);
		if (layout == LOG_LAYOUT_MESSAGE)
			put_message(o, f);
	}
	out_char(o, '\n');
}
