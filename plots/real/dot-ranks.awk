# dot-ranks.awk: the published dots of a client of Fig. 3, in order of time, in the
# form of fig3's data: hours, and the signed rank of the peer on its side.  Command
# line: side, the name of the block.

BEGIN {
	FS = ","
	OFS = "\t"
	print "# " side
}

{
	up = $2 > 0
	if (!((up, $2) in rank))
		rank[up, $2] = ++ranks[up]
	printf "%.6f\t%d\n", ($1 > 0 ? $1 : 0), \
		(up ? 1 : -1) * rank[up, $2]
}

END {
	print ""
	print ""
}
