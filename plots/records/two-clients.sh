#!/bin/sh
# fig3-pick: the two clients of fig3, a line each, `left` or `right`, address,
# port, packets of both directions.  Left: the client without calls that sent
# most packets.  Right: one with calls and signaling, drawn by SEED.
# Usage: SEED=1 records/two-clients.sh flows.tsv

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

{ reduce records/client-packets.awk "$1" || failed; } | sort |
$AWK -v seed="${SEED:-1}" -f "$plots/records/two-clients.awk"
finish
