#!/bin/sh
# places: external addresses by kind and place, most first, for tab2.sh.
# Usage: places.sh flows.tsv

. "${0%/*}/lib.sh"

{ reduce eu.awk -f "$plots/tab2.awk" "$1" || failed; } |
sort -t '	' -k 1,2 -k 4,4nr -k 3,3
finish
