#!/bin/bash
# tab1: shares of pairs, flows and side packets by kind of the pair, beside
# the paper's Table I, for lib/table.awk.
# Usage: tab1.sh kinds.tsv

plots=${0%/*}
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

$AWK -f "$plots/tab1.awk" "$1"
