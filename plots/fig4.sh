#!/bin/bash
# fig4: CDF of UDP payload per packet, probe and non-probe pairs, and the
# shares in bins of 10 bytes.  Packets without payload are left out.
# Usage: fig4.sh flows.tsv

plots=${0%/*}
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

flowcut -c class,proto,size,rsize,pair "$1" |
reduce fig4.awk |
dist -v cdf="probe nonprobe" -v pdf="bin-probe bin-nonprobe"
