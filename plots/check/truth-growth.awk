# truth-growth.awk: the R^2 of the line through (hours, k) of first contacts.
# Input: side and microseconds of each, in order.

BEGIN {
	FS = OFS = "\t"
}

{
	k = ++n[$1]
	x = $2 / 3600000000
	sums[$1, "x"] += x
	sums[$1, "y"] += k
	sums[$1, "xx"] += x * x
	sums[$1, "yy"] += k * k
	sums[$1, "xy"] += x * k
}

END {
	put("left")
	put("right")
}

function put(s,   x, y, both)
{
	x = n[s] * sums[s, "xx"] - sums[s, "x"] ^ 2
	y = n[s] * sums[s, "yy"] - sums[s, "y"] ^ 2
	both = n[s] * sums[s, "xy"] - sums[s, "x"] * sums[s, "y"]
	print "growth " s, (x > 0 && y > 0 ? \
		sprintf("%.3f", both * both / (x * y)) : "-")
}
