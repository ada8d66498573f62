# What rttcalc computes, with times as texts: seconds and microseconds are
# subtracted apart.  awk -v most=10 for -m 10.

# In microseconds; -1 when there is none.
function between(from, to,    a, b)
{
	if (from == "-" || to == "-")
		return -1
	split(from, a, ".")
	split(to, b, ".")
	return (b[1] - a[1]) * 1000000 + (b[2] - a[2])
}

BEGIN { FS = OFS = "\t" }

NR == 1 {
	line = $0
	sub(/^#/, "", line)
	n = split(line, name, "\t")
	for (k = 1; k <= n; k++)
		at[name[k]] = k
	print $0, "rtt"
	next
}

{
	d = $at["dir"] == "in" ? between($at["ask2"], $at["turn"]) \
	    : between($at["ask"], $at["reply"])
	if (d < 0 || d > most * 1000000)
		print $0, "-"
	else
		print $0, int(d / 1000) "." substr(1000 + d % 1000, 2)
}
