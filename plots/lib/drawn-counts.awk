# drawn-counts.awk: what a figure's script must know of its data before it draws,
# as gnuplot's assignments: of each block NAME (with _ for -)
#	n_NAME	how many values it stands for: the number behind its name, if it
#		has rows; without a number, the rows
#	t_NAME	the same in words, with commas
#	x_NAME, y_NAME, l_NAME	largest x and y, lowest y
#	in_NAME, rest_NAME	of fig6: largest y from 10 to 1000 ms, sum of the others

BEGIN {
	FS = "\t"
}

/^#/ {
	close_block()
	n = split(substr($0, 2), word, " ")
	name = word[1]
	gsub(/-/, "_", name)
	stands_for = n > 1 ? word[2] : ""
	rows = x = y = low = inside = rest = 0
	next
}

NF < 2 || $1 == "NaN" { next }

{
	if (!rows++ || $1 + 0 > x)
		x = $1 + 0
	if (rows == 1 || $2 + 0 > y)
		y = $2 + 0
	if (rows == 1 || $2 + 0 < low)
		low = $2 + 0
	if ($1 < 10 || $1 > 999)
		rest += $2
	else if ($2 + 0 > inside)
		inside = $2 + 0
}

END { close_block() }

function close_block()
{
	if (name == "")
		return
	if (rows && stands_for != "")
		rows = stands_for
	printf "n_%s = %.0f.\n", name, rows
	printf "t_%s = '%s'\n", name, grouped(sprintf("%.0f", rows))
	printf "x_%s = %.9g\ny_%s = %.9g\nl_%s = %.9g\n", \
		name, x, name, y, name, low
	printf "in_%s = %.9g\nrest_%s = %.9g\n", name, inside, name, rest
}

function grouped(s,   tail)
{
	for (; length(s) > 3; s = substr(s, 1, length(s) - 3))
		tail = "," substr(s, length(s) - 2) tail
	return s tail
}
