# kinds.awk: counts by kind of the pair, for tab1:
#	KIND PAIRS FLOWS PACKETS	for probe, heartbeat, dialog, mix
#	single FLOWS ALL		source flows of one packet, and all
#
# Packets are those of the side: the direction whose sender is internal, the
# initiator's where both or neither end is.  A pair is its protocol and both
# endpoints, for TCP without the initiator's port.  Rows of one cid, if there is
# one, are of one pair.

function columns()
{
	class_columns()
	DIR = col("dir"); PAIR = col("pair")
	CID = "cid" in at ? at["cid"] : 0
	if (!CID || PROTO != "udp")
		end_columns()
	PKTS = col("pkts"); RPKTS = col("rpkts")
}

counts() {
	pkts = $PKTS + 0
	rpkts = $RPKTS + 0
	flows[$PAIR]++
	packets[$PAIR] += $DIR == "in" ? rpkts : pkts
	if (!CID || $CID "" != cid)
		of_pair()
	all += (pkts > 0) + (rpkts > 0)
	single += (pkts == 1) + (rpkts == 1)
}

END {
	n = split("probe heartbeat dialog mix", kind, " ")
	for (i = 1; i <= n; i++)
		print kind[i], pairs[kind[i]] + 0, flows[kind[i]] + 0, \
			packets[kind[i]] + 0
	print "single", single + 0, all + 0
}

function of_pair(   k)
{
	k = pair()
	if (!(k in seen)) {
		seen[k]
		pairs[$PAIR]++
	}
	cid = $CID ""
}

function pair(   a, b)
{
	if (CID && $PROTOCOL == "udp")
		return $CID
	a = $PROTOCOL == "tcp" ? $SRC : initiator()
	b = responder()
	if ($PROTOCOL == "tcp" || a < b)
		return $PROTOCOL " " a " " b
	return $PROTOCOL " " b " " a
}
