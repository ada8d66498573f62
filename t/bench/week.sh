#!/bin/bash
# week: what the synthetic week costs, from packets to all reduced figure data
# (plots aside), and its generator, as multiples of a bare loop over the same
# packets.
# Usage: week.sh DIR CLIENTS ROUNDS >table
# DIR has the programs loop and cost.
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

dir=$1 clients=$2 rounds=$3
[[ $rounds =~ ^[1-9][0-9]{0,3}$ ]] || {
	echo "bench: ROUNDS: not a number of rounds: \"$rounds\"" >&2
	exit 2
}
times=$dir/week.tsv
tab=$(printf '\t')
cd "${0%/*}/../.."
trap 'rm -rf "$dir/week.pcap" "$dir/week"' EXIT

week() { tracegen -c "$clients" -d 7d -w 96 "$@"; }

: >"$times"
week -o "$dir/week.pcap"
# What was written a moment ago is not still on its way to the disk.
sync
i=0
while [ "$i" -lt "$rounds" ]; do
	rm -rf "$dir/week"
	"$dir/cost" "$times" "week${tab}loop" "$dir/loop" "$dir/week.pcap" \
		>/dev/null
	"$dir/cost" "$times" "week${tab}tracegen" tracegen -c "$clients" -d 7d \
		-w 96 -o /dev/null
	"$dir/cost" "$times" "week${tab}figure data" make -s -j 2 reduced \
		FIG="$dir/week" PCAP="$dir/week.pcap"
	i=$((i + 1))
done
awk -f t/bench/table.awk "$times"
