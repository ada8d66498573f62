#!/bin/bash
# accuracy: skypeclass's verdicts on synthetic traffic beside the truth, and
# on real traffic of other protocols, as counts for accuracy-tables.awk; one
# line each, `run table key … flows packets bytes`.
# Usage: accuracy/accuracy.sh
# OTHER: a folder of captures that hold no Skype.  SEEDS, CLIENTS, DURATION,
# NOISE: what tracegen is asked for; MADE: how many calls of a codec are made.
# Nothing was chosen by looking at these seeds.

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"
: "${SEEDS:=101 102 103 104 105}" "${CLIENTS:=100}" "${DURATION:=6h}"
: "${NOISE:=150}" "${MADE:=200}"

campus() {
	tracegen -c "$CLIENTS" -d "$DURATION" -w 64 -l "$tmp/truth" "$@"
}

# Records on stdin, to counts under this name.
judge() {
	skypeclass -a -x >"$tmp/verdicts"
	reduce accuracy/verdicts.awk "$tmp/truth" "$tmp/verdicts" |
		sort | sed "s/^/$1	/"
}

for seed in $SEEDS; do
	campus -n "$NOISE" -s "$seed" | pcap2flows >"$tmp/records"
	judge all <"$tmp/records"
	skypeclass -e "$tmp/records" >"$tmp/endpoints"
	reduce accuracy/endpoint-scores.awk "$tmp/truth" "$tmp/endpoints" |
		sort | sed 's/^/all	/'
	$AWK -v N="$MADE" -v SEED="$seed" -f "$plots/accuracy/made-calls.awk" |
		skypeclass -a | reduce accuracy/made-verdicts.awk |
		sort | sed 's/^/all	/'
done

# Five minutes of many clients, most of which have few flows.
campus -c 1700 -d 5m -s 1 | pcap2flows |
	judge brief

# One campus with fewer packets to see.
campus -s 1 -o "$tmp/pcap"
while IFS='	' read -r name filter; do
	pcap2flows -f "$filter" "$tmp/pcap" | judge "$name"
done <<'EOF'
whole	ip
one packet in 20 lost	not udp or udp[6:2] % 20 != 0
one packet in 5 lost	not udp or udp[6:2] % 5 != 0
sent by clients only	src net 10.0.0.0/8
sent to clients only	dst net 10.0.0.0/8
EOF

[ -z "${OTHER-}" ] || for f in "$OTHER"/*; do
	pcap2flows "$f" >"$tmp/records"
	skypeclass -a "$tmp/records" |
		reduce accuracy/other-verdicts.awk -v name="${f##*/}"
	skypeclass -e "$tmp/records" |
		reduce accuracy/other-scores.awk -v name="${f##*/}"
done
