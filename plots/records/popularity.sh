#!/bin/bash
# popularity: of the endpoints of the rows that figures are over.
# Usage: records/popularity.sh flows.tsv

plots=${0%/*}/..
# shellcheck source=plots/lib/reduce.sh
. "$plots/lib/reduce.sh"

reduce records/figure-rows.awk "$1" | popularity
