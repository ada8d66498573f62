# kinds.awk: counts by kind of the pair, for tab1 and timeout:
#	KIND PAIRS FLOWS PACKETS	for probe, heartbeat, dialog, mix
#	single FLOWS ALL		source flows of one packet, and all
#
# Packets are those of the side: the direction whose sender is internal, the
# initiator's where both or neither end is.  A pair is its protocol and both
# endpoints, for TCP without the initiator's port.

function columns()
{
	class_columns()
	SRC = col("src"); SPORT = col("sport")
	DST = col("dst"); DPORT = col("dport")
	DIR = col("dir"); PAIR = col("pair")
	PKTS = col("pkts"); RPKTS = col("rpkts")
}

counts() {
	flows[$PAIR]++
	packets[$PAIR] += $DIR == "in" ? $RPKTS : $PKTS
	k = pair()
	if (!(k in seen)) {
		seen[k]
		pairs[$PAIR]++
	}
	all += ($PKTS > 0) + ($RPKTS > 0)
	single += ($PKTS == 1) + ($RPKTS == 1)
}

END {
	n = split("probe heartbeat dialog mix", kind, " ")
	for (i = 1; i <= n; i++)
		print kind[i], pairs[kind[i]] + 0, flows[kind[i]] + 0, \
			packets[kind[i]] + 0
	print "single", single + 0, all + 0
}

function pair(   a, b)
{
	a = $PROTOCOL == "tcp" ? $SRC : initiator()
	b = responder()
	if ($PROTOCOL == "tcp" || a < b)
		return $PROTOCOL " " a " " b
	return $PROTOCOL " " b " " a
}
