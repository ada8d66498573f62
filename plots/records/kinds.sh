#!/bin/bash
# kinds: pairs, flows and side packets by kind of the pair, and how many source
# flows are single packets, for tab1.sh.
# Usage: records/kinds.sh flows.tsv

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

flowcut -c proto,src,sport,dst,dport,dir,pkts,rpkts,class,pair "$1" |
reduce records/kinds.awk
