/*
 * Flow events of Suricata's eve.json.  Bytes there count whole Ethernet
 * frames; payload is what the least headers leave.  Who spoke when is not
 * in it, hence no rttcalc.
 */
#include "base/num.h"
#include "log/logtool.h"

enum { ETHERNET = 14 };

static const struct log_name suricata_names[] = {
	{ "event_type", LOG_KIND }, { "src_ip", LOG_SRC },
	{ "src_port", LOG_SPORT }, { "dest_ip", LOG_DST },
	{ "dest_port", LOG_DPORT }, { "proto", LOG_PROTO },
	{ "app_proto", LOG_APP }, { "flow.pkts_toserver", LOG_PKTS },
	{ "flow.pkts_toclient", LOG_RPKTS },
	{ "flow.bytes_toserver", LOG_BYTES },
	{ "flow.bytes_toclient", LOG_RBYTES }, { "flow.start", LOG_START },
	{ "flow.end", LOG_END }, { "tcp.tcp_flags_ts", LOG_FLAGS },
	{ "tcp.tcp_flags_tc", LOG_RFLAGS }, { NULL, LOG_FIELDS }
};

static const enum log_field suricata_needs[] = { LOG_KIND, LOG_FIELDS };

/* The flags byte in hex; the server's SYN has an ACK. */
static uint16_t
suricata_flags(struct rec_span hex, bool server)
{
	static const uint16_t flag[8] = {	/* from FIN upward */
		FLAG_F, FLAG_S, FLAG_R, FLAG_P, FLAG_A, FLAG_U, FLAG_E, FLAG_C
	};
	unsigned byte = 0, flags = 0;

	for (size_t i = 0; i < hex.n && i < 2; i++)
		byte = byte << 4 | ((unsigned)num_hex(hex.s[i]) & 0xf);
	for (unsigned i = 0; i < 8; i++)
		if (byte & 1u << i)
			flags |= flag[i];
	if (server && flags & FLAG_S)
		flags = (flags & ~(unsigned)FLAG_S) | FLAG_H;
	return (uint16_t)flags;
}

static enum log_verdict
suricata_flow(const struct log_row *r, struct log_flow *f,
    struct log_fault *e)
{
	/* Statistics come whatever else is logged. */
	if (log_is(r->v[LOG_KIND], "stats"))
		return LOG_NO_FLOW;
	if (!log_is(r->v[LOG_KIND], "flow"))
		return LOG_OTHER_KIND;
	if (!log_read_tuple(r, f, e))
		return e->what != NULL ? LOG_BAD : LOG_NO_FLOW;
	if (!log_read_counts(r, f, ETHERNET, e))
		return LOG_BAD;
	if (f->proto == PROTO_TCP) {
		f->flags[0] = suricata_flags(r->v[LOG_FLAGS], false);
		f->flags[1] = suricata_flags(r->v[LOG_RFLAGS], true);
	}
	f->app = r->v[LOG_APP];
	return LOG_FLOW;
}

const struct log_tool log_suricata = {
	.name = "suricata",
	.expected = "eve.json of Suricata",
	.made_by = "suricata -r FILE (outputs: eve-log: types: flow)",
	.layout = LOG_LAYOUT_APP,
	.names = suricata_names, .needs = suricata_needs,
	.json = true, .flow = suricata_flow
};
