#!/bin/sh
# fig2: 1 - CDF of source-flow length in packets and duration in seconds.
# Usage: fig2.sh flows.tsv

. "${0%/*}/lib.sh"

{ reduce fig2.awk "$1" || failed; } | dist -v ccdf="length duration"
finish
