#!/bin/bash
# run: what pcap2flows, the filters and other tools cost, as multiples of a
# bare libpcap loop (filters: of cut), in interleaved rounds.
# Usage: run.sh DIR ROUNDS >table
# DIR has the captures NAME.pcap and the programs cost and loop.  What is not
# installed is left out.
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

dir=$1 rounds=$2
[[ $rounds =~ ^[1-9][0-9]{0,3}$ ]] || {
	echo "bench: ROUNDS: not a number of rounds: \"$rounds\"" >&2
	exit 2
}
times=$dir/times.tsv
flows=$dir/flows.tsv
tab=$(printf '\t')

# Peers write what they find to files, as they are made to.
take() { # shape tool command …
	shape=$1 tool=$2
	shift 2
	command -v "$1" >/dev/null 2>&1 || return 0
	"$dir/cost" "$times" "$shape$tab$tool" "$@" >/dev/null 2>&1 ||
		echo "bench: $tool failed on $shape" >&2
}

ours() {
	take "$1" loop "$dir/loop" "$dir/$1.pcap"
	take "$1" 'pcap2flows -b' pcap2flows -b "$dir/$1.pcap"
	take "$1" pcap2flows pcap2flows "$dir/$1.pcap"
}

# softflowd sends its records to a port where nobody listens.
peers() {
	f=$dir/$1.pcap
	rm -rf "$dir/nfcapd"
	mkdir "$dir/nfcapd"
	take "$1" cat cat "$f"
	take "$1" nfpcapd nfpcapd -r "$f" -w "$dir/nfcapd"
	take "$1" argus argus -F /dev/null -r "$f" -w "$dir/argus.out"
	rm -f "$dir/argus.out"
	take "$1" softflowd softflowd -d -r "$f" -n 127.0.0.1:9 \
		-m 1000000 -p "$dir/softflowd.pid" -c none
	rm -rf "$dir/nfcapd"
}

slow_peers() {
	take "$1" ndpiReader ndpiReader -q -i "$dir/$1.pcap"
	take "$1" tshark tshark -q -z conv,udp -r "$dir/$1.pcap"
}

filters() {
	take records cut cut -f1-20 "$flows"
	take records rttcalc rttcalc "$flows"
	take records sigtag sigtag "$flows"
	take records 'sigtag -s' sigtag -s "$dir/grouped.tsv"
	take records skypeclass skypeclass "$flows"
	take records popularity popularity "$dir/tagged.tsv"
	take records geojoin geojoin -d lib/geo/places.csv "$flows"
}

: >"$times"
pcap2flows "$dir/mix.pcap" | skypeclass -a >"$flows"
sigtag "$flows" >"$dir/tagged.tsv"
flowsort -c cid "$flows" >"$dir/grouped.tsv"

i=0
while [ "$i" -lt "$rounds" ]; do
	ours mix
	peers mix
	slow_peers mix
	for shape in campus flood small elephant; do
		ours "$shape"
	done
	filters
	i=$((i + 1))
	echo "bench: round $i of $rounds" >&2
done
awk -f "${0%/*}/table.awk" "$times"
