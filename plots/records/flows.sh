#!/bin/sh
# flows: the records that figures are made from: what is Skype, tagged, with
# round-trip times and places.
# Usage: records/flows.sh all.tsv base …

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

all=$1
shift
for base; do
	shift
	set -- "$@" -d "$base"
done
{ skypeclass "$all" || failed; } | { sigtag || failed; } |
{ rttcalc || failed; } | { geojoin "$@" || failed; }
finish
