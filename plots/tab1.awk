# tab1.awk: lays out tab1.  Input: what kinds.awk writes.

BEGIN {
	FS = OFS = "\t"
	paper["probe"] = "51.2 8.0 1.0 1.00 0.91"
	paper["heartbeat"] = "15.8 26.3 3.1 10.7 0.86"
	paper["dialog"] = "25.1 6.2 12.6 1.59 14.8"
	paper["mix"] = "8.0 59.5 83.3 47.8 10.2"
}

$1 != "single" {
	kind[++n] = $1
	for (i = 2; i <= 4; i++) {
		v[n, i] = $i
		total[i] += $i
	}
}

END {
	print "= Pairs, flows and side packets by kind of the pair (Table I)"
	print "^", "", "pairs, %", "<", "flows, %", "<", "packets, %", "<", \
		"flows/pair", "<", "packets/flow", "<"
	print "#", "pair"p()p()p()p()p()
	for (i = 1; i <= n; i++)
		row(i)
	print "> Packets are those sent by the internal side; flows in which" \
		" it sent none count."
	print "= The same in numbers"
	print "#", "", "paper", "ours"
	print "", "pairs", 390126, total[2] + 0
	print "", "flows", 2505622, total[3] + 0
	print "", "packets of the side", 18274451, total[4] + 0
	print "", "flows per pair", "6.42", ratio(total[3], total[2])
	print "", "packets per flow", "7.29", ratio(total[4], total[3])
}

function p()
{
	return OFS "paper" OFS "ours"
}

function row(k,   is)
{
	split(paper[kind[k]], is, " ")
	print "", kind[k], is[1], share(k, 2), is[2], share(k, 3), \
		is[3], share(k, 4), is[4], ratio(v[k, 3], v[k, 2]), \
		is[5], ratio(v[k, 4], v[k, 3])
}

function share(k, i)
{
	return total[i] ? sprintf("%.1f", 100 * v[k, i] / total[i]) : "-"
}

function ratio(a, b)
{
	return b ? sprintf("%.2f", a / b) : "-"
}
