#!/bin/bash
# truth-figures: every figure and table but fig3 from tracegen's truth file with
# awk alone, as lines for check/truth-compare.awk: check/truth-keyed.sh.
# Usage: check/truth-figures.sh campus.truth [changes]
# changes: flows whose class and kind of pair are to be others than the truth's,
# as truth-match.awk writes them.

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

truth=$1
options=() side=1
[ $# -lt 2 ] || options=(-v changes="$2") side=3
at=$tmp/truth
tab='	'

mkdir "$at"
geojoin -l >"$tmp/countries"
$AWK -f "$plots/places/eu-2007.awk" -f "$plots/check/truth.awk" \
	-v dir="$at" -v countries="$tmp/countries" -v PROTO="$PROTO" \
	"${options[@]+"${options[@]}"}" "$truth" "$truth"
# shellcheck disable=SC2016 # awk
sort -u "$at/contacts" | $AWK -F '\t' -v OFS='\t' '
	{ n[$1 OFS $2]++ }
	END { for (i in n) print "cpi", n[i], 1 }' >>"$at/fig1"
dist -v cdf="bitrate cpi" <"$at/fig1" >"$at/fig1.tsv"
dist -v ccdf="length duration" <"$at/fig2" >"$at/fig2.tsv"
dist -v cdf="probe nonprobe" -v pdf="bin-probe bin-nonprobe" \
	<"$at/fig4" >"$at/fig4.tsv"
dist -v pdf="probe nonprobe" <"$at/fig6" >"$at/fig6.tsv"
dist -v cdf="external-probe external-nonprobe internal-probe \
internal-nonprobe" <"$at/fig7" >"$at/fig7.tsv"
$AWK -f "$plots/prose/mean-contacts.awk" "$at/fig1.tsv" >>"$at/values"
$AWK -f "$plots/check/truth-pieces.awk" -v PROTO="$PROTO" \
	"${options[@]+"${options[@]}"}" "$truth" |
	sort -t "$tab" -k 1,3 |
	$AWK -f "$plots/check/truth-timeouts.awk" >"$at/timeouts"
for f in fig5 kinds places values timeouts; do
	mv "$at/$f" "$at/$f.tsv"
done
"$plots/check/truth-keyed.sh" "$at" "$side" fig1 fig2 fig4 fig5 fig6 fig7 \
	tab1 tab2 timeout text
