#!/bin/sh
# popularity: of the endpoints of the rows that figures are over.
# Usage: popularity.sh flows.tsv

. "${0%/*}/lib.sh"

{ reduce rows.awk "$1" || failed; } | popularity
finish
