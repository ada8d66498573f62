# gap-pairs.awk: what gaps.sh looks at: the UDP pairs that have signaling and no
# call.  Flows of one cid mostly stand together, and alike ones count once.

function columns()
{
	class_columns()
	CID = col("cid")
	end_columns()
}

$PROTOCOL != "udp" { next }

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
	print "#cid", "src", "sport", "dst", "dport"
	for (cid in ends)
		if (!(cid in calls))
			print cid, ends[cid]
}
