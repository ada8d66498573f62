#!/bin/bash
# values: the numbers of the paper's prose as `name TAB value`: those of prose/prose.sh
# and prose/gaps.sh, and what follows from reduced data.
# Usage: prose/values.sh FOLDER
# The folder has prose.tsv, fig1.tsv, fig3.tsv, gaps.tsv, popularity.tsv,
# endpoints.tsv and flows.tsv.

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

at=$1
cat "$at/prose.tsv"
listed "$at/endpoints.tsv" >"$tmp/listed"
flowcut -c cid,class,proto,src,sport,dst,dport,dir,start,end,pkts,rpkts,pair,\
last,rlast,reply "$at/flows.tsv" |
reduce lib/listed-endpoints.awk -f "$plots/check/client-activity.awk" \
	"$tmp/listed" -
$AWK -f "$plots/prose/peer-growth.awk" "$at/fig3.tsv"
$AWK -f "$plots/check/fig3-totals.awk" "$at/fig3.tsv"
reduce prose/super-nodes.awk "$at/popularity.tsv"
$AWK -f "$plots/prose/mean-contacts.awk" "$at/fig1.tsv"
cat "$at/gaps.tsv"
