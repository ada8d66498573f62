# truth-keys.awk: any reduced data as `WHAT TAB KEY TAB VALUE TAB SIDE`, for truth-compare.awk.
# Command line: what, the figure's or table's name; keys, how many columns are
# the key of a row that is no distribution's; side, 1 for the truth's, 2 for
# measured ones, 3 as in truth-compare.awk, the last column.  How many values
# there were is told at the end, `#WHAT TAB SIDE TAB VALUES'.

BEGIN {
	FS = OFS = "\t"
}

END { print "#" what, side, values + 0 }

# A block's name and the number of its values.
/^# / {
	split($0, word, " ")
	block = word[2]
	if (!keys && block !~ /^paper_/)
		say(block " total", word[3])
	next
}

NF < 2 || block ~ /^paper_/ || $1 == "NaN" { next }

!keys {
	say(block " " $1, $2)
	next
}

{
	key = $1
	for (i = 2; i <= keys; i++)
		key = key " " $i
	for (; i <= NF; i++)
		say(key " " i, $i)
}

function say(key, value)
{
	print what, key, value, side
	values++
}
