# truth-table.awk: lays out the table of truth-check, for table.awk.  Input: what
# truth-match.awk (first operand) and truth-compare.awk (second) write.

BEGIN {
	FS = OFS = "\t"
	words["fig1"] = "fig1: bitrate, C(p,i)"
	words["fig2"] = "fig2: length, duration"
	words["fig3"] = "fig3: packets, peers, hours, R²"
	words["fig4"] = "fig4: payload"
	words["fig5"] = "fig5: places on the map"
	words["fig6"] = "fig6: round-trip times"
	words["fig7"] = "fig7: popularity"
	words["tab1"] = "tab1: kinds of pairs"
	words["tab2"] = "tab2: places"
	words["timeout"] = "timeout: 200, 400, 1000 s, none"
	words["text"] = "text: numbers of the prose"
}

NR == FNR {
	if ($1 == "count") {
		classes[++n] = $0
		wrong += $4
	} else if ($1 != "change")
		total[$1] = $2
	next
}

{
	row[++rows] = $0
	missed += $3 - $4
	differ += $3
}

END {
	print "= The truth and the measurement"
	print "#", "", "values", "equal", "explained", "unexplained", \
		"largest difference"
	print "", "flows, each with all its columns", total["all"], \
		total["all"] - wrong - total["pairs"] - total["other"], \
		wrong + total["pairs"], total["other"], "-"
	missed += total["other"]
	for (i = 1; i <= rows; i++) {
		split(row[i], f, FS)
		print "", words[f[1]], f[2], f[2] - f[3], f[4], f[3] - f[4], \
			f[3] ? sprintf("%.3g", f[5]) : "-"
	}
	print "+", missed ? "NOT EQUAL" : (differ + wrong ? \
		"EQUAL BUT FOR CLASSES" : "EQUAL"), "", "", "", "", ""
	print "> Explained: what the truth file gives, too, when the flows" \
		" below have the class, and the kind of pair, that was measured."
	print "> Not known from the truth file, which has flows and no packets:" \
		" timeouts below 200 s, the longest regular gap, the dots" \
		" between the first of fig3."
	print "= Flows of another class than the truth's"
	print "#", "truth", "measured", "flows", "packets", "protocol"
	for (i = 1; i <= n; i++) {
		split(classes[i], f, FS)
		print "", f[2], f[3], f[4], f[5], f[6]
	}
	if (!n)
		print "", "none", "-", 0, 0, "-"
	print "> Flows of the right class whose pair is of another kind for" \
		" that: " total["pairs"] + 0 "."
}
