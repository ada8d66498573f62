# made-verdicts.awk: verdicts on the flows of made-calls.awk, counted.  Stands
# behind columns.awk; reads rows of skypeclass -a.  Writes
# `made kind verdict flows packets bytes`.

function columns()
{
	MADE = col("made"); CLASS = col("class")
	PKTS = col("pkts"); BYTES = col("bytes")
}

$MADE != "probe" {
	k = $MADE FS $CLASS
	n[k]++
	packets[k] += $PKTS
	bytes[k] += $BYTES
}

END {
	for (k in n)
		printf "made\t%s\t%d\t%.0f\t%.0f\n", k, n[k], packets[k], \
			bytes[k]
}
