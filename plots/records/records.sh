#!/bin/bash
# records: what pcap2flows makes of the packets, with its own timeout and, for
# timeouts.sh, with 20 s, sorted by flow.  The packets pass once; a synthetic
# campus is not stored, only its truth.
# Usage: records/records.sh all.tsv pieces.tsv campus.truth
# Environment: PCAP, or SCALE; NETS.

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

# Whoever waits for the fifo is let go.
copied() {
	campus -l "$1.part" | tee "$tmp/again" | flows_of -
}

pieces() {
	if [ -n "$PCAP" ]; then
		packets -t 20
	else
		flows_of -t 20 - <"$tmp/again"
	fi | sort
}

if [ -n "$PCAP" ]; then
	packets >"$1.part" &
else
	mkfifo "$tmp/again"
	{ copied "$3" || { : <>"$tmp/again"; exit 1; }; } >"$1.part" &
fi
first=$!
# What both say of the packets is said once.
status=0
pieces >"$2.part" 2>"$tmp/said" || status=$?
wait "$first"
if [ "$status" -ne 0 ]; then
	cat "$tmp/said" >&2
	exit "$status"
fi
[ -n "$PCAP" ] || mv -f -- "$3.part" "$3"
mv -f -- "$2.part" "$2"
mv -f -- "$1.part" "$1"
