# add-counts.awk: adds the columns of lines with the same first field, in the order
# of the first lines; each after the timeout, if there is one.

BEGIN {
	FS = OFS = "\t"
}

!($1 in row) {
	row[$1] = ++rows
	name[rows] = $1
}

{
	if (NF > columns)
		columns = NF
	for (i = 2; i <= NF; i++)
		sum[row[$1], i] += $i
}

END {
	for (r = 1; r <= rows; r++) {
		line = name[r]
		for (i = 2; i <= columns; i++)
			if ((r, i) in sum)
				line = line OFS sum[r, i]
		print (timeout == "" ? "" : timeout OFS) line
	}
}
