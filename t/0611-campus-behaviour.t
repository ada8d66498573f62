#!/bin/bash
# The synthetic clients behave: a login looks for many peers, refreshes bring
# bursts, keep-alives come after 180 s, few clients have most of the calls.  The
# bounds are what the two real clients of Fig. 3 are within, not our own numbers.
# shellcheck source=t/lib.sh
. "${0%/*}/lib.sh"

need tracegen pcap2flows skypeclass sigtag
plan 9

tracegen -c 60 -d 1d -s 2 -w 96 -l truth.tsv -o t.pcap

# Of Skype's UDP flows: client, peer, start of what the client sent, packets of
# both, seconds from the first packet to the first reply, class.
awk -F '\t' -v OFS='\t' '
	NR == 1 {
		sub(/^#/, "")
		for (i = 1; i <= NF; i++)
			c[$i] = i
		next
	}
	$c["class"] == "-" || $c["proto"] != "udp" { next }
	{
		src = $c["src"] ":" $c["sport"]
		dst = $c["dst"] ":" $c["dport"]
		out = $c["src"] ~ /^10\./
		reply = $c["reply"] == "-" ? -1 : $c["reply"] - $c["start"]
		print out ? src : dst, out ? dst : src, sprintf("%.6f", \
			$c["start"] + (out || reply < 0 ? 0 : reply)), \
			out ? $c["pkts"] : $c["rpkts"], $c["pkts"], \
			$c["rpkts"], reply, $c["class"]
	}' truth.tsv | LC_ALL=C sort -t "$(printf '\t')" -k 1,1 -k 3,3n >flows

# The client's new peers in each five minutes of its first session, up to the
# first hour without a packet: of clients with four hours or more and a peer
# each minute or so, the median variance : mean, and the median of the first.
awk -F '\t' '
	$8 != "sig" || $4 == 0 { next }
	$1 != who { settle(); who = $1; first = last = $3 }
	over || $3 - last > 3600 { over = 1; next }
	{
		last = $3
		if (!(($1, $2) in met)) {
			met[$1, $2]
			new[int(($3 - first) / 300)]++
			n++
		}
	}
	END { settle() }
	function settle(   bins, i, squares) {
		bins = int((last - first) / 300)
		if (bins >= 48 && n > 60) {
			for (i = 0; i <= bins; i++)
				squares += new[i] ^ 2
			print squares / n - n / (bins + 1), new[0] + 0
		}
		split("", new)
		n = over = 0
	}' flows >grown
is 'there are clients to look at' "$(awk 'END {print (NR >= 5)}' grown)" 1
median() { # column
	cut -d ' ' -f "$1" grown | sort -n | awk '{ v[NR] = $1 }
		END { print v[int((NR + 1) / 2)] }'
}
is 'new peers in five minutes: variance over mean from 3 to 16' \
	"$(median 1 | awk '{print ($1 >= 3 && $1 <= 16)}')" 1
is 'fifteen or more at the login' "$(median 2 | awk '{print ($1 >= 15)}')" 1

is 'keep-alives: of silences above 100 s the most are of 180 to 182 s' \
	"$(awk -F '\t' '$7 > 100 { n[$7 >= 180 && $7 <= 182.5]++ }
		END { print (n[1] > 100), (n[1] > 9 * n[0]) }' flows)" '1 1'

flows_with() { # timeout
	pcap2flows -t "$1" t.pcap | skypeclass | sigtag | awk -F '\t' '
		NR == 1 {
			sub(/^#/, "")
			for (i = 1; i <= NF; i++)
				c[$i] = i
			next
		}
		$c["class"] != "sig" || $c["proto"] != "udp" { next }
		{
			flows++
			a = $c["src"] ":" $c["sport"]
			b = $c["dst"] ":" $c["dport"]
			p = a < b ? a FS b : b FS a
			if (!(p in seen)) {
				seen[p]
				pairs++
				probes += $c["pair"] == "probe"
			}
		}
		END { print flows, 100 * probes / pairs }'
}
flows_with 100 >short
flows_with 200 >long
is 'a timeout of 200 s has 2 to 30 % fewer flows than one of 100 s' \
	"$(paste -d ' ' short long | awk '{d = $3 / $1 - 1
		print (d <= -.02 && d >= -.30)}')" 1
is 'and as many probes, within a point' "$(paste -d ' ' short long |
	awk '{print ($2 - $4) ^ 2 <= 1}')" 1

# Calls of each client, of either protocol.
awk -F '\t' 'NR > 1 && $13 != "-" && $13 != "sig" {
	n[$5 ~ /^10\./ ? $5 : $7]++ } END { for (i in n) print n[i] }' truth.tsv |
	sort -n >calls
is 'calls: half of those who call have one or two' "$(awk '{ v[NR] = $1 }
	END { print (v[int((NR + 1) / 2)] <= 2) }' calls)" 1
is 'and some have ten or more' "$(awk '{ most = $1 }
	END { print (most >= 10) }' calls)" 1

tracegen -N -c 20 -d 3h -s 5 -l without.tsv -o /dev/null
tracegen -n 30 -c 20 -d 3h -s 5 -l with.tsv -o /dev/null
is 'what is not Skype changes nothing of what is' \
	"$(awk -F '\t' '$21 == "skype"' with.tsv | cmp - <(awk -F '\t' \
	'$21 == "skype"' without.tsv) && wc -l <without.tsv |
	awk '{print ($1 > 1000)}')" 1
