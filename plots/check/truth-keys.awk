# truth-keys.awk: any reduced data as `WHAT TAB KEY TAB VALUE`, for truth-compare.awk.
# Command line: what, the figure's or table's name; keys, how many columns are
# the key of a row that is no distribution's.

BEGIN {
	FS = OFS = "\t"
}

# A block's name and the number of its values.
/^# / {
	split($0, word, " ")
	block = word[2]
	if (!keys && block !~ /^paper_/)
		print what, block " total", word[3]
	next
}

NF < 2 || block ~ /^paper_/ || $1 == "NaN" { next }

!keys {
	print what, block " " $1, $2
	next
}

{
	key = $1
	for (i = 2; i <= keys; i++)
		key = key " " $i
	for (; i <= NF; i++)
		print what, key " " i, $i
}
