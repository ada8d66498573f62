# readings-table.awk: lays out the table of readings, for table.awk.  Input:
# readings.tsv and values.tsv.

BEGIN {
	FS = OFS = "\t"
}

{
	v[$1] = $2
}

END {
	print "= Words that can be read in two ways"
	print "#", "number", "paper", "as in the figures", "the other way"
	row("external, probe: popularity of 1, %", 94.3, "external probe", \
		"external probe, exchanged")
	row("external, non-probe: popularity of 1, %", 78.1, \
		"external nonprobe", "external nonprobe, exchanged")
	row("internal, probe: popularity of 1, %", 65.2, "internal probe", \
		"internal probe, exchanged")
	row("internal, non-probe: popularity of 1, %", 33.1, \
		"internal nonprobe", "internal nonprobe, exchanged")
	row("internal, probe: mean popularity", 195, "probe popularity", \
		"probe popularity, exchanged")
	row("probes with RTT below 100 ms, %", 51.6, "quick probes", \
		"quick probes, a pair once")
	row("non-probes with RTT below 100 ms, %", 37.6, "quick others", \
		"quick others, a pair once")
	row("C(p,i), mean", 16, "peers in 5 min", "peers in 5 min, begun")
	row("clients with > 99 % signaling, %", 80, "mostly signaling", \
		"mostly signaling, TCP too")
	row("clients with ≤ 5 % signaling, %", 5, "mostly calls", \
		"mostly calls, TCP too")
	print "> Popularity counts who began a flow to an endpoint; the other" \
		" way, who exchanged packets with it, whoever began: then hardly" \
		" an internal client has one peer only, as two of three in" \
		" Fig. 7 do."
	print "> Round-trip times count once a flow, as samples do in a" \
		" monitor; the other way, once a pair, its first."
	print "> C(p,i) counts peers that client p sent to in any flow; the" \
		" other way, in those that it began."
	print "> Shares of signaling are over UDP, as all figures are; the" \
		" other way, with the TCP flows of the client’s address."
}

function row(words, paper, used, other)
{
	print "", words, paper, known(used), known(other)
}

function known(name)
{
	return name in v ? v[name] : "-"
}
