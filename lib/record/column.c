#include "record/column.h"

#include <string.h>

#include "record/flowrec.h"

#define TEXT COLUMN_TEXT
#define ADDRESS COLUMN_ADDRESS
#define INTEGER COLUMN_INTEGER
#define REAL COLUMN_REAL
#define TIME COLUMN_TIME

/* All but the columns of flows; of one name the first counts. */
static const struct column other_column[] = {
	/* Packets, pcap2flows -p; their others are named as those of flows. */
	{"time", TIME, "s", "time of the packet", NULL},

	{"class", TEXT, "",
	    "sig, voice, video, skypeout, media; - if not Skype",
	    "skypeclass"},
	{"via", TEXT, "", "what says so: flow, endpoint, tcp", "skypeclass"},
	{"score", REAL, "bits", "how much likelier Skype is for its endpoint",
	    "skypeclass"},
	{"chiid", REAL, "", "-x: largest chi-square of nibbles 1-4",
	    "skypeclass"},
	{"chirest", REAL, "", "-x: largest chi-square of nibbles 7-16",
	    "skypeclass"},
	{"chifun", REAL, "", "-x: least chi-square of nibbles 5, 6",
	    "skypeclass"},
	{"chihead", REAL, "", "-x: least chi-square of nibbles 1-8",
	    "skypeclass"},
	{"chitail", REAL, "", "-x: largest chi-square of nibbles 9-16",
	    "skypeclass"},
	{"blen", REAL, "", "-x: log10 belief that lengths are a codec's",
	    "skypeclass"},
	{"bgap", REAL, "", "-x: log10 belief that gaps are a codec's",
	    "skypeclass"},
	{"fvoice", REAL, "%", "-x: messages with the voice function",
	    "skypeclass"},
	{"fsig", REAL, "%", "-x: messages with a signaling function",
	    "skypeclass"},
	{"fvideo", REAL, "%", "-x: messages of video size", "skypeclass"},
	{"eflows", INTEGER, "", "-x: source flows of the initiator's endpoint",
	    "skypeclass"},
	{"esig", INTEGER, "", "-x: of these, like signaling", "skypeclass"},
	{"ecall", INTEGER, "", "-x: of these, calls", "skypeclass"},
	{"lrand", REAL, "bits",
	    "-x: endpoint's likelihood ratio against random", "skypeclass"},
	{"lhead", REAL, "bits", "-x: against another protocol's header",
	    "skypeclass"},
	{"rchiid", REAL, "", "-x: as chiid, of the responder", "skypeclass"},
	{"rchirest", REAL, "", "-x: as chirest, of the responder",
	    "skypeclass"},
	{"rchifun", REAL, "", "-x: as chifun, of the responder", "skypeclass"},
	{"rchihead", REAL, "", "-x: as chihead, of the responder",
	    "skypeclass"},
	{"rchitail", REAL, "", "-x: as chitail, of the responder",
	    "skypeclass"},
	{"rblen", REAL, "", "-x: as blen, of the responder", "skypeclass"},
	{"rbgap", REAL, "", "-x: as bgap, of the responder", "skypeclass"},
	{"rfvoice", REAL, "%", "-x: as fvoice, of the responder",
	    "skypeclass"},
	{"rfsig", REAL, "%", "-x: as fsig, of the responder", "skypeclass"},
	{"rfvideo", REAL, "%", "-x: as fvideo, of the responder",
	    "skypeclass"},
	{"reflows", INTEGER, "", "-x: as eflows, of the responder",
	    "skypeclass"},
	{"resig", INTEGER, "", "-x: as esig, of the responder", "skypeclass"},
	{"recall", INTEGER, "", "-x: as ecall, of the responder",
	    "skypeclass"},
	{"rlrand", REAL, "bits", "-x: as lrand, of the responder",
	    "skypeclass"},
	{"rlhead", REAL, "bits", "-x: as lhead, of the responder",
	    "skypeclass"},

	/* Endpoints; proto, fun, nib and score have names met before. */
	{"ip", ADDRESS, "", "address of the endpoint", "skypeclass -e"},
	{"port", INTEGER, "", "its UDP port", "skypeclass -e"},
	{"flows", INTEGER, "", "source flows: those in which it sent",
	    "skypeclass -e"},
	{"sig", INTEGER, "", "of these, like signaling", "skypeclass -e"},
	{"call", INTEGER, "", "of these, calls", "skypeclass -e"},
	{"msgs", INTEGER, "", "packets it sent", "skypeclass -e"},
	{"answers", INTEGER, "", "source flows that came back",
	    "skypeclass -e"},
	{"asig", INTEGER, "", "of these, like signaling", "skypeclass -e"},
	{"peers", TEXT, "", "addresses it sent to", "skypeclass -e"},

	{"idle", TEXT, "s",
	    "least idle timeout that makes the flow; - if it came",
	    "flowmerge -t"},
	{"joins", TEXT, "s", "that from which on it is part of a longer one",
	    "flowmerge -t"},

	{"tag", TEXT, "", "the flow: probe, heartbeat or dialog", "sigtag"},
	{"pair", TEXT, "", "its pair: probe, heartbeat, dialog or mix",
	    "sigtag"},
	{"period", REAL, "s", "median time between the pair's starts",
	    "sigtag"},
	{"jitter", REAL, "", "their median deviation, over period", "sigtag"},

	{"rtt", REAL, "ms", "round-trip time of the outside half of the path",
	    "rttcalc"},

	{"endpoint", TEXT, "",
	    "contacted address:port, [address]:port for IPv6", "popularity"},
	{"where", TEXT, "", "side it is on: internal or external",
	    "popularity"},
	{"kind", TEXT, "", "of the pairs counted: probe or nonprobe",
	    "popularity"},
	{"popularity", INTEGER, "", "different endpoints that contacted it",
	    "popularity"},

	{"continent", TEXT, "", "Africa, America NO, America SO, Asia, "
	    "Europe, Oceania, UNKNOWN", "geojoin"},
	{"country", TEXT, "", "ISO 3166-1 code; EU, AP: only the continent is "
	    "known", "geojoin"},
	{"city", TEXT, "", "name of the city", "geojoin"},
	{"lat", REAL, "degrees", "latitude, north is positive", "geojoin"},
	{"lon", REAL, "degrees", "longitude, east is positive", "geojoin"},
	{"asn", INTEGER, "", "-a: number of the autonomous system", "geojoin"},
	{"org", TEXT, "", "-a: who runs it", "geojoin"},
	{"name", TEXT, "", "the server's name; of geojoin -l the country's",
	    "flownames"},
	{"eu", TEXT, "", "was a member of the European Union in 2007",
	    "geojoin -l"},

	{"type", TEXT, "", "what the column's values are", "flowcut -T"},
	{"unit", TEXT, "", "their unit", "flowcut -T"},
	{"how", TEXT, "", "who said the name: dns, tls, http, quic",
	    "flownames"},
	{"client", ADDRESS, "", "who was told the name", "flownames"},
	{"address", ADDRESS, "", "what it stands for", "flownames"},
	{"until", TIME, "s", "how long an answer of DNS counts", "flownames"},

	{"part", INTEGER, "", "number of the part, from 0", "flowpart"},

	{"app", TEXT, "", "protocol of the application, in the maker's words",
	    "flowfrom"},

	{"octets", INTEGER, "B", "bytes with IP headers, initiator",
	    "flowipfix"},
	{"roctets", INTEGER, "B", "bytes with IP headers, responder",
	    "flowipfix"},
	{"sampled", INTEGER, "", "one of so many packets was looked at",
	    "flowipfix"},
};

enum { OTHERS = sizeof other_column / sizeof *other_column };

static const char *const type_name[COLUMN_TYPES] = {
	"text", "address", "integer", "real", "time", "histogram"
};

static int
is_named(const struct column *c, const char *name, size_t n)
{
	return strncmp(c->name, name, n) == 0 && c->name[n] == '\0';
}

const struct column *
column_find(const char *name, size_t n)
{
	for (size_t i = 0; i < FLOWREC_COLUMNS; i++)
		if (is_named(&flowrec_col[i].about, name, n))
			return &flowrec_col[i].about;
	for (size_t i = 0; i < OTHERS; i++)
		if (is_named(&other_column[i], name, n))
			return &other_column[i];
	return NULL;
}

const char *
column_type_name(enum column_type type)
{
	return type_name[type];
}

const char *
column_maker(const struct column *c)
{
	return c->maker != NULL ? c->maker : "pcap2flows";
}
