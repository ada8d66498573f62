#!/bin/sh
# kinds: pairs, flows and side packets by kind of the pair, and how many source
# flows are single packets, for tab1.sh.
# Usage: kinds.sh flows.tsv

. "${0%/*}/lib.sh"

reduce tab1.awk "$1"
