#!/bin/sh
# The pipeline measures what tracegen says is true: every flow, with its
# counters, class, kind of pair, round trip and place, is the same.
. "${0%/*}/lib.sh"
need pcap2flows skypeclass sigtag rttcalc geojoin
plan 13

columns='cid start end proto src sport dst dport pkts rpkts bytes rbytes
class pair rtt continent country city lat lon last reply rlast size rsize'

# The named columns, by name, sorted by flow.
choose() {
	awk -F'\t' -v names="$columns" 'NR == 1 {
			sub(/^#/, ""); for (i = 1; i <= NF; i++) at[$i] = i
			n = split(names, name, " "); next
		} {
			for (i = 1; i <= n; i++)
				printf "%s%s", $at[name[i]], i < n ? FS : "\n"
		}' "$1" | LC_ALL=C sort
}

# equal NAME OPTION ...: runs the pipe over such a capture.
equal() {
	name=$1
	shift
	tracegen "$@" -l truth.tsv -o t.pcap
	pcap2flows t.pcap | skypeclass -a | sigtag | rttcalc |
		geojoin -d "$top/lib/geo/places.csv" >measured.tsv
	choose truth.tsv >truth
	choose measured.tsv >measured
	diff truth measured | head -n 20 >.why
	[ -s truth ] || echo 'no truth' >.why
	verdict "$name"
}

equal 'a small campus' -c 20 -d 6h
for kind in probe heartbeat dialog mix; do
	is "there are $kind pairs" "$(awk -F'\t' -v k=$kind '
		$14 == k {n++} END {print (n > 9)}' truth)" 1
done
equal 'without other traffic' -c 20 -d 6h -N -s 2
equal 'cut at 96 bytes' -c 20 -d 6h -s 3 -w 96
equal 'two days' -c 25 -d 2d -s 4 -w 96
equal 'ten minutes' -c 40 -d 10m -s 5
equal 'one client' -c 1 -d 3h -s 6
for seed in 11 12 13; do
	equal "seed $seed" -c 60 -d 4h -s $seed -w 96
done
