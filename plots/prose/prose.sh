#!/bin/bash
# prose: the numbers of the paper's prose that come from flow records alone, as
# `name TAB value`.
# Usage: prose/prose.sh endpoints.tsv flows.tsv

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

geojoin -l >"$tmp/countries"
reduce places/eu-2007.awk -v countries="$tmp/countries" \
	-f "$plots/lib/listed-endpoints.awk" -f "$plots/prose/prose.awk" \
	"$1" "$2" "$2"
