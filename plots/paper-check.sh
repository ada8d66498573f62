#!/bin/sh
# paper-check: every number of the paper, ours, the difference, and whether
# it is within its bound, for table.awk.  The reduced data lie in the folder.
# Usage: paper-check.sh build/fig scale judge [raw=1 | given=file]
# judge: 0 for a capture of another network, of which nothing is required;
# raw, given: paper-check.awk.

. "${0%/*}/lib.sh"

fig=$1
{
	cat "$fig/values.tsv"
	$AWK -f "$plots/shares.awk" "$fig/kinds.tsv" "$fig/places.tsv" || failed
	reduce listed.awk -f "$plots/activity.awk" "$fig/endpoints.tsv" \
		"$fig/flows.tsv" || failed
	$AWK -f "$plots/dots.awk" "$fig/fig3.tsv" || failed
} >"$tmp/values.tsv"
{ reduce times.awk "$fig/flows.tsv" || failed; } |
dist -v cdf="rtt-probe rtt-nonprobe holding" >"$tmp/check.tsv"
$AWK -f "$plots/paper-check.awk" -v scale="$2" -v judge="$3" \
	${4:+-v "$4"} -v dir="$plots/paper" "$plots/paper/check.tsv" rows_read=1 \
	"$tmp/values.tsv" "$fig/fig1.tsv" "$fig/fig2.tsv" "$fig/fig4.tsv" \
	"$fig/fig6.tsv" "$fig/fig7.tsv" "$tmp/check.tsv"
finish
