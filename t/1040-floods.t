#!/bin/sh
# Floods: with -m memory is bounded whatever comes, and every packet is in a
# record or has its place in the account.
. "${0%/*}/lib.sh"

count=${FLOOD:-150000}
most=${MOST:-5000}
limit=${LIMIT:-102400}	# KiB of address space
plan 23
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

# All end with the file: two threads write them.
most=$count
flood tuples
is 'tuples, all held: status' "$(cat status)" 0
is 'tuples, all held: every packet is in a record' "$packets" "$count"
is 'tuples, all held: to the end' "$left" "$count"

# One flow of millions of packets: what held its messages is used again.
perl -e 'binmode STDOUT;
	my $ip = pack("C2 n3 C2 n N2", 0x45, 0, 32, 1, 0, 64, 17, 0, 1, 2) .
	    pack("n4", 1000, 1001, 12, 0) . "abcd";
	my $frame = pack("V4", 1_200_000_000, 0, 32, 32) . $ip;
	print pack("V v2 V4", 0xa1b2c3d4, 2, 4, 0, 0, 65535, 101);
	print $frame x 10_000 for 1 .. 600' | (
	# shellcheck disable=SC3045  # dash has it
	ulimit -v "$limit"
	pcap2flows 2>err
) >row
is 'one flow of six million packets' \
	"$(awk -F '\t' 'NR > 1 {print $10, $23}' row)" '6000000 4:6000000'
