# contradictions.awk: for table.awk: where the paper's numbers exclude each other,
# and what ours are.  Input: values.tsv, readings.tsv.

BEGIN {
	FS = OFS = "\t"
}

{
	v[$1] = $2
}

END {
	print "= Where the paper's numbers do not fit together"
	print "#", "numbers that meet", "the paper's", "ours"
	row("non-probe endpoints: what 304,690 external ones leave (text) when" \
		" each of Table I's probe pairs has its own, and addresses that" \
		" are not only probed (Table II)", \
		"304,690 − 199,745 = 104,945 at least, yet 51,358 addresses", \
		whole("nonprobe endpoints") ", " whole("nonprobe addresses") \
		" addresses")
	row("addresses that are not only probed: 263,886 in all (Table II)," \
		" and of those no more are only probed than there are probed" \
		" endpoints, 199,745 pairs over 1.12 clients each (Fig. 7)", \
		"263,886 − 178,500 = 85,400 at least, yet 51,358: 66 % more", \
		whole("nonprobe addresses"))
	row("probe pairs (Table I) and addresses only probed (Table II)", \
		"199,745, yet 212,528 addresses", \
		whole("probe pairs") ", " whole("probe addresses") " addresses")
	row("internal popularity of probes (Fig. 7) and probe pairs (Table I)", \
		"195 × 1,700 = 331,000, yet 199,745 pairs", \
		v["probe popularity"] " × " whole("probed clients") " = " \
		whole("probe contacts") ", " whole("probe pairs") " pairs")
	row("who begins: two thirds of pairs from outside (Fig. 7), and a client" \
		" of 2006", "2 of 3, yet it began 77 of its 80 pairs itself", \
		v["begun outside"] " % begun from outside")
	row("C(p,i), active clients and flows", \
		"16 × 138 × 2,016 = 4.4 M contacts, yet 2.5 M flows", \
		v["peers in 5 min"] " × " whole("intervals") " intervals, " \
		whole("flows") " flows")
	row("flows: Table I, the text, and Fig. 2, whose steps are those of" \
		" 1.0 M source flows", "2,505,622, 496,000, and 1.0 M: half are" \
		" 500,000", whole("flows") ", and " whole("source flows") \
		" source flows")
	row("mean length (Fig. 2) and packets (Table I)", \
		"15 to 17 M, yet 18.3 M", "one count")
	row("packets of calls and of all", \
		"3,000 calls are 110 M, yet 33 M in all: signaling only", \
		whole("call packets") " of calls, " whole("packets") \
		" of signaling")
	row("clients", "1,700, yet the steps of Fig. 1 are those of 1,470", \
		whole("clients"))
	print "> Where they clash, Table I, the 1,700 clients, the 304,690" \
		" endpoints and the shapes of the curves are followed; Table" \
		" II’s totals, Fig. 7’s means and the 138 active clients are" \
		" reported and not required."
}

function row(what, paper, ours)
{
	print "", what, paper, ours
}

# A whole number with commas.
function whole(name,   s, tail)
{
	s = v[name]
	if (s !~ /^[0-9]+$/)
		return "-"
	for (; length(s) > 3; s = substr(s, 1, length(s) - 3))
		tail = "," substr(s, length(s) - 2) tail
	return s tail
}
