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
	flatten("below", low, low_end)
	flatten("above", high, high_end)
	for (j = 1; j <= numbers["below"]; j++)
		for (k = j - 60; k <= j + 60; k++)
			if (k >= 1 && k <= numbers["above"])
				compare(j, k, j < k ? k - j : j - k)
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

# The moments of a side one behind the other, and where each one's end.
function flatten(side, all, end,   i, k, n)
{
	end[0] = 0
	for (i = 1; i <= numbers[side]; i++) {
		for (k = 1; k <= moments[side, height[side, i]]; k++)
			all[++n] = moment[side, height[side, i], k]
		end[i] = n
	}
}

function compare(b, a, apart,   shared, back)
{
	shared = common(low, low_end[b - 1] + 1, low_end[b], \
		high, high_end[a - 1] + 1, high_end[a])
	if (!shared)
		return
	back = common(high, high_end[a - 1] + 1, high_end[a], \
		low, low_end[b - 1] + 1, low_end[b])
	printf "%.6f\t%d\t%d\t%s\t%s\n", \
		(shared / (low_end[b] - low_end[b - 1]) + \
		back / (high_end[a] - high_end[a - 1])) / 2, \
		shared, apart, height["below", b], height["above", a]
}

# How many moments of one are moments of the other; both rise.
function common(mine, i, all, theirs, k, most,   n, at, then)
{
	then = theirs[k]
	if (mine[all] < then - TOLERANCE || theirs[most] < mine[i] - TOLERANCE)
		return 0
	for (; i <= all; i++) {
		at = mine[i]
		while (k < most && then < at - TOLERANCE)
			then = theirs[++k]
		if (then >= at - TOLERANCE && then <= at + TOLERANCE)
			n++
	}
	return n + 0
}
