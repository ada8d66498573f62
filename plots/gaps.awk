# gaps.awk: the longest regular gap between packets of one flow: the longest
# whole number of seconds that, rounded, at least one in a thousand gaps has.
# Input: flows.tsv, then packet records.  Only pairs that have signaling and
# no call count; a gap above IDLE seconds parts two flows.

function columns()
{
	SRC = col("src"); SPORT = col("sport")
	DST = col("dst"); DPORT = col("dport")
	if (pass == 1)
		class_columns()
	else
		TIME = col("time")
}

{
	a = initiator()
	b = responder()
	pair = a < b ? a " " b : b " " a
}

pass == 1 && $PROTOCOL == "udp" {
	if ($CLASS == "sig")
		wanted[pair]
	else if ($CLASS != "-")
		call[pair]
	next
}

pair in wanted && !(pair in call) {
	t = us($TIME)
	gap = t - last[pair]
	if (pair in last && gap <= IDLE * 1000000) {
		seen[int(gap / 1000000 + 0.5)]++
		gaps++
	}
	last[pair] = t
}

END {
	for (s = IDLE; s >= 0 && gaps; s--)
		if (seen[s] >= gaps / 1000)
			break
	print "regular gap", gaps ? s : "-"
}
