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

END {
	block("chi")
	block("bayes")
	block("score")
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
