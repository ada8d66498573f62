#!/bin/bash
# line: does the cost grow in a straight line?  Time for a packet, and memory,
# of ten times as many packets, beside a bare loop.
# Usage: line.sh DIR PACKETS ROUNDS >table
# DIR has the programs shapes, loop and cost.
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

dir=$1 few=$2 rounds=$3
[[ $rounds =~ ^[1-9][0-9]{0,3}$ ]] || {
	echo "bench: ROUNDS: not a number of rounds: \"$rounds\"" >&2
	exit 2
}
times=$dir/line.tsv
tab=$(printf '\t')
trap 'rm -f "$dir/line.pcap"' EXIT

: >"$times"
for packets in "$few" "${few}0"; do
	"$dir/shapes" mix "$packets" >"$dir/line.pcap"
	i=0
	while [ "$i" -lt "$rounds" ]; do
		"$dir/cost" "$times" "loop$tab$packets" \
			"$dir/loop" "$dir/line.pcap" >/dev/null
		"$dir/cost" "$times" "pcap2flows -b$tab$packets" \
			pcap2flows -b "$dir/line.pcap" >/dev/null
		"$dir/cost" "$times" "pcap2flows$tab$packets" \
			pcap2flows "$dir/line.pcap" >/dev/null
		i=$((i + 1))
	done
done
sort -t "$tab" -k 1,1 -k 2,2n -k 3,3n "$times" | awk -F '\t' -v few="$few" '
	{ k = $1 SUBSEP $2; wall[k, ++n[k]] = $3; mib[k] = $5; tool[$1] }
	function each(t, packets,   k) {
		k = t SUBSEP packets
		return wall[k, int((n[k] + 1) / 2)] / packets * 1e9
	}
	END {
		many = few "0"
		printf "%-14s %12s %12s %8s %8s %8s\n", "", "ns a packet", \
			"of " many, "ratio", "MiB", "of many"
		for (t in tool)
			printf "%-14s %12.0f %12.0f %8.2f %8.0f %8.0f\n", t, \
				each(t, few), each(t, many), \
				each(t, many) / each(t, few), \
				mib[t, few], mib[t, many]
	}'
