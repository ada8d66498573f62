#!/bin/bash
# activity: the numbers of the companion papers that come from flow records, as
# `name TAB value`.
# Usage: prose/activity.sh listed.tsv flows.tsv

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

listed "$1" >"$tmp/listed"
flowcut -c cid,class,proto,src,sport,dst,dport,dir,start,end,pkts,rpkts,pair,\
last,rlast,reply "$2" |
reduce lib/listed-endpoints.awk -f "$plots/check/client-activity.awk" \
	"$tmp/listed" -
