#!/bin/bash
# flows: the records that figures are made from: what is Skype, tagged, with
# round-trip times and places; and the same without histograms, half as long, for
# all that ask for none.
# Usage: records/flows.sh all.tsv flows.tsv brief.tsv
# Environment: GEODB, bases as in reduce.sh's named().

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

bases=()
named "$GEODB"
for name in "${names[@]}"; do
	bases+=(-d "$name")
done
parts=("$2.part" "$3.part")
skypeclass "$1" | sigtag | rttcalc | geojoin "${bases[@]}" | tee "$2.part" |
	flowcut -x -c size,rsize,fun,rfun,nib,rnib,win,rwin >"$3.part"
mv -f -- "$2.part" "$2"
mv -f -- "$3.part" "$3"
