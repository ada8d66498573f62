#!/bin/bash
# two-clients: the two clients of fig3, a line each: two-clients.awk.
# Usage: records/two-clients.sh flows.tsv

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

flowcut -c class,proto,src,sport,dst,dport,start,end,dir,pkts,rpkts "$1" |
reduce records/client-flows.awk -v sums="$tmp/sums" | sort >"$tmp/flows"
$AWK -f "$plots/records/two-clients.awk" "$tmp/sums" "$tmp/flows"
