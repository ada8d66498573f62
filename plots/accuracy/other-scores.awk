# other-scores.awk: endpoints of a capture by their score in whole bits, rounded
# down.  Stands behind columns.awk; reads rows of skypeclass -e.

function columns()
{
	SCORE = col("score")
}

{
	s = $SCORE < -1000 ? -1000 : $SCORE + 0
	n[s < 0 && s != int(s) ? int(s) - 1 : int(s)]++
}

END {
	for (bits in n)
		print "real", "endpoint", 0, name, bits, n[bits], 0, 0
}
