#!/bin/bash
# fig6: shares of round-trip times per bin of 1/40 decade; the blocks
# paper_probe and paper_nonprobe hold the published curves on the same bins.
# Usage: fig6.sh flows.tsv

plots=${0%/*}
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

flowcut -c class,proto,rtt,pair "$1" |
reduce fig6.awk | dist -v pdf="probe nonprobe"
for kind in probe nonprobe; do
	$AWK -F , -v kind="$kind" -f "$plots/lib/cumulated-bins.awk" \
		"$plots/paper/fig6_${kind}_rtt_cumulated.csv"
done
