# other-numbers.awk: numbers that only the check needs, `name TAB value`: what the
# timeouts of timeouts.tsv (TIMEOUT KIND PAIRS FLOWS PACKETS) change, and which
# part of the contacts of popularity.tsv clients began.

BEGIN {
	FS = OFS = "\t"
}

FNR == 1 { file++ }

file == 1 && $2 != "single" {
	pairs[$1] += $3
	flows[$1] += $4
	if ($2 == "probe")
		probes[$1] = $3
	next
}

file == 2 && FNR == 1 {
	sub(/^#/, "")
	for (i = 1; i <= NF; i++)
		column[$i] = i
	next
}

file == 2 {
	begun[$column["where"]] += $column["popularity"]
}

END {
	print "flows 100 to 200", flows[100] ? \
		sprintf("%.1f", 100 * (flows[200] / flows[100] - 1)) : "-"
	print "probe pairs 100 to 200", pairs[100] && pairs[200] ? \
		sprintf("%.2f", 100 * (probes[200] / pairs[200] - \
		probes[100] / pairs[100])) : "-"
	all = begun["internal"] + begun["external"]
	print "begun inside", all ? \
		sprintf("%.1f", 100 * begun["external"] / all) : "-"
}
