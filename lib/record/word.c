#include "record/word.h"

#include "base/num.h"

#define UDP "udp"
#define TCP "tcp"
#define UNKNOWN "-"
#define OUT "out"
#define IN "in"
#define INT "int"
#define EXT "ext"

#define WORD(s) {s, sizeof (s) - 1}

/* For words that rows are full of: no loop, no call. */
#define IS(v, word) ((v).n == sizeof (word) - 1 && \
    memcmp((v).s, word, sizeof (word) - 1) == 0)

const struct word word_of_dir[FLOW_DIRS] = {
	[FLOW_UNKNOWN] = WORD(UNKNOWN), [FLOW_OUT] = WORD(OUT),
	[FLOW_IN] = WORD(IN), [FLOW_INT] = WORD(INT), [FLOW_EXT] = WORD(EXT)
};

const struct word word_of_why[WHY_VALUES] = {
	[WHY_OPEN] = WORD(UNKNOWN), [WHY_IDLE] = WORD("idle"),
	[WHY_FIN] = WORD("fin"), [WHY_RST] = WORD("rst"),
	[WHY_ACTIVE] = WORD("active"), [WHY_EVICT] = WORD("evict"),
	[WHY_EOF] = WORD("eof"), [WHY_SYN] = WORD("syn")
};

/* IANA's keywords of protocols, of those without one the number. */
static const struct word protos[256] = {
	WORD("hopopt"), WORD("icmp"), WORD("igmp"), WORD("ggp"), WORD("ipv4"),
	WORD("st"), WORD("tcp"), WORD("cbt"), WORD("egp"), WORD("igp"),
	WORD("bbn-rcc-mon"), WORD("nvp-ii"), WORD("pup"), WORD("argus"),
	WORD("emcon"), WORD("xnet"), WORD("chaos"), WORD("udp"), WORD("mux"),
	WORD("dcn-meas"), WORD("hmp"), WORD("prm"), WORD("xns-idp"),
	WORD("trunk-1"), WORD("trunk-2"), WORD("leaf-1"), WORD("leaf-2"),
	WORD("rdp"), WORD("irtp"), WORD("iso-tp4"), WORD("netblt"),
	WORD("mfe-nsp"), WORD("merit-inp"), WORD("dccp"), WORD("3pc"),
	WORD("idpr"), WORD("xtp"), WORD("ddp"), WORD("idpr-cmtp"),
	WORD("tp++"), WORD("il"), WORD("ipv6"), WORD("sdrp"),
	WORD("ipv6-route"), WORD("ipv6-frag"), WORD("idrp"), WORD("rsvp"),
	WORD("gre"), WORD("dsr"), WORD("bna"), WORD("esp"), WORD("ah"),
	WORD("i-nlsp"), WORD("swipe"), WORD("narp"), WORD("min-ipv4"),
	WORD("tlsp"), WORD("skip"), WORD("ipv6-icmp"), WORD("ipv6-nonxt"),
	WORD("ipv6-opts"), WORD("61"), WORD("cftp"), WORD("63"),
	WORD("sat-expak"), WORD("kryptolan"), WORD("rvd"), WORD("ippc"),
	WORD("68"), WORD("sat-mon"), WORD("visa"), WORD("ipcv"), WORD("cpnx"),
	WORD("cphb"), WORD("wsn"), WORD("pvp"), WORD("br-sat-mon"),
	WORD("sun-nd"), WORD("wb-mon"), WORD("wb-expak"), WORD("iso-ip"),
	WORD("vmtp"), WORD("secure-vmtp"), WORD("vines"), WORD("iptm"),
	WORD("nsfnet-igp"), WORD("dgp"), WORD("tcf"), WORD("eigrp"),
	WORD("ospfigp"), WORD("sprite-rpc"), WORD("larp"), WORD("mtp"),
	WORD("ax.25"), WORD("ipip"), WORD("micp"), WORD("scc-sp"),
	WORD("etherip"), WORD("encap"), WORD("99"), WORD("gmtp"), WORD("ifmp"),
	WORD("pnni"), WORD("pim"), WORD("aris"), WORD("scps"), WORD("qnx"),
	WORD("a/n"), WORD("ipcomp"), WORD("snp"), WORD("compaq-peer"),
	WORD("ipx-in-ip"), WORD("vrrp"), WORD("pgm"), WORD("114"),
	WORD("l2tp"), WORD("ddx"), WORD("iatp"), WORD("stp"), WORD("srp"),
	WORD("uti"), WORD("smp"), WORD("sm"), WORD("ptp"), WORD("isis"),
	WORD("fire"), WORD("crtp"), WORD("crudp"), WORD("sscopmce"),
	WORD("iplt"), WORD("sps"), WORD("pipe"), WORD("sctp"), WORD("fc"),
	WORD("134"), WORD("mobility"), WORD("udplite"), WORD("mpls-in-ip"),
	WORD("manet"), WORD("hip"), WORD("shim6"), WORD("wesp"), WORD("rohc"),
	WORD("ethernet"), WORD("aggfrag"), WORD("nsh"), WORD("146"),
	WORD("147"), WORD("148"), WORD("149"), WORD("150"), WORD("151"),
	WORD("152"), WORD("153"), WORD("154"), WORD("155"), WORD("156"),
	WORD("157"), WORD("158"), WORD("159"), WORD("160"), WORD("161"),
	WORD("162"), WORD("163"), WORD("164"), WORD("165"), WORD("166"),
	WORD("167"), WORD("168"), WORD("169"), WORD("170"), WORD("171"),
	WORD("172"), WORD("173"), WORD("174"), WORD("175"), WORD("176"),
	WORD("177"), WORD("178"), WORD("179"), WORD("180"), WORD("181"),
	WORD("182"), WORD("183"), WORD("184"), WORD("185"), WORD("186"),
	WORD("187"), WORD("188"), WORD("189"), WORD("190"), WORD("191"),
	WORD("192"), WORD("193"), WORD("194"), WORD("195"), WORD("196"),
	WORD("197"), WORD("198"), WORD("199"), WORD("200"), WORD("201"),
	WORD("202"), WORD("203"), WORD("204"), WORD("205"), WORD("206"),
	WORD("207"), WORD("208"), WORD("209"), WORD("210"), WORD("211"),
	WORD("212"), WORD("213"), WORD("214"), WORD("215"), WORD("216"),
	WORD("217"), WORD("218"), WORD("219"), WORD("220"), WORD("221"),
	WORD("222"), WORD("223"), WORD("224"), WORD("225"), WORD("226"),
	WORD("227"), WORD("228"), WORD("229"), WORD("230"), WORD("231"),
	WORD("232"), WORD("233"), WORD("234"), WORD("235"), WORD("236"),
	WORD("237"), WORD("238"), WORD("239"), WORD("240"), WORD("241"),
	WORD("242"), WORD("243"), WORD("244"), WORD("245"), WORD("246"),
	WORD("247"), WORD("248"), WORD("249"), WORD("250"), WORD("251"),
	WORD("252"), WORD("253"), WORD("254"), WORD("255")
};

