# truth-timeouts.awk: kinds of pairs for idle timeouts of 200 s and more, out of
# the truth: flows of one pair with less silence between them become one, and
# pairs are what their flows then are.  Input: signaling and calls over UDP by
# pair and time: PAIR START END SIDE PKTS RPKTS CALL, times in microseconds,
# side the packets of the internal end.  Output as kinds.tsv, after the timeout.

BEGIN {
	FS = OFS = "\t"
	timeouts = split("200 400 1000 inf", timeout, " ")
	split("probe heartbeat dialog mix", kind, " ")
}

$1 != pair {
	for (t = 1; t <= timeouts; t++)
		pair_ends(t)
	pair = $1
}

{
	for (t = 1; t <= timeouts; t++)
		piece(t)
}

END {
	for (t = 1; t <= timeouts; t++) {
		pair_ends(t)
		for (k = 1; k <= 4; k++)
			print timeout[t], kind[k], pairs[t, kind[k]] + 0, \
				flows[t, kind[k]] + 0, packets[t, kind[k]] + 0
		print timeout[t], "single", single[t] + 0, sources[t] + 0
	}
}

function piece(t)
{
	if (open[t] && (timeout[t] == "inf" || \
	    $2 - end[t] <= timeout[t] * 1000000)) {
		if ($3 > end[t])
			end[t] = $3
	} else {
		flow_ends(t)
		open[t] = 1
		end[t] = $3
		side[t] = a[t] = b[t] = call[t] = 0
	}
	side[t] += $4
	a[t] += $5
	b[t] += $6
	call[t] += $7
}

function flow_ends(t)
{
	if (open[t] && !call[t]) {
		n[t]++
		n_packets[t] += side[t]
		many[t] += side[t] > 1
		sources[t] += (a[t] > 0) + (b[t] > 0)
		single[t] += (a[t] == 1) + (b[t] == 1)
	}
	open[t] = 0
}

function pair_ends(t,   what)
{
	flow_ends(t)
	if (n[t]) {
		what = many[t] == n[t] ? "dialog" : (many[t] ? "mix" : \
			(n[t] == 1 ? "probe" : "heartbeat"))
		pairs[t, what]++
		flows[t, what] += n[t]
		packets[t, what] += n_packets[t]
	}
	n[t] = n_packets[t] = many[t] = 0
}
