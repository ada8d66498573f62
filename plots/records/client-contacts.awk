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

$1 != client {
	client = $1 ""
	begun = first[client]
}

{
	i = interval($2)
	n = $3 "" == $2 "" ? i : interval($3)
	for (; i <= n; i++)
		print "contact", client, i, $4, $5
}

function interval(t)
{
	return int((us(t) - begun) / 300000000) + 1
}

function us(t)
{
	return int((length(t) > 17 ? substr(t, 1, 17) : t) * 1000000 + 0.5)
}
