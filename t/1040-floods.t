#!/bin/sh
# Floods: with -m memory is bounded whatever comes, and every packet is in a
# record or has its place in the account.
. "${0%/*}/lib.sh"

count=${FLOOD:-150000}
most=${MOST:-5000}
limit=${LIMIT:-102400}	# KiB of address space
plan 19
# The sanitizers want terabytes of it.
ldd "$(command -v pcap2flows)" | grep -q 'lib[at]san' && limit=unlimited
# What runs the program needs some, too.
[ -z "${EMULATED-}" ] || limit=unlimited

flood() { # kind options
	kind=$1
	shift
	"$top/t/fault/flood.pl" "$kind" "$count" | (
		# shellcheck disable=SC3045  # dash has it
		ulimit -v "$limit"
		pcap2flows -v -m "$most" "$@" 2>err
		echo $? >status
	) | awk -F '\t' 'NR > 1 {n += $10 + $11; why[$22]++; rows++}
		END {printf "%d %d %d %d\n", n, rows, why["evict"],
		why["eof"]}' >sums
	read -r packets rows evicted left <sums
}

for kind in tuples syn scan ipv6 fragments; do
	flood "$kind"
	is "$kind: status" "$(cat status)" 0
	is "$kind: every packet is in a record" "$packets" "$count"
	is "$kind: what did not fit is written" \
		"$((evicted + left)) $left" "$rows $most"
done
flood orphans
is 'orphans: status' "$(cat status)" 0
is 'orphans: all accounted for' \
	"$(grep -c "packets $count = .* without a first $count + " err)" 1
flood tuples -T -D 1000 -A 1
is 'tuples, duplicates looked for: status' "$(cat status)" 0
is 'tuples, duplicates looked for: packets' "$packets" "$count"
