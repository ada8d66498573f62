#!/bin/sh
# timeouts: what Table I counts for several idle timeouts, each line after its
# timeout.  The packets are read once, with 20 s; flowmerge joins the pieces for
# each longer timeout.  Which endpoints are Skype is the same fixed list for all.
# Usage: timeouts.sh endpoints.tsv pieces.tsv
# pieces.tsv: what pcap2flows -t 20 writes, sorted by cid and start.

. "${0%/*}/lib.sh"

count() {
	{ skypeclass -E "$tmp/list" "$1" || failed; } | { sigtag || failed; } |
	{ reduce tab1.awk || failed; }
}

# Counts $tmp/join after the timeout $1, together with the counts in file $2.
added() {
	count "$tmp/join" | $AWK -v timeout="$1" -f "$plots/sum.awk" "$2" -
}

# Each timeout joins what the one before has left.
joined() {
	flowmerge -t "$1" "$tmp/join" >"$tmp/next" || exit
	mv "$tmp/next" "$tmp/join"
	added "$@"
}

# Endpoints that are not Skype's change nothing.
reduce listed.awk -f "$plots/skype.awk" "$1" >"$tmp/list" || exit
# Most flows no timeout but the endless one changes: they are counted once.
# Those of one piece not even that.
reduce pieces.awk -v most=1000 -v one="$tmp/one" -v apart="$tmp/apart" \
	-v join="$tmp/join" "$2" || exit
count "$tmp/one" >"$tmp/one.counts"
count "$tmp/apart" | $AWK -f "$plots/sum.awk" "$tmp/one.counts" - \
	>"$tmp/apart.counts"
added 20 "$tmp/apart.counts"
for t in 50 100 200 400 1000; do
	joined "$t" "$tmp/apart.counts"
done
sort -m "$tmp/apart" "$tmp/join" >"$tmp/next" || exit
mv "$tmp/next" "$tmp/join"
joined inf "$tmp/one.counts"
finish
