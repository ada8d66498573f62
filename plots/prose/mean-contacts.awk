# mean-contacts.awk: out of fig1's data the mean of C(p,i) and the number of intervals.

BEGIN {
	FS = OFS = "\t"
}

/^#/ {
	split($0, word, " ")
	if (wanted = word[2] == "cpi")
		intervals = word[3]
	next
}

wanted && NF == 2 && $1 != "NaN" {
	mean += $1 * ($2 - below)
	below = $2
}

END {
	print "intervals", intervals + 0
	print "peers in 5 min", below ? sprintf("%.1f", mean) : "-"
}
