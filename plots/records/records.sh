#!/bin/sh
# records: what pcap2flows makes of the packets, with its own timeout and, for
# timeouts/timeouts.sh, with 20 s, sorted by flow.  The packets pass once; a synthetic
# campus is not stored, only its truth.
# Usage: CAMPUS='tracegen …' records/records.sh all.tsv pieces.tsv campus.truth
#        CAPTURES='capture …' records/records.sh all.tsv pieces.tsv

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

if [ -n "$CAMPUS" ]; then
	mkfifo "$tmp/again" || exit
	{ $CAMPUS -l "$3" || failed; } | tee "$tmp/again" |
		{ $PCAP2FLOWS - || failed; } >"$1" &
	CAMPUS="cat $tmp/again"
else
	packets >"$1" &
fi
packets -t 20 | sort >"$2" || failed
wait
finish