/* Other words that are in use. */
static const struct {
	const char *text;
	uint8_t proto;
} aliases[] = {
	{ "icmp6", 58 }, { "icmpv6", 58 }, { "ospf", 89 }
};

const struct word *
word_of_proto(uint8_t proto)
{
	return &protos[proto];
}

/* Numbers stand for their protocols whether or not there is a keyword. */
static bool
parse_rare_proto(struct rec_span v, uint8_t *proto)
{
	uint64_t number;

	for (unsigned i = 0; i < 256; i++)
		if (span_is(v, protos[i].text)) {
			*proto = (uint8_t)i;
			return true;
		}
	for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
		if (span_is(v, aliases[i].text)) {
			*proto = aliases[i].proto;
			return true;
		}
	if (!num_u64(v.s, v.n, UINT8_MAX, &number))
		return false;
	*proto = (uint8_t)number;
	return true;
}

bool
word_proto_parse(struct rec_span v, uint8_t *proto)
{
	*proto = IS(v, UDP) ? PROTO_UDP : IS(v, TCP) ? PROTO_TCP : 0;
	return *proto != 0 || parse_rare_proto(v, proto);
}

bool
word_dir_parse(struct rec_span v, enum flow_dir *dir)
{
	*dir = IS(v, OUT) ? FLOW_OUT : IS(v, IN) ? FLOW_IN :
	    IS(v, INT) ? FLOW_INT : IS(v, EXT) ? FLOW_EXT : FLOW_UNKNOWN;
	return *dir != FLOW_UNKNOWN || IS(v, UNKNOWN);
}

bool
word_why_parse(struct rec_span v, enum flow_why *why)
{
	unsigned i = 0;

	while (i < WHY_VALUES && !span_is(v, word_of_why[i].text))
		i++;
	*why = i < WHY_VALUES ? (enum flow_why)i : WHY_OPEN;
	return i < WHY_VALUES;
}
