# mean.awk: out of fig1's data the mean of C(p,i).

BEGIN {
	FS = OFS = "\t"
}

/^#/ { wanted = $0 ~ /^# cpi/; next }

wanted && NF == 2 && $1 != "NaN" {
	mean += $1 * ($2 - below)
	below = $2
}

END {
	print "peers in 5 min", below ? sprintf("%.1f", mean) : "-"
}
