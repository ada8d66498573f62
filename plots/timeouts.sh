#!/bin/sh
# timeouts: what Table I counts for several idle timeouts, each line after its
# timeout.  The packets are read once, with 20 s; flowmerge joins the pieces for
# each longer timeout.  Which endpoints are Skype is the same fixed list for all.
# Usage: timeouts.sh endpoints.tsv pieces.tsv
# pieces.tsv: what pcap2flows -t 20 writes, sorted by cid and start.

. "${0%/*}/lib.sh"

# Endpoints that are not Skype's change nothing.
reduce listed.awk -f "$plots/skype.awk" "$1" >"$tmp/list" || exit
# Each timeout joins what the one before has left.
cp "$2" "$tmp/flows" || exit
for t in 20 50 100 200 400 1000 inf; do
	flowmerge -t "$t" "$tmp/flows" >"$tmp/next" || exit
	mv "$tmp/next" "$tmp/flows"
	{ skypeclass -E "$tmp/list" "$tmp/flows" || failed; } |
	{ sigtag || failed; } |
	{ reduce tab1.awk || failed; } |
	sed "s/^/$t	/"
done
finish
