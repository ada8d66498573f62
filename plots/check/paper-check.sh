#!/bin/bash
# paper-check: every number of the paper, ours, the difference, and whether
# it is within its bound, for table.awk.  The reduced data lie in the folder.
# Nothing is required of a capture (PCAP), which is of another network.
# Usage: check/paper-check.sh build/fig [raw=1 | given=file]
# raw, given: paper-check.awk.

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

fig=$1
scale=1 judge=0
if [ -z "$PCAP" ]; then
	number=$(clients)
	scale=$($AWK -v n="$number" 'BEGIN { print n / 1700 }')
	judge=1
fi
{
	cat "$fig/values.tsv"
	$AWK -f "$plots/check/table-shares.awk" "$fig/kinds.tsv" \
		"$fig/places.tsv"
	$AWK -f "$plots/check/fig3-totals.awk" "$fig/fig3.tsv"
	$AWK -f "$plots/check/other-numbers.awk" "$fig/timeouts.tsv" \
		"$fig/popularity.tsv"
} >"$tmp/values.tsv"
flowcut -c class,proto,rtt,pair,start,end "$fig/flows.tsv" |
	reduce check/rtt-holding.awk |
	dist -v cdf="rtt-probe rtt-nonprobe holding" >"$tmp/check.tsv"
$AWK -f "$plots/check/paper-check.awk" -v scale="$scale" -v judge="$judge" \
	${2+-v "$2"} -v dir="$plots/paper" "$plots/paper/check.tsv" \
	rows_read=1 "$tmp/values.tsv" "$fig/fig1.tsv" "$fig/fig2.tsv" \
	"$fig/fig4.tsv" "$fig/fig6.tsv" "$fig/fig7.tsv" "$tmp/check.tsv"
