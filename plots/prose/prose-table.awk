# prose-table.awk: lays out the tables of numbers.  Reads paper/text.tsv (name,
# words, unit, the paper's value; = begins a table, > is a note), then `name
# value`.

BEGIN {
	FS = OFS = "\t"
}

/^#/ { next }

NR == FNR {
	line[++n] = $0
	next
}

{
	value[$1] = $2
}

END {
	for (i = 1; i <= n; i++) {
		split(line[i], f, FS)
		if (line[i] ~ /^[=>]/)
			print line[i]
		if (line[i] ~ /^=/)
			print "#", "", "paper", "ours"
		if (line[i] !~ /^[=>]/)
			print "", f[2] (f[3] == "" ? "" : ", " f[3]), f[4], \
				f[1] in value ? value[f[1]] : "-"
	}
	print "> - where nobody gives a number, or the capture has none."
}
