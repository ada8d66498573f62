# fig2.awk: source flows by packets and by duration, as counts for distributions.awk.
# Both directions of every flow, those without a packet left out.  Durations
# are binned on 50 points a decade, each holding those not above it, so that
# the shares above the points are exact.

BEGIN {
	for (k = -100; k <= 201; k++) {
		point[k] = sprintf("%.6g", exp(k / 50 * log(10)))
		limit[k] = point[k] * 1000000
	}
}

function columns()
{
	class_columns()
	START = col("start"); REPLY = col("reply")
	PKTS = col("pkts"); RPKTS = col("rpkts")
	LAST = col("last"); RLAST = col("rlast")
}

counts() {
	if ($PKTS > 0)
		source_flow($PKTS, START, LAST)
	if ($RPKTS > 0)
		source_flow($RPKTS, $REPLY == "-" ? START : REPLY, RLAST)
}

END {
	duration[-100] += none_long
	print "length", 1, 0
	for (n in length_of)
		print "length", n, length_of[n]
	for (k = -100; k <= 201; k++)
		if (k == -100 || duration[k])
			print "duration", point[k], duration[k] + 0
}

# With the columns of the first packet's time and the last one's.
function source_flow(packets, first, last)
{
	length_of[packets]++
	if ($first "" == $last "")
		none_long++
	else
		duration[bin(us($last) - us($first))]++
}

# The lowest point that is not below d microseconds.
function bin(d,   k)
{
	if (d <= limit[-100])
		return -100
	k = int(50 * log(d / 1000000) / log(10))
	if (k > 200)
		return 201
	while (limit[k] < d && k < 201)
		k++
	while (k > -100 && limit[k - 1] >= d)
		k--
	return k
}
