# fig6.awk: round-trip times by kind of the pair, as counts for distributions.awk, in
# bins of 1/40 decade from 10 to 1000 ms (x is the bin's lower end; below 10
# it is 0).  Bins without a value are there too.

BEGIN {
	edge[-1] = 0
	for (k = 0; k <= 80; k++)
		edge[k] = sprintf("%.6g", 10 * exp(k / 40 * log(10)))
	for (k in edge)
		limit[k] = edge[k] + 0
}

function columns()
{
	class_columns()
	RTT = col("rtt"); PAIR = col("pair")
}

counts() && $RTT != "-" {
	if ($PAIR == "probe")
		probe[bin($RTT + 0)]++
	else
		nonprobe[bin($RTT + 0)]++
}

END {
	for (k = -1; k <= 80; k++) {
		print "probe", edge[k], probe[k] + 0
		print "nonprobe", edge[k], nonprobe[k] + 0
	}
}

function bin(ms,   k)
{
	if (ms < 10)
		return -1
	if (ms >= 1000)
		return 80
	k = int(40 * log(ms / 10) / log(10))
	while (ms >= limit[k + 1])
		k++
	while (ms < limit[k])
		k--
	return k
}
