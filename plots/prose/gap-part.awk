# gap-part.awk: which part of the UDP flows gaps.sh asks the packets of, 1/n, so
# that it is at most two million packets; nothing if it is all.

function columns()
{
	PROTOCOL = col("proto")
	PKTS = col("pkts"); RPKTS = col("rpkts")
}

$PROTOCOL == "udp" { packets += $PKTS + $RPKTS }

END {
	n = int(packets / 2000000) + 1
	if (n > 1)
		print "1/" n
}
