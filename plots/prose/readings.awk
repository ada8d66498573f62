# readings.awk: numbers by the readings of the paper's words that the figures do
# not use, `name TAB value`, and who exchanged packets with whom, to the file
# `exchanged': WHERE KIND ENDPOINT PEER, one row for each flow.  Stands behind
# listed-endpoints.awk; reads endpoints, then flows.

function columns()
{
	if (pass == 1)
		return listed_columns()
	flow_columns()
	PAIR = col("pair"); RTT = col("rtt")
	BYTES = col("bytes"); RBYTES = col("rbytes")
}

pass == 1 { listed(); next }

$CLASS == "-" || $DIR == "ext" { next }

{
	address = $DIR == "in" ? $DST : $SRC
	octets[address] += $BYTES + $RBYTES
	if ($CLASS == "sig")
		signaling[address] += $BYTES + $RBYTES
}

!counts() { next }

{
	mine = $DIR == "in" ? responder() : initiator()
	theirs = $DIR == "in" ? initiator() : responder()
	kind = $PAIR == "probe" ? "probe" : "nonprobe"
	if (mine in is_listed && ($DIR == "in" ? $RPKTS : $PKTS) > 0)
		client[address]
}

$DIR != "int" && $PKTS > 0 && $RPKTS > 0 {
	print "external", kind, theirs, mine >exchanged
	print "internal", kind, mine, theirs >exchanged
}

$DIR != "int" {
	if (kind == "nonprobe") {
		endpoint[theirs]
		other[$DIR == "in" ? $SRC : $DST]
	}
	if (!((mine, theirs) in began) || $START < began[mine, theirs]) {
		began[mine, theirs] = $START
		by[mine, theirs] = $DIR
	}
}

$RTT != "-" && !((mine, theirs) in timed) {
	timed[mine, theirs]
	answers[kind]++
	quick[kind] += $RTT < 100
}

END {
	printf "" >exchanged
	for (a in client) {
		n++
		most += signaling[a] > 0.99 * octets[a]
		few += signaling[a] <= 0.05 * octets[a]
	}
	percent("mostly signaling, TCP too", most, n)
	percent("mostly calls, TCP too", few, n)
	percent("quick probes, a pair once", quick["probe"], answers["probe"])
	percent("quick others, a pair once", quick["nonprobe"], \
		answers["nonprobe"])
	for (p in by) {
		pairs++
		outside += by[p] == "in"
	}
	percent("begun outside", outside, pairs)
	n = 0
	for (e in endpoint)
		n++
	print "nonprobe endpoints", n
	n = 0
	for (e in other)
		n++
	print "nonprobe addresses", n
}

function percent(name, part, whole)
{
	print name, whole ? sprintf("%.1f", 100 * part / whole) : "-"
}
