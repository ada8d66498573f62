# prose.awk: the numbers of the paper's prose that come from flow records,
# `name TAB value`.  Stands behind eu-2007.awk and listed-endpoints.awk; reads the flows
# twice.  A client is an internal endpoint, listed, that sent signaling.

function columns()
{
	if (pass == 1)
		return listed_columns()
	flow_columns()
	PAIR = col("pair"); RTT = col("rtt")
	STOP = col("end"); REPLY = col("reply")
	LAST = col("last"); RLAST = col("rlast")
	BYTES = col("bytes"); RBYTES = col("rbytes")
	CONTINENT = col("continent"); COUNTRY = col("country")
	LAT = col("lat")
}

pass == 1 { listed(); next }

pass == 2 && $CLASS != "sig" && $CLASS != "-" { call() }

$CLASS == "-" || (PROTO != "any" && $PROTOCOL != PROTO) { next }

{
	mine = $DIR == "in" ? responder() : initiator()
	theirs = $DIR == "in" ? initiator() : responder()
}

pass == 2 {
	life()
	if ($CLASS == "sig")
		signaling()
	next
}

$CLASS == "sig" && ($DIR == "out" || $DIR == "int") { contact() }

END {
	clients_out()
	flows_out()
	rtt_out()
	places_out()
}

function call(   s)
{
	s = lasts($START, $STOP) / 1000000
	calls++
	call_packets += $PKTS + $RPKTS
	shorter[1] += s <= 60
	shorter[5] += s <= 300
	shorter[30] += s <= 1800
}

function life(   from, to)
{
	if ($DIR == "ext")
		return
	from = us($START)
	to = from + lasts($START, $STOP)
	octets[mine] += $BYTES + $RBYTES
	if (!(mine in first) || from < first[mine])
		first[mine] = from
	if (!(mine in end) || to > end[mine])
		end[mine] = to
}

function signaling()
{
	if ($DIR != "ext" && mine in is_listed &&
	    ($DIR == "in" ? $RPKTS : $PKTS) > 0)
		client[mine]
	sig_octets[mine] += $BYTES + $RBYTES
	flows++
	pair = $PROTOCOL == "tcp" ? $SRC FS responder() : \
		(mine < theirs ? mine FS theirs : theirs FS mine)
	if (!((pair, $PROTOCOL) in paired)) {
		paired[pair, $PROTOCOL]
		pairs++
		probe_pairs += $PAIR == "probe"
	}
	packets += $PKTS + $RPKTS
	source_flow($PKTS, $BYTES, $START, $LAST)
	source_flow($RPKTS, $RBYTES, $REPLY == "-" ? $START : $REPLY, $RLAST)
	if ($PAIR == "probe") {
		probes++
		answered += $RPKTS > 0
	}
	if ($RTT != "-")
		round_trip()
	if ($DIR != "int")
		peer($DIR == "in" ? $SRC : $DST)
}

function source_flow(n, bytes, from, to,   time)
{
	if (n == 0)
		return
	sources++
	source_bytes += bytes
	if (n == 1) {
		singles++
		single_bytes += bytes
	}
	below_6 += n < 6
	if (n > most_packets)
		most_packets = n + 0
	if (bytes > most_bytes)
		most_bytes = bytes + 0
	time = lasts(from, to)
	if (time > longest)
		longest = time
}

function round_trip(   where)
{
	if (eu($CONTINENT, $COUNTRY) != "")
		where = "eu"
	else if (!unknown($CONTINENT))
		where = "far"
	else
		return
	answers[where]++
	quick[where] += $RTT < 100
}

function peer(address)
{
	endpoint[theirs]
	if (!(address in continent))
		continent[address] = $CONTINENT
	if ($LAT != "-")
		located[address]
	if ($PAIR != "probe")
		nonprobe[address]
}

# Contacts after the first hour less a minute, and those of them within a
# minute of a full hour since the client's first flow.
function contact(   s)
{
	s = (us($START) - first[mine]) / 1000000
	if (s < 3540)
		return
	contacts++
	s -= 3600 * int(s / 3600)
	hourly += s <= 60 || s >= 3540
}

function clients_out(   c, n, most, few, short)
{
	for (c in client) {
		n++
		if (octets[c] > 0) {
			most += sig_octets[c] > 0.99 * octets[c]
			few += sig_octets[c] <= 0.05 * octets[c]
		}
		short += end[c] - first[c] < 36000000000
	}
	print "clients", n + 0
	percent("mostly signaling", most, n)
	percent("mostly calls", few, n)
	percent("short lives", short, n)
	percent("hourly", hourly, contacts)
	print "calls", calls + 0
	print "call packets", call_packets + 0
	percent("calls 1", shorter[1], calls)
	percent("calls 5", shorter[5], calls)
	percent("calls 30", shorter[30], calls)
}

function flows_out()
{
	print "flows", flows + 0
	print "packets", packets + 0
	print "pairs", pairs + 0
	print "probe pairs", probe_pairs + 0
	print "source flows", sources + 0
	percent("single flows", singles, sources)
	percent("short flows", below_6, sources)
	percent("single bytes", single_bytes, source_bytes)
	print "most bytes", sources ? most_bytes : "-"
	print "most packets", sources ? most_packets : "-"
	print "longest", sources ? sprintf("%.2f", longest / 3600000000) : "-"
	percent("answered", answered, probes)
}

function rtt_out()
{
	percent("quick eu", quick["eu"], answers["eu"])
	percent("quick far", quick["far"], answers["far"])
}

function places_out(   a, n, known, e, kind)
{
	for (e in endpoint)
		n++
	print "endpoints", n + 0
	n = 0
	for (a in continent) {
		n++
		known += a in located
		kind = a in nonprobe ? "nonprobe" : "probe"
		only_probed += kind == "probe"
		europe[kind] += continent[a] == "Europe"
		america[kind] += continent[a] == "America NO"
	}
	print "addresses", n + 0
	print "probe addresses", only_probed + 0
	print "located addresses", known + 0
	percent("located", known, n)
	ratio("europe probe", europe["probe"], america["probe"])
	ratio("europe nonprobe", europe["nonprobe"], america["nonprobe"])
}

function percent(name, part, whole)
{
	print name, whole ? sprintf("%.1f", 100 * part / whole) : "-"
}

function ratio(name, a, b)
{
	print name, b ? sprintf("%.2f", a / b) : "-"
}
