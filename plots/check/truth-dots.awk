# truth-dots.awk: of fig3's two clients what the truth file knows of them, as
# fig3-totals.awk and peer-growth.awk give it: packets, peers, hours, and how straight the
# peers grow.  Reads fig3-clients.tsv (side, address, port, packets), then the
# truth.  `left choice` is 1 if no other client without calls sent more.

BEGIN {
	FS = OFS = "\t"
}

FNR == 1 && NR > 1 {
	truth = 1
	sub(/^#/, "")
	for (i = 1; i <= NF; i++)
		c[$i] = i
	next
}

!truth {
	side[$2 ":" $3] = $1
	next
}

$c["proto"] != "udp" { next }

{
	src = $c["src"] ":" $c["sport"]
	dst = $c["dst"] ":" $c["dport"]
}

src in side { take(side[src], dst, $c["pkts"], $c["rpkts"], "start", "reply") }

dst in side { take(side[dst], src, $c["rpkts"], $c["pkts"], "reply", "start") }

$c["class"] == "-" { next }

$c["src"] ~ /^10\./ { sends(src, $c["pkts"]) }

$c["dst"] ~ /^10\./ { sends(dst, $c["rpkts"]) }

END {
	for (who in side) {
		s = side[who]
		if (!(s in first))
			continue
		print s " hours", sprintf("%.1f", \
			(last[s] - first[s]) / 3600000000)
		print s " peers sent to", sent_to[s] + 0
		print s " peers heard from", heard_from[s] + 0
		print s " packets sent", sent[s] + 0
		print s " packets received", heard[s] + 0
		if (s == "left")
			choice(who)
	}
	for (i in to) {
		split(i, part, SUBSEP)
		print part[1], sprintf("%.0f", to[i] - first[part[1]]) \
			> (dir "/met")
	}
}

function time(name)
{
	return substr($c[name], 1, 10) * 1000000 + substr($c[name], 12)
}

function take(s, peer, out, in_, out_from, in_from)
{
	sent[s] += out
	heard[s] += in_
	if (!(s in first) || time("start") < first[s])
		first[s] = time("start")
	if (!(s in last) || time("end") > last[s])
		last[s] = time("end")
	if (out > 0) {
		if (!((s, peer) in to))
			sent_to[s]++
		if (!((s, peer) in to) || time(out_from) < to[s, peer])
			to[s, peer] = time(out_from)
	}
	if (in_ > 0 && !((s, peer) in from)) {
		from[s, peer]
		heard_from[s]++
	}
}

function sends(who, packets)
{
	all_sent[who] += packets
	if ($c["class"] != "sig")
		calls[who]++
}

function choice(who,   other, best)
{
	best = !(who in calls)
	for (other in all_sent)
		if (!(other in calls) && all_sent[other] > all_sent[who])
			best = 0
	print "left choice", best
}
