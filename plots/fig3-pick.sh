#!/bin/sh
# fig3-pick: the two clients of fig3, a line each, `left` or `right`, address,
# port, packets of both directions.  Left: the client without calls that sent
# most packets.  Right: one with calls and signaling, drawn by SEED.
# Usage: SEED=1 fig3-pick.sh flows.tsv

. "${0%/*}/lib.sh"

{ reduce fig3-pick.awk "$1" || failed; } | sort |
$AWK -v seed="${SEED:-1}" -f "$plots/fig3-two.awk"
finish
