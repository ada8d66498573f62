# contradictions.awk: for table.awk: where the paper's numbers exclude each other, and
# what ours are.  Input: values.tsv.

BEGIN {
	FS = OFS = "\t"
}

{
	v[$1] = $2
}

END {
	print "= Where the paper's numbers do not fit together"
	print "#", "numbers that meet", "the paper's", "ours"
	row("probe pairs (Table I) and addresses only probed (Table II)", \
		"199,745, yet 212,528 addresses", \
		v["probe pairs"] ", " v["probe addresses"])
	row("internal popularity of probes (Fig. 7) and probe pairs", \
		"195 × 1,700 = 331,000, yet 199,745 pairs", \
		v["probe popularity"] " × " v["probed clients"] " = " \
		v["probe contacts"] ", " v["probe pairs"] " pairs")
	row("C(p,i), active clients and flows", \
		"16 × 138 × 2,016 = 4.4 M contacts, yet 2.5 M flows", \
		v["peers in 5 min"] " × " v["intervals"] " intervals, " \
		v["flows"] " flows")
	row("mean length (Fig. 2) and packets (Table I)", \
		"15 to 17 M, yet 18.3 M", "one count")
	row("packets of calls and of all", \
		"3,000 calls are 110 M, yet 33 M: signaling only", \
		v["call packets"] " of calls, " v["packets"] " of signaling")
	row("clients", "1,700, yet the steps of Fig. 1 are those of 1,470", \
		v["clients"])
	row("source flows of Fig. 2 and flows", \
		"1.0 M, twice the 496,000 of the prose, yet 2,505,622 in Table I", \
		v["source flows"] " of " v["flows"] " flows")
}

function row(what, paper, ours)
{
	print "", what, paper, ours
}
