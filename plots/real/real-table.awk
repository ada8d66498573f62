# real-table.awk: lays out what real.sh counted.  Reads counts (WHO TIMEOUT KIND
# PAIRS FLOWS PACKETS; who: p1, p2, campus), then growth (real or campus, name,
# value).

BEGIN {
	FS = OFS = "\t"
	n = split("20 50 100 200 400 1000 inf", timeout, " ")
	split("probe heartbeat dialog mix", kind, " ")
	ours = ENVIRON["PCAP"] == "" ? "campus" : "capture"
}

FNR == 1 { file++ }

file == 1 && $3 != "single" {
	pairs[$1, $2, $3] = $4
	all_pairs[$1, $2] += $4
	flows[$1, $2] += $5
	next
}

file == 2 { growth[$1, $2] = $3 }

END {
	print "= Idle timeout: flows, and how many more or less than with 200 s, %"
	heads()
	for (i = 1; i <= n; i++)
		print "", timeout[i], flows["p1", timeout[i]] + 0, \
			more("p1", timeout[i]), flows["p2", timeout[i]] + 0, \
			more("p2", timeout[i]), flows["campus", timeout[i]] + 0, \
			more("campus", timeout[i])
	print "= Kinds of pairs, %, with 200 s, and probes with 100 s"
	print "#", "", "p1", "p2", ours
	for (i = 1; i <= 4; i++)
		print "", kind[i], share("p1", 200, kind[i]), \
			share("p2", 200, kind[i]), share("campus", 200, kind[i])
	print "", "probe, 100 s", share("p1", 100, "probe"), \
		share("p2", 100, "probe"), share("campus", 100, "probe")
	print "= Growth of the peers sent to"
	print "#", "", "p1", "p2", "left of Fig. 3", "right of Fig. 3"
	grown("new in the first five minutes", " login")
	grown("new in five minutes, variance : mean", " spread")
	grown("line through them, R²", "")
	print "> p1 and p2: the packets that the dots of Fig. 3 tell of, with the" \
		" peers of either direction matched by their times, through" \
		" pcap2flows, skypeclass -l and sigtag.  Times are known to 38" \
		" and 8 s."
	print "> " toupper(substr(ours, 1, 1)) substr(ours, 2) ", left, right:" \
		" the packets that the figures are of."
}

function heads()
{
	print "^", "", "p1", "<", "p2", "<", ours, "<"
	print "#", "timeout, s", "flows", "%", "flows", "%", "flows", "%"
}

function more(who, t)
{
	return flows[who, 200] ? sprintf("%+.1f", \
		100 * (flows[who, t] / flows[who, 200] - 1)) : "-"
}

function share(who, t, k)
{
	return all_pairs[who, t] ? sprintf("%.1f", \
		100 * pairs[who, t, k] / all_pairs[who, t]) : "-"
}

function value(who, name)
{
	return (who, name) in growth ? growth[who, name] : "-"
}

function grown(words, name)
{
	print "", words, value("real", "growth left" name), \
		value("real", "growth right" name), \
		value("campus", "growth left" name), \
		value("campus", "growth right" name)
}
