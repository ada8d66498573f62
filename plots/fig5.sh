#!/bin/bash
# fig5: places of external peers: longitude, latitude, number of addresses.
# Usage: fig5.sh flows.tsv

plots=${0%/*}
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

# shellcheck disable=SC2016 # awk
reduce fig5.awk "$1" | sort | uniq -c |
$AWK 'BEGIN { OFS = "\t"; print "# peers" }
{ print $2, $3, $1 }
END { if (!NR) print "NaN", "NaN", 0 }'
