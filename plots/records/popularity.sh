#!/bin/bash
# popularity: of the endpoints of the rows that figures are over.
# Usage: records/popularity.sh flows.tsv

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

flowcut -c class,proto,src,sport,dst,dport,dir,pair "$1" | uniq |
reduce records/figure-rows.awk | popularity
