#!/bin/sh
# prose: the numbers of the paper's prose that come from flow records alone, as
# `name TAB value`.
# Usage: prose.sh endpoints.tsv flows.tsv

. "${0%/*}/lib.sh"

reduce eu.awk -f "$plots/listed.awk" -f "$plots/text.awk" "$1" "$2" "$2"
