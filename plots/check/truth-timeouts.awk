# truth-timeouts.awk: kinds of pairs for idle timeouts of 200 s and more, out of
# the truth: flows of one pair with less silence between them become one, but
# for connections, and pairs are what their flows then are.  Input: signaling and
# calls by pair and time: PAIR START END SIDE PKTS RPKTS CALL CONNECTION, times in
# microseconds, side the packets of the internal end.  Output as kinds.tsv, after
# the timeout.

BEGIN {
	FS = OFS = "\t"
	timeouts = split("200 400 1000 inf", timeout, " ")
	split("probe heartbeat dialog mix", kind, " ")
}

$1 != pair {
	pair_ends()
	pair = $1
}

{
	n++
	from[n] = $2 + 0
	to[n] = $3 + 0
	side[n] = $4 + 0
	a[n] = $5 + 0
	b[n] = $6 + 0
	call[n] = $7 + 0
	apart[n] = $8 + 0
}

END {
	pair_ends()
	for (t = 1; t <= timeouts; t++) {
		for (k = 1; k <= 4; k++)
			print timeout[t], kind[k], pairs[t, kind[k]] + 0, \
				flows[t, kind[k]] + 0, packets[t, kind[k]] + 0
		print timeout[t], "single", single[t] + 0, sources[t] + 0
	}
}

function pair_ends(   t)
{
	for (t = 1; t <= timeouts && n; t++)
		count(t, timeout[t] == "inf" ? 1e18 : timeout[t] * 1000000)
	n = 0
}

# The pair's flows with a timeout of so many microseconds, calls left out.
function count(t, limit,   i, end, s, x, y, calls, joined, all, many, what)
{
	for (i = 1; i <= n + 1; i++) {
		if (i > 1 && (i > n || apart[i] || from[i] - end > limit)) {
			if (!calls) {
				joined++
				all += s
				many += s > 1
				sources[t] += (x > 0) + (y > 0)
				single[t] += (x == 1) + (y == 1)
			}
			end = s = x = y = calls = 0
		}
		if (i > n)
			break
		if (to[i] > end)
			end = to[i]
		s += side[i]
		x += a[i]
		y += b[i]
		calls += call[i]
	}
	if (!joined)
		return
	what = many == joined ? "dialog" : (many ? "mix" : \
		(joined == 1 ? "probe" : "heartbeat"))
	pairs[t, what]++
	flows[t, what] += joined
	packets[t, what] += all
}
