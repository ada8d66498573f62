#!/bin/sh
# make figures on a capture: everything is there, the tables say what is
# known of the capture, and what it has nothing of is drawn and says so.
. "${0%/*}/lib.sh"
. "$top/t/captures.sh"

need gnuplot
capture_of skype
plan 16

draw() {
	make -s -C "$top" BIN="${BIN:-bin}" FIG="$scratch/fig" \
		OUT="$scratch/out" PCAP="$capture" \
		NETS=192.168.1.0/24 "$@"
}

ok 'make figures' draw figures
for f in fig1 fig2 fig3 fig4 fig5 fig6 fig7; do
	for e in svg png; do
		[ -s out/$f.$e ] || echo "$f.$e"
	done
done >missing
is 'pictures' "$(cat missing)" ''
is 'pairs of tab1' "$(awk '$1 == "pairs" {print $3}' out/tab1.txt)" 144
is 'probes and dialogs of tab1' "$(awk '$1 ~ /probe|heart|dialog|mix/ \
	{print $1, $3}' out/tab1.txt)" 'probe 98.6
heartbeat 0.0
dialog 1.4
mix 0.0'
# 144 endpoints at 142 addresses: tshark -T fields -e ip.dst | sort -u
is 'text' "$(awk '/^(clients|external peers, [a-z]+|calls) +[0-9]/ {
	print $NF}' \
	out/text.txt)" '1
144
142
0'
ok 'no round-trip time: fig6 says so' grep -q 'no data in this capture' \
	out/fig6.svg
is 'fig2 has data' "$(grep -c 'no data' out/fig2.svg)" 0
ok 'fig3 of a short capture is in seconds' grep -q \
	"Seconds since the client's first packet" out/fig3.svg
is 'and its client is shown, and why' "$(cut -f 1-3,5,7 \
	fig/fig3-clients.tsv | tr '\t' ' ')" 'left 192.168.1.34 13021 144 relay'
is 'the page lists files that are there' "$(grep -oE \
	'href="(data/)?fig[0-9][^"]*' out/report.html | sed 's/href="//' |
	while read -r f; do [ -s "out/$f" ] || echo "$f"; done)" ''
is 'the report needs nothing else' "$(grep -oE '<script|<link|<img|src=|@import' \
	out/report.html)" ''
is 'no identifier twice in the report' "$(grep -oE " id=[\"'][^\"']*" \
	out/report.html | sort | uniq -d)" ''
is 'the report calls this a measurement' \
	"$(grep -c 'is about a measurement' out/report.html)" 1
touch -d '2001-01-01' out/report.html
ok 'again' draw figures
draw PROTO=any tab1
is 'PROTO=any counts TCP too' "$(awk '$1 == "pairs" {print ($3 > 144)}' \
	out/tab1.txt)" 1

and_real skype.pcap sh
