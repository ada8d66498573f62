#!/bin/sh
# fig1: CDF of the average signaling bitrate of clients and, for the inset,
# of C(p,i), the number of different peers client p sent to in its i-th five
# minutes (intervals without any are left out).
# Usage: fig1.sh endpoints.tsv flows.tsv

. "${0%/*}/lib.sh"

{ reduce listed.awk -f "$plots/fig1.awk" "$1" "$2" "$2" || failed; } | sort -u |
$AWK -f "$plots/peers.awk" |
dist -v cdf="bitrate cpi"
finish
