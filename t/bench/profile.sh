#!/bin/bash
# profile: where the time goes: CPU seconds of each stage of the pipe, then
# the functions of pcap2flows by instructions.
# Usage: profile.sh DIR
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C

dir=$1
out=$dir/stages.tsv

stage() {
	name=$1
	"$dir/cost" "$out" "$name" "$@"
}

rm -f "$out"
stage pcap2flows "$dir/skype.pcap" | stage skypeclass | stage sigtag |
	stage rttcalc | stage geojoin -d lib/geo/places.csv >/dev/null
awk -F '\t' '
	{ name[NR] = $1; wall[NR] = $2; cpu[NR] = $3; mib[NR] = $4
	  sum += $3 }
	END {
		printf "%-12s %8s %8s %8s %6s\n", "stage", "wall s", \
			"CPU s", "share %", "MiB"
		for (i = 1; i <= NR; i++)
			printf "%-12s %8.2f %8.2f %8.0f %6.0f\n", name[i], \
				wall[i], cpu[i], \
				100 * cpu[i] / (sum + 1e-9), mib[i]
	}' "$out"

command -v callgrind_annotate >/dev/null 2>&1 || exit 0
echo
echo 'pcap2flows, instructions:'
valgrind -q --tool=callgrind --callgrind-out-file="$dir/callgrind.out" \
	"$(command -v pcap2flows)" "$dir/short.pcap" >/dev/null 2>&1
callgrind_annotate --show-percs=yes "$dir/callgrind.out" |
	sed -n '/PROGRAM TOTALS/p; /:[a-z_0-9]* \[/p' |
	awk 'NR <= 20'
