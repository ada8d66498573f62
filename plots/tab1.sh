#!/bin/sh
# tab1: shares of pairs, flows and side packets by kind of the pair, beside
# the paper's Table I, for table.awk.
# Usage: tab1.sh kinds.tsv

. "${0%/*}/lib.sh"

$AWK -f "$plots/tab1-rows.awk" "$1"
