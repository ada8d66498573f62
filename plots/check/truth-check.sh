#!/bin/bash
# truth-check: every figure and table from tracegen's truth file beside what the
# pipeline measured, for lib/table.awk.
# Usage: check/truth-check.sh campus.truth build/fig
# The folder has what check/truth-figures.sh and truth-match.sh write, too.

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

truth=$1
fig=$2
tab='	'

# What was measured and the truth file can say.
measured() {
	mkdir "$tmp/measured"
	cp "$fig"/fig[124567].tsv "$fig/kinds.tsv" "$fig/places.tsv" \
		"$tmp/measured"
	grep -v -e '^growth' -e '^left ' -e '^right ' -e '^regular gap' -e '^active' \
		-e '^whole week' -e '^short sessions' -e '^udp calls' \
		-e '^phone calls' -e '^polled' "$fig/values.tsv" \
		>"$tmp/measured/values.tsv"
	{
		$AWK -f "$plots/check/fig3-totals.awk" "$fig/fig3.tsv"
		grep '^growth' "$fig/values.tsv"
		sed -E "s/^(left|right)$tab.*/\\1 choice${tab}1/" \
			"$fig/fig3-clients.tsv"
	} >"$tmp/measured/fig3"
	grep -v -e '^20	' -e '^50	' -e '^100	' "$fig/timeouts.tsv" \
		>"$tmp/measured/timeouts.tsv"
}

# fig3 from the truth, whose two clients are the measured ones.
dots() {
	mkdir "$tmp/truth"
	$AWK -f "$plots/check/truth-dots.awk" -v dir="$tmp/truth" \
		"$fig/fig3-clients.tsv" "$truth" >"$tmp/truth/fig3"
	sort -k 1,1 -k 2,2n "$tmp/truth/met" |
		$AWK -f "$plots/check/truth-growth.awk" >>"$tmp/truth/fig3"
}

# What follows from the classes that were measured; of fig3 the same.
changed() {
	"$plots/check/truth-figures.sh" "$truth" "$tmp/changes"
	"$plots/check/truth-keyed.sh" "$tmp/truth" 3 fig3
}

measured
dots
sed -n "s/^change$tab//p" "$fig/truth-match.tsv" >"$tmp/changes"
{
	cat "$fig/truth-figures.tsv"
	"$plots/check/truth-keyed.sh" "$tmp/truth" 1 fig3
	"$plots/check/truth-keyed.sh" "$tmp/measured" 2
	if [ -s "$tmp/changes" ]; then
		changed
	fi
} >"$tmp/keyed"
sed -n 's/^#//p' "$tmp/keyed" >"$tmp/counts"
grep -v '^#' "$tmp/keyed" | sort -t "$tab" -k 1,2 -k 4,4 |
	$AWK -f "$plots/check/truth-compare.awk" "$tmp/counts" - \
	>"$tmp/compared"
$AWK -f "$plots/check/truth-table.awk" "$fig/truth-match.tsv" "$tmp/compared"
