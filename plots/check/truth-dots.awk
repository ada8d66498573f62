# truth-dots.awk: of fig3's two clients what the truth file knows of them, as
# fig3-totals.awk and peer-growth.awk give it: packets, peers, hours, and how straight the
# peers grow.  Reads fig3-clients.tsv (side, address, port, packets), then the
# truth.  `left choice` is 1 if by the rules of two-clients.awk no other client
# goes before it; the truth is in order of start.

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

$c["src"] ~ /^10\./ { lives(src, dst, $c["pkts"]) }

$c["dst"] ~ /^10\./ { lives(dst, src, $c["rpkts"]) }

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
		choice(who, s)
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

# What the choice is made of: how long, with what silences, whether anything is
# relayed, and to how many peers.
function lives(who, peer, packets,   most)
{
	if (!(who in began))
		began[who] = until[who] = time("start")
	if (time("start") - until[who] > silence[who])
		silence[who] = time("start") - until[who]
	if (time("end") > until[who])
		until[who] = time("end")
	if ($c["class"] == "sig") {
		signals[who] += packets
		most = $c["pkts"] > $c["rpkts"] ? $c["pkts"] : $c["rpkts"]
		if (most > 1000)
			relays[who]
	} else
		calls[who]
	if (packets > 0 && !((who, peer) in met)) {
		met[who, peer]
		peers[who]++
	}
}

function rank(who)
{
	if (who in relays)
		return 1
	return silence[who] > 3600000000 || \
		until[who] - began[who] < 14400000000 ? 2 : 3
}

function choice(who, s,   other, best)
{
	best = (who in calls) == (s == "right")
	for (other in began) {
		if ((other in calls) != (who in calls) || !signals[other])
			continue
		if (rank(other) > rank(who) || rank(other) == rank(who) && \
		    peers[other] > peers[who])
			best = 0
	}
	print s " choice", best
}
