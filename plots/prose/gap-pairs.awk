# gap-pairs.awk: what gaps.sh looks at: the UDP pairs that have signaling and no
# call, to the file `pairs'; and, if it is not all packets, which part of the
# flows, 1/n so that it is at most two million packets.

function columns()
{
	class_columns()
	SRC = col("src"); SPORT = col("sport")
	DST = col("dst"); DPORT = col("dport")
	PKTS = col("pkts"); RPKTS = col("rpkts")
}

$PROTOCOL != "udp" { next }

{
	packets += $PKTS + $RPKTS
	pair = $SRC OFS $SPORT OFS $DST OFS $DPORT
	back = $DST OFS $DPORT OFS $SRC OFS $SPORT
	if (back in signals)
		pair = back
	if ($CLASS == "sig" && signals[pair] == "")
		signals[pair] = 1
	else if ($CLASS != "-" && $CLASS != "sig")
		signals[pair] = 0
}

END {
	print "#src", "sport", "dst", "dport" >pairs
	for (pair in signals)
		if (signals[pair])
			print pair >pairs
	n = int(packets / 2000000) + 1
	if (n > 1)
		print "1/" n
}
