# gap-pairs.awk: what gaps.sh looks at: the UDP pairs that have signaling and no
# call, to the file `pairs'; and, if it is not all packets, which part of the
# flows, 1/n so that it is at most two million packets.

function columns()
{
	class_columns()
	CID = col("cid")
	end_columns()
	PKTS = col("pkts"); RPKTS = col("rpkts")
}

$PROTOCOL != "udp" { next }

{ packets += $PKTS + $RPKTS }

$CLASS == "sig" {
	if ($CID != cid) {
		cid = $CID ""
		if (!(cid in ends))
			ends[cid] = $SRC OFS $SPORT OFS $DST OFS $DPORT
	}
	next
}

$CLASS != "-" { calls[$CID] }

END {
	print "#cid", "src", "sport", "dst", "dport" >pairs
	for (cid in ends)
		if (!(cid in calls))
			print cid, ends[cid] >pairs
	n = int(packets / 2000000) + 1
	if (n > 1)
		print "1/" n
}
