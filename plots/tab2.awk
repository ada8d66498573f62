# tab2.awk: lays out tab2.  Reads paper/table2.tsv, then rows of places.awk
# sorted by kind and what they count, most addresses first.

BEGIN {
	FS = OFS = "\t"
	split("nonprobe probe", kind, " ")
}

/^#/ { next }

NR == FNR {
	k = $1 SUBSEP $2
	printed[k, ++rows[k]] = $3
	of_paper[k, $3] = $4
	share_of_paper[k, $3] = $5
	next
}

{
	k = $1 SUBSEP $2
	found[k, ++many[k]] = $3
	count[k, $3] = $4
	total[k] += $4
}

END {
	continents()
	ranks("country", "Countries of the European Union of 2007")
	ranks("city", "Italian cities")
}

function continents(   i, name)
{
	print "= External addresses by continent (Table II)"
	print "^", "", "non-probe, %", "<", "non-probe, #", "<", \
		"probe, %", "<", "probe, #", "<"
	print "#", "continent", "paper", "ours", "paper", "ours", \
		"paper", "ours", "paper", "ours"
	k = kind[1] SUBSEP "continent"
	for (i = 1; i <= rows[k]; i++) {
		name = printed[k, i]
		print "", name, side(1, name), side(2, name)
	}
	print "+", "total", "100", whole(1), 51358, sum(1), "100", whole(2), \
		212528, sum(2)
	print "> Each address once: probe if all its pairs are probes."
}

function side(i, name,   k)
{
	k = kind[i] SUBSEP "continent"
	return share_of_paper[k, name] OFS \
		(total[k] ? sprintf("%.2f", 100 * count[k, name] / total[k]) : \
		"-") OFS of_paper[k, name] OFS count[k, name] + 0
}

function sum(i)
{
	return total[kind[i] SUBSEP "continent"] + 0
}

function whole(i)
{
	return sum(i) ? "100" : "-"
}

function ranks(what, title,   i)
{
	print "= " title " (Table II): the nine with most addresses"
	print "^", "", "non-probe, paper", "<", "non-probe, ours", "<", \
		"probe, paper", "<", "probe, ours", "<"
	print "#", "rank", "", "#", "", "#", "", "#", "", "#"
	for (i = 9; i > 0; i--)
		print "", i, paper(1, what, i), ours(1, what, i), \
			paper(2, what, i), ours(2, what, i)
}

function paper(i, what, rank,   k, name)
{
	k = kind[i] SUBSEP what
	name = printed[k, 10 - rank]
	return name OFS of_paper[k, name]
}

function ours(i, what, rank,   k, name)
{
	k = kind[i] SUBSEP what
	if (rank > many[k])
		return "-" OFS "-"
	name = found[k, rank]
	return name OFS count[k, name]
}
