# threshold-curves.awk: shares of what is missed and of what is false at each
# threshold, in blocks for accuracy.gp, from the counts of accuracy.sh.

BEGIN {
	FS = OFS = "\t"
	total_of["chi"] = total_of["bayes"] = "flows"
	total_of["score"] = "udp"
}

$1 == "all" && $2 == "curve" {
	passed[$3, $4, $5] += $(NF - 2)
	if (!(($3, $4) in seen) && $3 in total_of) {
		seen[$3, $4]
		at[$3, ++points[$3]] = $4
	}
}

# Endpoints by score, in bins of 2 bits; those beyond are in the last ones.
$1 == "all" && $2 == "endpoint" {
	bin = 2 * int(($5 + 1000) / 2) - 1000
	bin = bin < -20 ? -20 : bin > 28 ? 28 : bin
	endpoints[bin, $3] += $(NF - 2)
}

END {
	block("chi")
	block("bayes")
	block("score")
	reliability()
}

function block(what,   i, t)
{
	print "# " what
	rise(what, points[what])
	for (i = 1; i <= points[what]; i++) {
		t = at[what, i]
		print t, missed(what, t), false(what, t)
	}
	print "\n"
}

function rise(what, n,   i, j, t)
{
	for (i = 2; i <= n; i++) {
		t = at[what, i]
		for (j = i; j > 1 && at[what, j - 1] + 0 > t + 0; j--)
			at[what, j] = at[what, j - 1]
		at[what, j] = t
	}
}

function missed(what, t,   all)
{
	all = passed[total_of[what], "-", 1]
	return all ? 1 - passed[what, t, 1] / all : "NaN"
}

function false(what, t,   all)
{
	all = passed[total_of[what], "-", 0]
	return all ? passed[what, t, 0] / all : "NaN"
}

# The share of Skype's in each bin, with 95 % limits (Wilson), and how many it
# has.
function reliability(   bin, n, p, z, mid, half)
{
	print "# reliability"
	z = 1.96
	for (bin = -20; bin <= 28; bin += 2) {
		n = endpoints[bin, 0] + endpoints[bin, 1]
		if (!n)
			continue
		p = endpoints[bin, 1] / n
		mid = (p + z * z / (2 * n)) / (1 + z * z / n)
		half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / \
			(1 + z * z / n)
		print bin + 1, p, mid - half, mid + half, n
	}
	print "\n"
}
