# gaps.awk: the longest regular gap between packets of one flow: the longest
# whole number of seconds that, rounded, at least one in a thousand gaps has.
# Input: the pairs that count, of gap-pairs.awk, then packet records; a gap
# above IDLE seconds parts two flows.  Packets are many: a pair is looked up by
# its four columns as they stand, and has a number.

function columns()
{
	end_columns()
	if (pass == 2)
		TIME = col("time")
}

pass == 1 {
	number[$SRC OFS $SPORT OFS $DST OFS $DPORT] = ++pairs
	number[$DST OFS $DPORT OFS $SRC OFS $SPORT] = pairs
	next
}

{ direction = $SRC OFS $SPORT OFS $DST OFS $DPORT }

direction in number {
	pair = number[direction]
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
