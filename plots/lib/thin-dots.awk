# thin-dots.awk: thins the dots of each block of fig3's data, or of a file of the
# paper's, to one a cell of 1/500 by 1/400 of their ranges.  Reads its operand
# twice.  Writes x, y and the length of a stroke as long as a cell.

BEGIN {
	FS = "[\t,]"
	OFS = "\t"
}

FNR == 1 {
	pass++
	block = 0
}

/^#/ {
	block++
	if (pass == 2)
		print (block > 1 ? "\n\n" : "") $0
	next
}

NF < 2 { next }

$1 == "NaN" {
	if (pass == 2)
		print "NaN", "NaN", "NaN"
	next
}

pass == 1 {
	if ($1 > right[block])
		right[block] = $1
	if ($2 > top[block])
		top[block] = $2
	if ($2 < bottom[block])
		bottom[block] = $2
	next
}

{
	cell = block SUBSEP int($1 * 500 / (right[block] + 1e-9)) SUBSEP \
		int(($2 - bottom[block]) * 400 / \
		(top[block] - bottom[block] + 1e-9))
	if (!(cell in seen)) {
		seen[cell]
		print $1, $2, (right[block] > 0 ? right[block] / 500 : 1e-6)
	}
}
