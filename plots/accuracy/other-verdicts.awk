# other-verdicts.awk: flows of a capture by skypeclass's verdict.  Stands
# behind columns.awk.

function columns()
{
	CLASS = col("class")
	PKTS = col("pkts"); RPKTS = col("rpkts")
	BYTES = col("bytes"); RBYTES = col("rbytes")
}

{
	flows[$CLASS]++
	packets[$CLASS] += $PKTS + $RPKTS
	bytes[$CLASS] += $BYTES + $RBYTES
}

END {
	for (c in flows)
		print "real", "real", name, c, flows[c], packets[c], bytes[c]
}
