#!/bin/bash
# records: the flows of the packets, and, for timeouts.sh and gaps.sh, their
# pieces, what an idle timeout of 20 s makes of them; both sorted by flow.  The
# packets pass once, flowmerge makes the flows of the pieces: only windows of
# voice are others than those of one pass, they begin anew behind 20 s of
# silence.  A synthetic campus is not stored, only its truth.
# Usage: records/records.sh all.tsv pieces.tsv campus.truth
# Environment: PCAP, or SCALE; NETS.

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

pieces() {
	if [ -n "$PCAP" ]; then
		packets -t 20
	else
		campus -l "$1.part" | flows_of -t 20 -
	fi
}

pieces "$3" | sort | tee "$2.part" | flowmerge >"$1.part"
[ -n "$PCAP" ] || mv -f -- "$3.part" "$3"
mv -f -- "$2.part" "$2"
mv -f -- "$1.part" "$1"
