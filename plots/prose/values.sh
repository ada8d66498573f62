#!/bin/bash
# values: the numbers of the paper's prose as `name TAB value`: those of
# prose/prose.sh, activity.sh and gaps.sh, and what follows from reduced data.
# Usage: prose/values.sh FOLDER
# The folder has prose.tsv, activity.tsv, gaps.tsv, fig1.tsv, fig3.tsv and
# popularity.tsv.

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

at=$1
cat "$at/prose.tsv" "$at/activity.tsv"
$AWK -f "$plots/prose/peer-growth.awk" "$at/fig3.tsv"
$AWK -f "$plots/check/fig3-totals.awk" "$at/fig3.tsv"
reduce prose/super-nodes.awk "$at/popularity.tsv"
$AWK -f "$plots/prose/mean-contacts.awk" "$at/fig1.tsv"
cat "$at/gaps.tsv"
