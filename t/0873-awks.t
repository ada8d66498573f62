#!/usr/bin/env bash
# Every awk script reads in mawk, gawk and busybox's awk, and the examples say
# the same in each; t/0700 has the reducers of figures, by hand.
. "${0%/*}/lib.sh"

every_awk
read -ra awks <<<"$awks"
[ ${#awks[@]} -gt 1 ] || skip_all 'one awk only'
plan $((1 + ${#awks[@]} + 12))

# BEGIN ends what stands behind it, so that only the reading is tried; some
# take functions from another file.
echo 'BEGIN { exit }' >end.awk
(cd "$top" && find examples plots t package -name '*.awk') >scripts
reads() { # awk
	local script
	while read -r script; do
		"$1" -f end.awk -f "$top/$script" </dev/null 2>&1 |
			grep -iE 'syntax|unexpected|illegal|invalid' |
			sed "s,^,$script: ,"
	done <scripts
}
for awk in "${awks[@]}"; do
	is "$awk reads every script" "$(reads "$awk")" ''
done
is 'there are scripts' "$(($(wc -l <scripts) > 60))" 1

tracegen -c 3 -d 40m -s 1 >a.pcap
pcap2flows -t 20 a.pcap >pieces.tsv
pcap2flows a.pcap >flows.tsv
awk '!/^#/ && ++n <= 9 {print $5, n % 2 ? "*" : $6}' flows.tsv >list
flowcut -T flows.tsv >types

# name: a command, with the awk in $AWK, gives the same in each of them, and
# something.
alike() { # name command ...
	local awk
	for awk in "${awks[@]}"; do
		AWK=$awk "${@:2}" >"out.$awk" 2>&1 ||
			echo "$awk: status $?: $(tail -n 1 "out.$awk")"
		cmp "out.${awks[0]}" "out.$awk" 2>&1 || diff \
			"out.${awks[0]}" "out.$awk" | head -n 6
	done >.why
	[ "$(wc -l <"out.${awks[0]}")" -gt 1 ] ||
		echo "only: $(head -n 9 "out.${awks[0]}")" >>.why
	verdict "$1"
}
run() { "$AWK" -f "$top/examples/$1" "${@:2}"; }

alike 'beacons' env LEAST=1 bash "$top/examples/beacons/beacons.sh" pieces.tsv
alike 'beacons -g host' env LEAST=1 bash \
	"$top/examples/beacons/beacons.sh" -g host pieces.tsv
alike 'features' bash "$top/examples/features/features.sh" a.pcap
alike 'top' bash "$top/examples/top/top.sh" flows.tsv
alike 'select by port' run select.awk port=443,80,53,123 flows.tsv
alike 'select by list' run select.awk list=list flows.tsv
alike 'overlay: endpoints' run overlay/endpoints.awk flows.tsv
alike 'overlay: hosts' run overlay/hosts.awk flows.tsv
alike 'overlay: flows' env SELECT='proto=udp' \
	GEODB="$top/lib/geo/places.csv" SCALE=1 PCAP='' \
	bash "$top/examples/overlay/flows.sh" flows.tsv
alike 'to CSV' run to/csv.awk flows.tsv
alike 'to JSON' run to/jsonl.awk flows.tsv
tables() {
	for sql in sqlite sqlite-nulls postgresql duckdb clickhouse; do
		run to/ddl.awk -v sql=$sql types
	done
}
alike 'to tables' tables
