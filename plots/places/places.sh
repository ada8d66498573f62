#!/bin/bash
# places: external addresses by kind and place, most first, for tab2.sh.
# Usage: places/places.sh flows.tsv

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

geojoin -l >"$tmp/countries"
flowcut -c class,proto,src,dst,dir,pair,continent,country,city "$1" | uniq |
reduce places/eu-2007.awk -v countries="$tmp/countries" \
	-f "$plots/places/places.awk" |
sort -t '	' -k 1,2 -k 4,4nr -k 3,3
