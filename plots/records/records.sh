#!/bin/bash
# records: the pieces of the packets' flows, what an idle timeout of 20 s makes of
# them, sorted by flow.  The packets pass once; a synthetic campus is not stored,
# only its truth.
# Usage: records/records.sh pieces.tsv campus.truth
# Environment: PCAP, or SCALE; NETS.

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

pieces() {
	if [ -n "$PCAP" ]; then
		packets -t 20
	else
		campus -l "$2.part" | flows_of -t 20 -
	fi
}

parts=("$1.part" "$2.part")
pieces "$@" | sort >"$1.part"
[ -n "$PCAP" ] || mv -f -- "$2.part" "$2"
mv -f -- "$1.part" "$1"
