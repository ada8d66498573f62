# rtt-holding.awk: round-trip times in ms by kind of the pair, in bins of 1/400
# decade, and holding times of voice calls over UDP in s, as counts for
# distributions.awk; x is a bin's upper end.

function columns()
{
	class_columns()
	RTT = col("rtt"); PAIR = col("pair")
	START = col("start"); STOP = col("end")
}

counts() && $RTT != "-" && $RTT > 0 {
	seen[$PAIR == "probe" ? "rtt-probe" : "rtt-nonprobe", \
		ceiling(400 * log($RTT) / log(10))]++
}

$CLASS == "voice" && $PROTOCOL == "udp" {
	seen["holding", ceiling(lasts($START, $STOP) / 1000000)]++
}

END {
	for (i in seen) {
		split(i, key, SUBSEP)
		print key[1], key[1] == "holding" ? key[2] : sprintf("%.6g", \
			exp(key[2] / 400 * log(10))), seen[i]
	}
}

function ceiling(x)
{
	return int(x) < x ? int(x) + 1 : int(x)
}
