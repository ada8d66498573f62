#!/bin/sh
# values: the numbers of the paper's prose as `name TAB value`: those of prose.sh
# and gaps.sh, and what follows from reduced data.
# Usage: values.sh FOLDER
# The folder has prose.tsv, fig1.tsv, fig3.tsv, gaps.tsv and popularity.tsv.

. "${0%/*}/lib.sh"

at=$1
cat "$at/prose.tsv" || failed
$AWK -f "$plots/growth.awk" "$at/fig3.tsv" || failed
reduce super.awk "$at/popularity.tsv" || failed
$AWK -f "$plots/mean.awk" "$at/fig1.tsv" || failed
cat "$at/gaps.tsv" || failed
finish
