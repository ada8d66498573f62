# client-contacts.awk: whom a client contacted when, out of what contacts.awk writes
# to `firsts' and `sent':
#	contact CLIENT INTERVAL PEER BEGUN	(each at least once)
# Interval i is the i-th 300 s since the first signaling packet that it sent; a
# flow counts in each interval from the first packet the client sent in it to the
# last.

BEGIN {
	FS = OFS = "\t"
}

NF == 2 {
	first[$1] = us($2)
	next
}

{
	from = us($2)
	n = $3 "" == $2 "" ? from : us($3)
	n = int((n - first[$1]) / 300000000)
	for (i = int((from - first[$1]) / 300000000); i <= n; i++)
		print "contact", $1, i + 1, $4, $5
}

function us(t)
{
	return int((length(t) > 17 ? substr(t, 1, 17) : t) * 1000000 + 0.5)
}
