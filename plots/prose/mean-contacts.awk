# mean-contacts.awk: numbers of the prose out of fig1's data: the mean of C(p,i),
# how many intervals there are, in how many, %, C is at most 30 and above 75, and
# how many clients, %, send at most 100 bit/s.

BEGIN {
	FS = OFS = "\t"
}

/^#/ {
	split($0, word, " ")
	block = word[2]
	if (block == "cpi")
		intervals = word[3]
	next
}

NF != 2 || $1 == "NaN" { next }

block == "bitrate" {
	clients = 1
	if ($1 + 0 <= 100)
		slow = $2
}

block == "cpi" {
	mean += $1 * ($2 - below)
	below = $2
	if ($1 + 0 <= 30)
		few = $2
	if ($1 + 0 <= 75)
		most = $2
}

END {
	print "intervals", intervals + 0
	print "peers in 5 min", below ? sprintf("%.1f", mean) : "-"
	print "peers 30", below ? sprintf("%.1f", 100 * few) : "-"
	print "peers above 75", below ? sprintf("%.1f", 100 * (1 - most)) : "-"
	print "bitrate 100", clients ? sprintf("%.1f", 100 * slow) : "-"
}
