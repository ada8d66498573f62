#!/bin/bash
# records: the flows that everything else is made of, in one pass over the
# packets: their pieces, what an idle timeout of 20 s makes of them, sorted by
# flow; the flows of the paper's timeout, 200 s, which flowmerge makes of their
# pieces as one pass over the packets does, but for windows of voice: these begin
# anew behind 20 s of silence; what their endpoints sent; and those of these that
# are Skype's.  A synthetic campus is not stored, only its truth.
# Usage: records/records.sh pieces.tsv all.tsv endpoints.tsv listed.tsv campus.truth
# Environment: PCAP, or SCALE; NETS.

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

pieces() {
	if [ -n "$PCAP" ]; then
		packets -t 20
	else
		campus -l "$5.part" | flows_of -t 20 -
	fi
}

parts=("${@/%/.part}")
# With a small buffer most is sorted while packets are still read.
pieces "$@" | sort -S 128M | tee "$1.part" | flowmerge | tee "$2.part" |
	skypeclass -e | tee "$3.part" | reduce lib/listed-endpoints.awk \
	-f "$plots/records/listed.awk" >"$4.part"
[ -n "$PCAP" ] || mv -f -- "$5.part" "$5"
for made in "$1" "$2" "$3" "$4"; do
	mv -f -- "$made.part" "$made"
done
