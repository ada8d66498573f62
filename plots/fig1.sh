#!/bin/bash
# fig1: CDF of the average signaling bitrate of clients and, for the inset,
# of C(p,i), the number of different peers client p sent to in its i-th five
# minutes (intervals without any are left out).
# Usage: fig1.sh contacts.tsv

plots=${0%/*}
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

$AWK -f "$plots/lib/interval-peers.awk" "$1" |
dist -v cdf="bitrate cpi"
