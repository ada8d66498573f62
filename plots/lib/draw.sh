#!/bin/bash
# draw: a figure's picture from its reduced data.  What gnuplot draws is computed
# before gnuplot begins: a pipe in a plot command would lose its status.  Nor
# does gnuplot look whether it can write: it draws to a pipe, whose end does.
# What it says makes the run fail.
# Usage: draw.sh FIGURE reduced.tsv picture.svg|picture.png [0|1|2] ...
# The last operand chooses a panel; 0, or without, both stand side by side.
# More pictures may follow, each with its panel.
# Environment: IS and WAS, what keys call ours and the paper's; LANDMARKS=no
# leaves the paper's out.

plots=${0%/*}/..
lib=$plots/lib
# shellcheck source=plots/lib/reduce.sh
. "$lib/reduce.sh"
paper=$plots/paper
figure=$1
# To awk a name with = in it is no file.
reduced=$tmp/reduced
cp "$2" "$reduced"

# curves 0|1 {NAME END POINTS} ...: blocks of ours and the paper's points, till
# where the axis ends; 1 for 1 - CDF.
curves() {
	local falling=$1 ends='' points=()
	shift
	for (( ; $#; )); do
		ends="$ends $1 $2"
		points+=("paper=$1" "$paper/$3.csv")
		shift 3
	done
	$AWK -v falling="$falling" -v ends="$ends" -f "$lib/drawn-curves.awk" \
		"$reduced" "${points[@]}"
}

blocks() {
	case $figure in
	fig1)
		curves 0 bitrate 1e4 fig1_bitrate_cdf cpi 100 fig1_inset_Cpi_cdf
		;;
	fig2)
		curves 1 length 1e6 fig2_flowlen_ccdf \
			duration 1e4 fig2_inset_duration_ccdf
		;;
	fig3)
		$AWK -f "$lib/thin-dots.awk" "$reduced" "$reduced"
		for i in 1 2; do
			printf '\n\n# paper_%s\n' $i
			dots=$paper/fig3_p${i}_dots_hours_id.csv
			$AWK -f "$lib/thin-dots.awk" "$dots" "$dots"
		done
		;;
	fig4)
		curves 0 probe 1400 fig4_probe_size_cdf \
			nonprobe 1400 fig4_nonprobe_size_cdf
		$AWK -f "$lib/ten-byte-bins.awk" "$reduced" \
			paper=probe "$paper/fig4_inset_probe_pdf_10B.csv" \
			paper=nonprobe "$paper/fig4_inset_nonprobe_pdf_10B.csv"
		;;
	fig5)
		cat "$reduced"
		printf '\n\n# paper_peers\n'
		tr , '\t' <"$paper/fig5_lonlat.csv"
		printf '\n\n# coast\n'
		sed -e '/^#/d' "$plots/places/coast.dat"
		;;
	fig6) cat "$reduced" ;;
	fig7)
		curves 0 external-probe 50 fig7_ext_probe_pop_cdf \
			external-nonprobe 50 fig7_ext_nonprobe_pop_cdf \
			internal-probe 1e4 fig7_int_probe_pop_cdf \
			internal-nonprobe 1e4 fig7_int_nonprobe_pop_cdf
		;;
	*) cat "$reduced" ;;
	esac
}

# A word as gnuplot's string.
quoted() { printf "'%s'" "${1//\'/\'\'}"; }

# What all pictures share.
title=$(made_of)
is=$(printable "${IS:-measured}")
was=$(printable "${WAS:-paper}")
blocks >"$tmp/data"
$AWK -f "$lib/drawn-counts.awk" "$tmp/data" >"$tmp/counts.gp"
{
	printf 'data = %s\n' "$(quoted "$tmp/data")"
	printf 'lib = %s\n' "$(quoted "$lib")"
	printf 'is = %s\n' "$(quoted "$is")"
	printf 'was = %s\n' "$(quoted "$was")"
	case ${LANDMARKS:-} in
	no) echo 'place = 0' ;;
	*) echo 'place = 1' ;;
	esac
} >"$tmp/asked.gp"

# Without a locale of UTF-8 gnuplot 5.4 warns of its degree sign.  It does not
# look whether what it writes is written: cat does.  What it says is an error.
draw() { # picture panel
	local failed=
	{
		cat "$tmp/asked.gp"
		printf 'ext = %s\n' "$(quoted "${1##*.}")"
		printf 'panel = %d\n' "$2"
	} >"$tmp/this.gp"
	LC_ALL=C.UTF-8 gnuplot "$tmp/this.gp" "$tmp/counts.gp" \
		"$plots/$figure.gp" 2>"$tmp/said" | cat >"$tmp/picture" ||
		failed=1
	if [ -n "$failed" ] || [ -s "$tmp/said" ]; then
		cat "$tmp/said" >&2
		die "$figure: gnuplot fails"
	fi
	parts+=("$1.part")
	case $1 in
	*.svg) titled ;;
	*) cat "$tmp/picture" ;;
	esac >"$1.part"
	mv -f -- "$1.part" "$1"
}

# It says what it is of.  Of a name `]]>' is no text of XML.
titled() {
	local said
	said=$(escaped "$figure of $title")
	TITLE=$said $AWK '/<title>Gnuplot<\/title>/ {
		print "<title>" ENVIRON["TITLE"] "</title>"
		next
	}
	{ gsub(/]]>/, "]]\\&gt;"); print }' "$tmp/picture"
}

shift 2
for (( ; $#; )); do
	draw "$1" "${2:-0}"
	shift $(($# > 1 ? 2 : 1))
done
