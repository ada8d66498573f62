# peer-growth.awk: how the number of peers grows that a client of fig3 sent to.
# Input: fig3's data.  Output, `name TAB value` for left and right:
#	growth SIDE		R^2 of the line through (hours, k) of first contacts
#	growth SIDE spread	variance over mean of the peers new in five minutes,
#				up to the last new one; 1 if they come by chance
#	growth SIDE login	peers new in the first five minutes
# check/truth-growth.awk computes the same from the truth.

BEGIN {
	FS = OFS = "\t"
}

/^#/ { sub(/^# */, ""); side = $1; most = 0; next }

NF != 2 || $1 == "NaN" { next }

$2 > most {
	most = $2
	n[side]++
	x[side] += $1
	y[side] += $2
	xx[side] += $1 * $1
	yy[side] += $2 * $2
	xy[side] += $1 * $2
	last[side] = int($1 * 12)
	fresh[side, last[side]]++
}

END {
	put("left")
	put("right")
}

function put(s,   a, b, c)
{
	a = n[s] * xx[s] - x[s] * x[s]
	b = n[s] * yy[s] - y[s] * y[s]
	c = n[s] * xy[s] - x[s] * y[s]
	print "growth " s, (a > 0 && b > 0 ? sprintf("%.3f", c * c / (a * b)) : "-")
	print "growth " s " spread", n[s] ? sprintf("%.1f", spread(s)) : "-"
	print "growth " s " login", n[s] ? fresh[s, 0] + 0 : "-"
}

function spread(s,   i, bins, sum)
{
	bins = last[s] + 1
	for (i = 0; i < bins; i++)
		sum += fresh[s, i] * fresh[s, i]
	return sum / n[s] - n[s] / bins
}
