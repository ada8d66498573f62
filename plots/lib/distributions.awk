# distributions.awk: distributions out of counts.  Input: `name TAB x TAB n` (x seen n
# times), in order of name and x.  Output: for each name in cdf, ccdf and pdf
# (words on the command line) a block that gnuplot finds by its name,
#
#	# name total
#	x TAB y
#
# where total is the number of values and y is the share of values <= x (cdf), > x (ccdf) or = x (pdf).  A name
# without values gives one row "NaN NaN".

BEGIN {
	FS = OFS = "\t"
}

{
	k = rows[$1]
	if (!k || x[$1, k] != $2) {
		k = ++rows[$1]
		x[$1, k] = $2
	}
	n[$1, k] += $3
	total[$1] += $3
}

END {
	blocks(cdf, 1, 0)
	blocks(ccdf, 1, 1)
	blocks(pdf, 0, 0)
}

function blocks(names, sum, rest,   name, m, i)
{
	m = split(names, name, " ")
	for (i = 1; i <= m; i++)
		block(name[i], sum, rest)
}

function block(name, sum, rest,   k, y)
{
	if (begun++)
		printf "\n\n"
	printf "# %s %d\n", name, total[name]
	if (!total[name]) {
		print "NaN", "NaN"
		return
	}
	for (k = 1; k <= rows[name]; k++) {
		y = sum ? y + n[name, k] : n[name, k]
		printf "%s\t%.9f\n", x[name, k], \
			(rest ? total[name] - y : y) / total[name]
	}
}
