#!/bin/bash
# fig5: places of external peers: longitude, latitude, number of addresses.
# Usage: fig5.sh flows.tsv

plots=${0%/*}
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

# shellcheck disable=SC2016 # awk
flowcut -c class,proto,src,dst,dir,lat,lon "$1" | uniq |
reduce fig5.awk | sort | uniq -c |
$AWK 'BEGIN { OFS = "\t"; print "# peers" }
{ print $2, $3, $1 }
END { if (!NR) print "NaN", "NaN", 0 }'
