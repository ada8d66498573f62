#!/bin/bash
# kinds: pairs, flows and side packets by kind of the pair, and how many source
# flows are single packets, for tab1.sh.
# Usage: records/kinds.sh flows.tsv

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

counted=cid,proto,dir,pkts,rpkts,class,pair
[ "$PROTO" = udp ] || counted=$counted,src,sport,dst,dport
flowcut -c "$counted" "$1" |
reduce records/kinds.awk
