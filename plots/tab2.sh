#!/bin/bash
# tab2: places of external addresses beside the paper's Table II, for
# lib/table.awk: continents, then countries of the EU of 2007 and Italian cities,
# of each the nine with most addresses, rising, as printed there.
# Usage: tab2.sh places.tsv

plots=${0%/*}
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

$AWK -f "$plots/tab2.awk" "$plots/paper/table2.tsv" "$1"
