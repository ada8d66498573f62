#!/bin/bash
# timeouts: what Table I counts for several idle timeouts, each line after its
# timeout.  The packets are read once, with 20 s; flowmerge joins the pieces for
# each longer timeout.  Which endpoints are Skype is the same fixed list for all.
# A flow is counted with its pieces apart until the first timeout that joins two
# of them; only from there on is it joined and counted at each.
# Usage: timeouts/timeouts.sh endpoints.tsv pieces.tsv
# pieces.tsv: what pcap2flows -t 20 writes, sorted by cid and start.

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

longer="50 100 200 400 1000 inf"

# The columns that are needed, and of these those for kinds.awk.
tagged=cid,start,proto,src,sport,dst,dport,dir,pkts,rpkts,class,joins
counted=cid,proto,src,sport,dst,dport,dir,pkts,rpkts,class,pair,joins

# By cid UDP pairs come one behind the other.
grouped=()
[ "$PROTO" != udp ] || grouped=(-s)

tags() { # file ...
	skypeclass -E "$tmp/list" "$@" | flowcut -c "$tagged" |
	sigtag "${grouped[@]+"${grouped[@]}"}" | flowcut -c "$counted"
}

# Adds up counts behind the timeout $1.
total() {
	timeout=$1
	shift
	$AWK -v timeout="$timeout" -f "$plots/timeouts/add-counts.awk" "$@"
}

# Endpoints that are not Skype's change nothing.
reduce lib/listed-endpoints.awk -f "$plots/timeouts/skype-endpoints.awk" "$1" >"$tmp/list"
reduce timeouts/part-pieces.awk -v longer="$longer" -v to="$tmp/pieces" "$2"
pieces=()
for t in never $longer; do
	pieces+=("$tmp/pieces.$t")
	: >"$tmp/apart.$t"
done
# shellcheck disable=SC2016 # awk
tags "${pieces[@]}" | reduce records/kinds.awk -v by=joins |
$AWK -v to="$tmp/apart" '{
	file = to "." $1
	sub(/^[^\t]*\t/, "")
	print >file
}'
total 20 "$tmp"/apart.*
head -n 1 "$tmp/pieces.never" >"$tmp/joined"
for t in $longer; do
	# Each timeout joins what the one before has left.
	sort -m "$tmp/joined" "$tmp/pieces.$t" |
		flowmerge -t "$t" >"$tmp/next"
	mv "$tmp/next" "$tmp/joined"
	rm "$tmp/apart.$t"
	tags "$tmp/joined" | reduce records/kinds.awk |
		total "$t" "$tmp"/apart.* -
done
