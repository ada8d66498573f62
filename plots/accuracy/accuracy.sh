#!/bin/sh
# accuracy: skypeclass's verdicts on synthetic traffic beside the truth, and
# on real traffic of other protocols, as counts for accuracy/accuracy-tables.awk; one line
# each, `run table key … flows packets bytes`.
# Usage: accuracy/accuracy.sh [folder of captures that hold no Skype]
# SEEDS, CLIENTS, DURATION, NOISE: what tracegen is asked for.

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"
: "${SEEDS:=1 2 3 4 5}" "${CLIENTS:=100}" "${DURATION:=6h}" "${NOISE:=250}"

campus() {
	tracegen -c "$CLIENTS" -d "$DURATION" -w 64 -l "$tmp/truth" "$@"
}

# Records on stdin, to counts under this name.
judge() {
	{ skypeclass -a -x || failed; } >"$tmp/verdicts"
	{ reduce accuracy/verdicts.awk "$tmp/truth" "$tmp/verdicts" || failed; } |
		sort | sed "s/^/$1	/"
}

for seed in $SEEDS; do
	{ campus -n "$NOISE" -s "$seed" || failed; } |
		{ pcap2flows || failed; } | judge all
done

# Five minutes of many clients, most of which have few flows.
{ campus -c 1700 -d 5m -s 1 || failed; } | { pcap2flows || failed; } |
	judge brief

# One campus with fewer packets to see.
campus -s 1 -o "$tmp/pcap" || failed
while IFS='	' read -r name filter; do
	{ pcap2flows -f "$filter" "$tmp/pcap" || failed; } | judge "$name"
done <<'EOF'
whole	ip
one packet in 20 lost	not udp or udp[6:2] % 20 != 0
one packet in 5 lost	not udp or udp[6:2] % 5 != 0
sent by clients only	src net 10.0.0.0/8
sent to clients only	dst net 10.0.0.0/8
EOF

[ $# -eq 0 ] || for f in "$1"/*; do
	{ pcap2flows "$f" || failed; } | { skypeclass -a || failed; } |
		reduce accuracy/other-verdicts.awk -v name="${f##*/}" || failed
done
finish
