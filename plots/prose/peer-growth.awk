# peer-growth.awk: how straight the number of peers grows that a client of fig3
# sent to: R^2 of the line through (hours, k) of first contacts.  Input: fig3's
# data.  Output: `growth left TAB R2` and right.

BEGIN {
	FS = OFS = "\t"
}

/^#/ { sub(/^# */, ""); side = $1; most = 0; next }

$2 > most {
	most = $2
	n[side]++
	x[side] += $1
	y[side] += $2
	xx[side] += $1 * $1
	yy[side] += $2 * $2
	xy[side] += $1 * $2
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
}
