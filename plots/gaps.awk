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

# Packets are many: a pair is looked up by the four columns as they stand, and
# has a number.
{ direction = $SRC "\t" $SPORT "\t" $DST "\t" $DPORT }

pass == 1 && $PROTOCOL == "udp" {
	if (!(direction in number))
		number[direction] = \
			number[$DST "\t" $DPORT "\t" $SRC "\t" $SPORT] = ++pairs
	if ($CLASS == "sig")
		wanted[number[direction]] = 1
	else if ($CLASS != "-")
		call[number[direction]] = 1
	next
}

direction in number {
	pair = number[direction]
	if (!(pair in wanted) || pair in call)
		next
	t = us($TIME)
	gap = t - last[pair]
	if (last[pair] && gap <= IDLE * 1000000) {
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
