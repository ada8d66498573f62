# drawn-curves.awk: the blocks of a distribution as gnuplot draws them: as the
# corners of the stairs that they are, so that dashes go on around the corners.
# Input: a reduced figure, then files of the paper's points, each after an
# assignment paper=NAME.  Output: blocks
#
#	# NAME n
#	x TAB y TAB low TAB high
#
# where low and high are the 95 % band of Dvoretzky, Kiefer and Wolfowitz,
# y - e and y + e with e = sqrt(ln(2/0.05) / (2 n)); and blocks paper_NAME without
# a band.  Command line: falling=1 for 1 - CDF, on a logarithmic axis, where
# 1e-9 stands for 0; ends, words NAME X ...: where the axis of a block ends.

BEGIN {
	FS = "[\t,]"
	OFS = "\t"
	least = falling ? 1e-9 : 0
	words = split(ends, word, " ")
	for (i = 1; i < words; i += 2)
		right[word[i]] = right["paper_" word[i]] = word[i + 1] + 0
}

FNR == 1 && paper != "" { open("paper_" paper) }

/^#/ {
	sub(/^# */, "")
	n = $0
	sub(/.* /, "", n)
	open($0)
	e = n > 0 ? sqrt(log(2 / 0.05) / (2 * n)) : 0
	next
}

!(name in right) || NF < 2 || $1 == "NaN" { next }

!corners && paper == "" {
	y = falling + 0
	corner($1 > 1e-3 ? 1e-3 : $1, y)
}

$1 + 0 <= right[name] {
	if (corners)
		corner($1, y)
	y = $2 + 0
	corner($1, y)
}

END { close_block() }

function open(title)
{
	close_block()
	name = title
	sub(/ .*/, "", name)
	banded = paper == ""
	if (name in right)
		print (blocks++ ? "\n\n# " : "# ") title
	corners = 0
}

function close_block()
{
	if (!(name in right))
		return
	if (corners)
		corner(right[name], y)
	else
		print "NaN", "NaN", "NaN", "NaN"
}

function corner(x, y)
{
	corners++
	if (banded)
		print x, at_least(y), at_least(y - e), (y + e > 1 ? 1 : y + e)
	else
		print x, at_least(y)
}

function at_least(y)
{
	return y < least ? least : y
}
