#!/bin/bash
# flows: the records that figures are made from: what is Skype, tagged, with
# round-trip times and places.
# Usage: records/flows.sh all.tsv
# Environment: GEODB, bases as in reduce.sh's named().

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

bases=()
named "$GEODB"
for name in "${names[@]}"; do
	bases+=(-d "$name")
done
skypeclass "$1" | sigtag | rttcalc | geojoin "${bases[@]}"
