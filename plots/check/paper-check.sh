#!/bin/sh
# paper-check: every number of the paper, ours, the difference, and whether
# it is within its bound, for lib/table.awk.  The reduced data lie in the folder.
# Usage: check/paper-check.sh build/fig scale judge [raw=1 | given=file]
# judge: 0 for a capture of another network, of which nothing is required;
# raw, given: check/paper-check.awk.

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

fig=$1
{
	cat "$fig/values.tsv"
	$AWK -f "$plots/check/table-shares.awk" "$fig/kinds.tsv" "$fig/places.tsv" || failed
	reduce lib/listed-endpoints.awk -f "$plots/check/client-activity.awk" "$fig/endpoints.tsv" \
		"$fig/flows.tsv" || failed
	$AWK -f "$plots/check/fig3-totals.awk" "$fig/fig3.tsv" || failed
} >"$tmp/values.tsv"
{ reduce check/rtt-holding.awk "$fig/flows.tsv" || failed; } |
dist -v cdf="rtt-probe rtt-nonprobe holding" >"$tmp/check.tsv"
$AWK -f "$plots/check/paper-check.awk" -v scale="$2" -v judge="$3" \
	${4:+-v "$4"} -v dir="$plots/paper" "$plots/paper/check.tsv" rows_read=1 \
	"$tmp/values.tsv" "$fig/fig1.tsv" "$fig/fig2.tsv" "$fig/fig4.tsv" \
	"$fig/fig6.tsv" "$fig/fig7.tsv" "$tmp/check.tsv"
finish
