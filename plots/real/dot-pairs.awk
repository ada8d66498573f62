# dot-pairs.awk: which of the numbers of a client's peers in the published dots of
# Fig. 3 may be one and the same peer.  Above 0 peers are numbered in the order in
# which the client first sent to them, below in that in which they first sent to
# it; the figure does not say which number below is which above.  Input: a file
# of dots (hours, signed number, dots).  Output, for each number of either side
# with at most 60 places between them:
#	LIKENESS SHARED APART BELOW ABOVE
# likeness, 0 to 1, is the mean of the shares of each one's moments at which the
# other has a dot too, at most TOLERANCE seconds away.

BEGIN {
	FS = ","
	OFS = "\t"
	TOLERANCE = 2
}

{
	side = $2 < 0 ? "below" : "above"
	if (!((side, $2) in known)) {
		known[side, $2]
		height[side, ++numbers[side]] = $2 + 0
	}
	moment[side, $2, ++moments[side, $2]] = $1 * 3600
}

END {
	rank("below")
	rank("above")
	for (j = 1; j <= numbers["below"]; j++)
		for (k = j - 60; k <= j + 60; k++)
			if (k >= 1 && k <= numbers["above"])
				compare(height["below", j], height["above", k], \
					j < k ? k - j : j - k)
}

# Heights by their distance from 0: they come nearly in that order.
function rank(side,   i, k, v)
{
	for (i = 2; i <= numbers[side]; i++) {
		v = height[side, i]
		for (k = i; k > 1 && farther(height[side, k - 1], v); k--)
			height[side, k] = height[side, k - 1]
		height[side, k] = v
	}
}

function farther(a, b)
{
	return a * a > b * b
}

function compare(b, a, apart,   shared, back)
{
	shared = common("below", b, "above", a)
	if (!shared)
		return
	back = common("above", a, "below", b)
	printf "%.6f\t%d\t%d\t%s\t%s\n", (shared / moments["below", b] + \
		back / moments["above", a]) / 2, shared, apart, b, a
}

# How many moments of one are moments of the other; both rise.
function common(s, p, t, q,   i, k, n, mine, theirs, all, most, at, then)
{
	mine = s SUBSEP p SUBSEP
	theirs = t SUBSEP q SUBSEP
	all = moments[s, p]
	most = moments[t, q]
	k = 1
	then = moment[theirs k]
	for (i = 1; i <= all; i++) {
		at = moment[mine i]
		while (k < most && then < at - TOLERANCE)
			then = moment[theirs (++k)]
		if (then >= at - TOLERANCE && then <= at + TOLERANCE)
			n++
	}
	return n + 0
}
