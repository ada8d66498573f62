#!/bin/bash
# truth-keyed: the figures and tables of a folder as lines for
# check/truth-compare.awk; how many values of each there are stands in lines
# that begin with #.
# Usage: check/truth-keyed.sh FOLDER SIDE [NAME ...]
# SIDE: 1 for the truth's, 2 for measured ones, 3 as in truth-compare.awk.
# NAME: these only.

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

at=$1 side=$2
shift 2
while read -r what file keys; do
	case " ${*:-$what} " in
	*" $what "*)
		$AWK -v what="$what" -v keys="$keys" -v side="$side" \
			-f "$plots/check/truth-keys.awk" "$at/$file"
		;;
	esac
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
