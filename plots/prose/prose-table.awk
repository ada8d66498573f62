# prose-table.awk: lays out the table of the prose's numbers.  Reads
# paper/text.tsv (name, words, unit, the paper's value), then `name value`.

BEGIN {
	FS = OFS = "\t"
}

/^#/ { next }

NR == FNR {
	name[++n] = $1
	words[n] = $2 ($3 == "" ? "" : ", " $3)
	paper[n] = $4
	next
}

{
	value[$1] = $2
}

END {
	print "= Numbers that the paper gives in its text"
	print "#", "", "paper", "ours"
	for (i = 1; i <= n; i++)
		print "", words[i], paper[i], \
			name[i] in value ? value[name[i]] : "-"
	print "> - where the paper gives no number, or the capture none."
}
