# truth-growth.awk: what prose/peer-growth.awk computes, from the truth.  Input:
# side and microseconds of each first contact, in order.  The hours are those
# that fig3's data print.

BEGIN {
	FS = OFS = "\t"
}

{
	k = ++n[$1]
	x = sprintf("%.6f", $2 / 3600000000) + 0
	sums[$1, "x"] += x
	sums[$1, "y"] += k
	sums[$1, "xx"] += x * x
	sums[$1, "yy"] += k * k
	sums[$1, "xy"] += x * k
	bin[$1] = int(x * 12)
	fresh[$1, bin[$1]]++
}

END {
	put("left")
	put("right")
}

function put(s,   x, y, both, squares, i)
{
	x = n[s] * sums[s, "xx"] - sums[s, "x"] ^ 2
	y = n[s] * sums[s, "yy"] - sums[s, "y"] ^ 2
	both = n[s] * sums[s, "xy"] - sums[s, "x"] * sums[s, "y"]
	print "growth " s, (x > 0 && y > 0 ? \
		sprintf("%.3f", both * both / (x * y)) : "-")
	for (i = 0; i <= bin[s]; i++)
		squares += fresh[s, i] ^ 2
	print "growth " s " spread", n[s] ? \
		sprintf("%.1f", squares / n[s] - n[s] / (bin[s] + 1)) : "-"
	print "growth " s " login", n[s] ? fresh[s, 0] + 0 : "-"
}
