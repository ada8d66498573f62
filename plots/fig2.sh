#!/bin/bash
# fig2: 1 - CDF of source-flow length in packets and duration in seconds.
# Usage: fig2.sh flows.tsv

plots=${0%/*}
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

flowcut -c class,proto,start,reply,pkts,rpkts,last,rlast "$1" |
reduce fig2.awk | dist -v ccdf="length duration"
