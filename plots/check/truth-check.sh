#!/bin/bash
# truth-check: every figure and table from tracegen's truth file with awk alone,
# beside what the pipeline measured; for lib/table.awk.
# Usage: check/truth-check.sh campus.truth build/fig

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

truth=$1
fig=$2
tab='	'

# The truth's figures, keyed: from_truth FOLDER [changes=FILE]
from_truth() {
	mkdir "$1"
	$AWK -f "$plots/places/eu-2007.awk" -f "$plots/check/truth.awk" \
		-v dir="$1" -v countries="$tmp/countries" -v PROTO="$PROTO" ${2:+-v "$2"} "$truth" "$truth"
	# shellcheck disable=SC2016 # awk
	sort -u "$1/contacts" | $AWK -F '\t' -v OFS='\t' '
		{ n[$1 OFS $2]++ }
		END { for (i in n) print "cpi", n[i], 1 }' >>"$1/fig1"
	dist -v cdf="bitrate cpi" <"$1/fig1" >"$1/fig1.tsv"
	dist -v ccdf="length duration" <"$1/fig2" >"$1/fig2.tsv"
	dist -v cdf="probe nonprobe" -v pdf="bin-probe bin-nonprobe" \
		<"$1/fig4" >"$1/fig4.tsv"
	dist -v pdf="probe nonprobe" <"$1/fig6" >"$1/fig6.tsv"
	dist -v cdf="external-probe external-nonprobe internal-probe \
internal-nonprobe" <"$1/fig7" >"$1/fig7.tsv"
	$AWK -f "$plots/prose/mean-contacts.awk" "$1/fig1.tsv" >>"$1/values"
	$AWK -f "$plots/check/truth-dots.awk" -v dir="$1" "$fig/fig3-clients.tsv" \
		"$truth" >"$1/fig3"
	sort -k 1,1 -k 2,2n "$1/met" | $AWK -f "$plots/check/truth-growth.awk" \
		>>"$1/fig3"
	$AWK -f "$plots/check/truth-pieces.awk" ${2:+-v "$2"} "$truth" |
		sort -t "$tab" -k 1,3 |
		$AWK -f "$plots/check/truth-timeouts.awk" >"$1/timeouts"
	for f in fig5 kinds places values timeouts; do
		mv "$1/$f" "$1/$f.tsv"
	done
}

# keyed FOLDER NUMBER: its figures as lines for check/truth-compare.awk.
keyed() {
	while read -r what file keys; do
		$AWK -v what="$what" -v keys="$keys" -v side="$2" \
			-v counts="$tmp/counts" \
			-f "$plots/check/truth-keys.awk" "$1/$file"
	done <<EOF
fig1 fig1.tsv 0
fig2 fig2.tsv 0
fig3 fig3 1
fig4 fig4.tsv 0
fig5 fig5.tsv 2
fig6 fig6.tsv 0
fig7 fig7.tsv 0
tab1 kinds.tsv 1
tab2 places.tsv 3
timeout timeouts.tsv 2
text values.tsv 1
EOF
}

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

match() {
	$AWK -f "$plots/check/truth-flows.awk" -v side=1 "$truth"
	$AWK -f "$plots/check/truth-flows.awk" -v side=2 "$fig/flows.tsv"
}

# Every row of both files has come, but for their headers.
all_matched() {
	local came rows
	came=$(sed -n "s/^lines$tab//p" "$tmp/match")
	rows=$($AWK 'END { print NR - 2 }' "$truth" "$fig/flows.tsv")
	[ "$came" -eq "$rows" ] || die "$came flows where there should be $rows"
}

geojoin -l >"$tmp/countries"
measured
match | sort | $AWK -f "$plots/check/truth-match.awk" >"$tmp/match"
all_matched
sed -n "s/^change$tab//p" "$tmp/match" >"$tmp/changes"
: >"$tmp/counts"
from_truth "$tmp/truth"
keyed "$tmp/truth" 1 >"$tmp/keyed"
keyed "$tmp/measured" 2 >>"$tmp/keyed"
if [ -s "$tmp/changes" ]; then
	from_truth "$tmp/changed" changes="$tmp/changes"
	keyed "$tmp/changed" 3 >>"$tmp/keyed"
fi
sort -t "$tab" -k 1,2 -k 4,4 "$tmp/keyed" |
	$AWK -f "$plots/check/truth-compare.awk" "$tmp/counts" - \
	>"$tmp/compared"
$AWK -f "$plots/check/truth-table.awk" "$tmp/match" "$tmp/compared"
