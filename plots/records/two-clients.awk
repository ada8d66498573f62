# two-clients.awk: chooses the two clients of fig3.  Input: what client-packets.awk
# writes, sorted.

BEGIN {
	FS = OFS = "\t"
}

$3 > 0 && !$4 && $2 > most {
	most = $2
	left = $5 OFS $6 OFS $7
}

$3 > 0 && $4 {
	right[n++] = $5 OFS $6 OFS $7
}

END {
	if (most)
		print "left", left
	if (n)
		print "right", right[(seed * 1103515245 + 12345) % 2147483648 % n]
}
