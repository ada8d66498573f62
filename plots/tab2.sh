#!/bin/sh
# tab2: places of external addresses beside the paper's Table II, for
# table.awk: continents, then countries of the EU of 2007 and Italian cities,
# of each the nine with most addresses, rising, as printed there.
# Usage: tab2.sh flows.tsv

. "${0%/*}/lib.sh"

{ reduce eu.awk -f "$plots/tab2.awk" "$1" || failed; } |
sort -t '	' -k 1,2 -k 4,4nr -k 3,3 |
$AWK -f "$plots/tab2-rows.awk" "$plots/paper/table2.tsv" -
finish
