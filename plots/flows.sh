#!/bin/sh
# flows: the records that figures are made from: what is Skype, tagged, with
# round-trip times and places; without the columns that no figure needs.
# Usage: flows.sh all.tsv base …

. "${0%/*}/lib.sh"

unneeded=ask,ask2,turn,flags,rflags,why,fun,rfun,nib,rnib,win,rwin
unneeded=$unneeded,via,tag,period,jitter
all=$1
shift
for base; do
	shift
	set -- "$@" -d "$base"
done
{ skypeclass "$all" || failed; } | { sigtag || failed; } |
{ rttcalc || failed; } | { geojoin "$@" || failed; } |
flowcut -x -c "$unneeded" || failed
finish
