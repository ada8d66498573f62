# spots.awk: thins the dots of one block of fig3's data, or of a file of the
# paper's, to one a cell of 1/800 by 1/700 of their ranges.  Writes x, y and
# the length of a stroke as long as a cell.  Command line: block.

BEGIN {
	FS = "[\t,]"
	OFS = "\t"
}

/^#/ { wanted = $0 == "# " block }

(wanted || block == "") && NF > 1 && $1 != "NaN" {
	x[n] = $1
	y[n++] = $2
	if ($1 > right)
		right = $1
	if ($2 > top)
		top = $2
	if ($2 < bottom)
		bottom = $2
}

END {
	if (!n)
		print "NaN", "NaN", "NaN"
	for (i = 0; i < n; i++) {
		cell = int(x[i] * 800 / (right + 1e-9)) SUBSEP \
			int((y[i] - bottom) * 700 / (top - bottom + 1e-9))
		if (!(cell in seen)) {
			seen[cell]
			print x[i], y[i], right / 800
		}
	}
}
